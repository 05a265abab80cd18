"""Care for staff in the demonstration: who agreed to be asked, and a talk that somebody has taken."""

from __future__ import annotations

from uuid import UUID

from karama.accounts.queries import actor_by_name
from karama.staffcare.actions import agree_to_be_asked, ask_colleague, take

AGREED = ("diego", "berivan", "yusuf", "tunde", "nadia", "marta", "yolanda")


def tell(users: dict[str, UUID]) -> None:
    """Some colleagues listen, one of them a supervisor; the social worker has asked the nurse, who has taken it."""
    for name in AGREED:
        agree_to_be_asked(by=actor_by_name(name))
    made = ask_colleague(by=actor_by_name("shilan"), colleague=users["berivan"], words="This week was a lot.").record
    take(by=actor_by_name("berivan"), support=made)
