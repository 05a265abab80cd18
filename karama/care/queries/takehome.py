"""A line that a person may take home: her own words of a goal, since when, how often she came, when she comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from karama.care.access import PLAN
from karama.care.queries.look import GoalSeen, look_of
from karama.journal import Absent, Actor
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.people.reaching import may_carry
from karama.people.tongues import own_language
from karama.reception.queries import appointments_of


@dataclass(frozen=True)
class TakeHome:
    """`carried`: whether her contact rules let a paper go home with her; where they do not, nothing else is told.

    `language`: the first of hers that this software speaks, else the reader's own. `since`: the day care began, as
    exactly as `precision` says.
    """

    person: Person
    carried: bool
    language: str
    goals: tuple[GoalSeen, ...] = ()
    since: date | None = None
    precision: str = "day"
    came: int = 0
    next_at: datetime | None = None


def take_home(by: Actor, person: UUID, otherwise: str) -> TakeHome:
    """What may stand on it, for whoever works on her goals. Raises `Absent`."""
    found = person_in_reach(by, person, PLAN)
    if not may_carry(found):
        return TakeHome(found, False, otherwise)
    look = look_of(by, person)
    began = look.episode
    return TakeHome(
        person=found,
        carried=True,
        language=own_language(look.who.get("languages") or (), otherwise),
        goals=tuple(look.goals),
        since=began.opened_on if began is not None else None,
        precision=began.opened_precision if began is not None else "day",
        came=len(look.came),
        next_at=_next(by, person),
    )


def _next(by: Actor, person: UUID) -> datetime | None:
    try:
        _found, entries = appointments_of(by, person, coming=True)
    except Absent:
        return None
    return next((one.starts_at for one in entries if one.state == "planned"), None)
