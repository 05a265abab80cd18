"""What happens without a click: telling whoever is asked next. No alert depends on it: Today derives the same."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from karama.jobs.schedule import Job, scheduled
from karama.journal import Actor, Problem
from karama.safety.access import SAFETY_JOB
from karama.safety.actions import remind
from karama.safety.models import REMINDED
from karama.safety.queries.standing_open import open_standings

REMINDER = Actor(id=UUID("0190c0de-0000-7000-8000-00000000a1e7"), kind="job", duty=SAFETY_JOB, name="Safety")


def tell_next() -> int:
    """Note for each open alert who is asked now and was not told in this stage; returns how many were told.

    A historic alert tells nobody.
    """
    told = 0
    for standing in open_standings(historic=False):
        since = standing.state.since
        done = {one.to_id for one in standing.steps if one.step == REMINDED and one.recorded_at >= since}
        for user in standing.escalation.asked:
            if isinstance(user, UUID) and user not in done:
                told += _tell(standing.alert.id, user)
    return told


def _tell(alert: UUID, user: UUID) -> int:
    try:
        remind(by=REMINDER, alert=alert, to=user)
    except Problem:
        return 0  # somebody took a step in between: the next turn looks again
    return 1


def run() -> None:
    """One turn of the job."""
    tell_next()


def install() -> None:
    """Called once, when Django is ready."""
    scheduled(Job("safety.tell_next", run, every=timedelta(minutes=1)))
