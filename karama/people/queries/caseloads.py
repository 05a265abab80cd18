"""Lists of people: mine, or for a supervisor everybody at her sites, those without a worker first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import Exists, OuterRef

from karama.journal import Actor, clock, visible_to
from karama.people.access import ATTRIBUTES, LIST, purpose_of
from karama.people.models import Assignment, Person
from karama.people.queries.page import shown_names

PAGE = 50


@dataclass(frozen=True)
class Line:
    """A person in a list. `role`: what the reader is to her, empty when she is not assigned."""

    id: UUID
    code: str
    called: str
    site: str
    status: str
    role: str
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
    """`PAGE` people from `start`. `all` and `unassigned` are what the reader's duty shows beyond her own."""
    current = Assignment.objects.filter(person=OuterRef("pk"), until__isnull=True)
    rows = visible_to(
        Person.objects.filter(status=status),
        by=by,
        policy=LIST,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    ).annotate(has_worker=Exists(current))
    if whose == "mine":
        mine = Assignment.objects.filter(user_id=by.id, until__isnull=True)
        rows = rows.filter(pk__in=mine.values("person_id"))
    elif whose == "unassigned":
        rows = rows.filter(has_worker=False)
    total = rows.count()
    people = list(rows.select_related("site").order_by("-registered_on", "code")[start : start + PAGE])
    called = shown_names(by, people)
    ids = [one.id for one in people]
    roles = dict(
        Assignment.objects.filter(person_id__in=ids, user_id=by.id, until__isnull=True).values_list("person_id", "role")
    )
    lines = [
        Line(one.id, one.code, called.get(one.id, ""), one.site.name, one.status, roles.get(one.id, ""), one.has_worker)
        for one in people
    ]
    return Caseload(lines, total, start)


def own_list(by: Actor) -> list[Line]:
    """Everybody the reader works with, for a form that must leave out nobody."""
    first = caseload(by)
    further = (caseload(by, start=start).lines for start in range(PAGE, first.total, PAGE))
    return [*first.lines, *(line for lines in further for line in lines)]
