"""Reading users, postings, rota and leave; and who acts."""

from karama.accounts.queries.acting import (
    actor_by_name,
    actor_for,
    actor_of,
    current_postings,
    postings_of,
)
from karama.accounts.queries.answering import OnDuty, colleagues_at, on_call, reach_of, responders_for
from karama.accounts.queries.staff import (
    StaffRow,
    alias_of,
    aliases_of,
    everybody_at,
    has_second_factor,
    leaves,
    rota_week,
    sessions_of,
    staff,
    staff_at,
    staff_member,
)

__all__ = [
    "OnDuty",
    "StaffRow",
    "actor_by_name",
    "actor_for",
    "actor_of",
    "alias_of",
    "aliases_of",
    "colleagues_at",
    "current_postings",
    "has_second_factor",
    "leaves",
    "on_call",
    "postings_of",
    "reach_of",
    "responders_for",
    "rota_week",
    "sessions_of",
    "staff",
    "everybody_at",
    "staff_at",
    "staff_member",
]
