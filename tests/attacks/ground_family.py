"""The family of the ground: Amal alone in it, with a session that was corrected, a goal, and what she said apart.

What she wanted passed on has made her quiet in the family she was in; she is in another one now.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from karama.care.actions import (
    amend_family_rating,
    amend_family_session,
    rate_family,
    record_family_session,
    set_family_goal,
)
from karama.people.actions import begin_family, leave_family


def made_family(made: Any, canary: Callable[[str], str]) -> None:
    """Everything that a family can have."""
    agent, person = made.actors["community_agent.assigned"], made.ids["person"]
    leave_family(by=agent, person=person)
    begin_family(by=agent, person=person, agrees="yes")
    told: dict[str, Any] = {"by": agent, "person": person, "modality": "in_person", "rating": 5}
    told |= {"attendance": {person: "asked"}, "agreed": canary("family_agreed")}
    first = record_family_session(**told).value.id
    made.ids["family_session"] = amend_family_session(
        session=first, reason=canary("family_reason"), minutes=60, **told
    ).value.id
    made.ids["family_goal"] = set_family_goal(by=agent, person=person, words=canary("family_goal")).value.id
    said = rate_family(by=agent, person=person, said=3).value.id
    made.ids["family_rating"] = amend_family_rating(
        by=agent, rating=said, said=2, reason=canary("family_rating_reason")
    ).value.id
