"""Who was erased, by code, and from which day no old copy can be opened any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from karama.journal import Actor, clock
from karama.people.models import Erasure, Person
from karama.security import rotation

MOST = 500


@dataclass(frozen=True)
class Erased:
    """One erasure. `code`: of the tombstone; empty when no file of this installation remains."""

    code: str
    on: date
    final_on: date
    is_final: bool


def erasures(by: Actor) -> list[Erased]:
    """The erasures of the officer's programmes, the newest first."""
    facts = list(Erasure.objects.order_by("-recorded_at")[:MOST])
    mine = Person.objects.filter(pk__in=[fact.whom for fact in facts], programme_id__in=by.programmes)
    codes = dict(mine.values_list("pk", "code"))
    today = clock.now().date()
    found = []
    for fact in facts:
        if fact.whom in codes:
            final = rotation.final_on(fact.recorded_at)
            found.append(Erased(codes[fact.whom], fact.recorded_at.date(), final, final <= today))
    return found
