"""Who was erased, by code, and from which day no old copy can be opened any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from karama.journal import Actor, clock
from karama.journal.models import Entry
from karama.people.models import Erasure, Person
from karama.security import rotation


@dataclass(frozen=True)
class Erased:
    """One erasure. `code`: of the tombstone; empty when no file of this installation remains."""

    code: str
    on: date
    final_on: date
    is_final: bool


def erasures(by: Actor) -> list[Erased]:
    """The erasures of the officer's programmes: those that are not final yet first, the oldest first in each."""
    facts = list(Erasure.objects.order_by("recorded_at"))
    mine = Person.objects.filter(pk__in=[fact.whom for fact in facts], programme_id__in=by.programmes)
    codes = dict(mine.values_list("pk", "code"))
    today, rotated = clock.day_in_utc(), rotations()  # keys are renewed by the day of the installation
    found = []
    for fact in facts:
        if fact.whom in codes:
            final = final_on(fact.recorded_at, rotated)
            found.append(Erased(codes[fact.whom], fact.recorded_at.date(), final, final <= today))
    return sorted(found, key=lambda one: one.is_final)


def rotations() -> list[tuple[datetime, datetime]]:
    """When each rotation that was finished began and ended, oldest first."""
    rows = Entry.objects.filter(action__in=("people.begin_rotation", "people.finish_rotation")).order_by("seq")
    found, begun = [], None
    for action, moment in rows.values_list("action", "server_at"):
        if action == "people.begin_rotation":
            begun = moment
        elif begun is not None:
            found.append((begun, moment))
            begun = None
    return found


def final_on(erased_at: datetime, rotated: Sequence[tuple[datetime, datetime]]) -> date:
    """The day of the first rotation that began after the erasure; before it, the day by which it must be."""
    done = [ended.date() for begun, ended in rotated if begun >= erased_at]
    return done[0] if done else rotation.final_on(erased_at)
