"""Lists of people: mine, or for a supervisor everybody at her sites, those without a worker first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from karama.journal import Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.people.access import ATTRIBUTES, LIST, purpose_of
from karama.people.models import Assignment, Person
from karama.people.queries.page import shown_names

PAGE = 50


@dataclass(frozen=True)
class Line:
    """A person in a list."""

    id: UUID
    code: str
    called: str
    site: str
    has_worker: bool


@dataclass(frozen=True)
class Caseload:
    """One page of a list, with how many there are in all."""

    lines: list[Line]
    total: int
    start: int


def caseload(
    by: Actor, *, whose: Literal["mine", "all", "unassigned"] = "mine", status: str = "active", start: int = 0
) -> Caseload:
    """`PAGE` people from `start`. `all` and `unassigned` are what the reader's duty shows beyond her own.

    Pages begin where a page ends: a start in between, out of an address, would be a statement of its own.
    """
    start -= start % PAGE
    asked = by, status, whose == "mine", whose == "unassigned"
    people = _one_page(*asked, start, PAGE)
    whole = len(people) < PAGE and (people or not start)  # the end of the list tells how long it is
    total = start + len(people) if whole else _listed(*asked).count()
    called = shown_names(by, people)
    lines = [Line(one.id, one.code, called.get(one.id, ""), one.site.name, one.has_worker) for one in people]
    return Caseload(lines, total, start)


@readymade
def _one_page(by: Actor, status: str, mine: bool, free: bool, start: int, size: int) -> QuerySet[Any]:
    rows = _listed(by, status, mine, free).select_related("site").order_by("-registered_on", "code")
    return rows[start : start + size]


def _listed(by: Actor, status: str, mine: bool, free: bool) -> QuerySet[Any]:
    """Of whom the reader may list: her own, those without a worker, or all."""
    assigned = Assignment.objects.filter(until__isnull=True)
    rows = visible_to(
        Person.objects.filter(status=status),
        by=by,
        policy=LIST,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    ).annotate(has_worker=Exists(assigned.filter(person=OuterRef("pk"))))
    if mine:
        return rows.filter(pk__in=assigned.filter(user_id=by.id).values("person_id"))
    return rows.filter(has_worker=False) if free else rows


def own_list(by: Actor) -> list[Line]:
    """Everybody the reader works with, for a form that must leave out nobody."""
    first = caseload(by)
    further = (caseload(by, start=start).lines for start in range(PAGE, first.total, PAGE))
    return [*first.lines, *(line for lines in further for line in lines)]
