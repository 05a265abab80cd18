"""Whose records were opened this week by colleagues who do not work with them: counts, never who they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q

from karama.journal import Actor, clock
from karama.journal.models import AccessPerson
from karama.people.models import Assignment, HiddenFrom, Person
from karama.people.workers import aliases

WEEK: Final = timedelta(days=7)

BY_MACHINE: Final = ("people.search", "people.search_outside")
"""A search opens names to compare them; whoever is then opened is counted there."""


@dataclass(frozen=True)
class ReadsOutside:
    """A colleague in one duty, and of how many people outside her caseload she opened something."""

    alias: str
    duty: str
    people: int


def reads_outside(by: Actor) -> list[ReadsOutside]:
    """The last seven days in the officer's programmes, most people first; of nobody hidden from her. Two queries."""
    theirs = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=OuterRef("access__at")),
        user_id=OuterRef("access__actor_id"),
        person_id=OuterRef("person_id"),
        since__lte=OuterRef("access__at"),
    )
    rows = (
        AccessPerson.objects.filter(
            access__at__gte=clock.now() - WEEK,
            person_id__in=Person.objects.filter(programme_id__in=by.programmes).values("pk"),
        )
        .exclude(person_id__in=HiddenFrom.objects.filter(user_id=by.id, lifted_at__isnull=True).values("person_id"))
        .exclude(access__route__in=BY_MACHINE)
        .exclude(access__actor_duty__startswith="job:")
        .filter(~Exists(theirs))
        .values(user=F("access__actor_id"), duty=F("access__actor_duty"))
        .annotate(people=Count("person_id", distinct=True))
        .order_by("-people", "user")
    )
    found = list(rows)
    named: dict[UUID, str] = aliases({one["user"] for one in found})
    return [ReadsOutside(named.get(one["user"], ""), one["duty"], one["people"]) for one in found]
