"""Rows for analytics: visits and what was given out, without identity, words or area. They are counted, never shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from karama.journal import Actor, Refused, clock, reading
from karama.outreach.access import STATISTICS
from karama.outreach.models import Issue, Visit, VisitStep
from karama.outreach.rulebook import rules_of
from karama.people.joined import file_that_remains
from karama.people.models import Person
from karama.programme.days import zone_of
from karama.rules.permission import permit

CHUNK = 2000


@dataclass(frozen=True)
class VisitRow:
    """One visit that was come back from. `reached`: how many were met, with its `basis`; None: nobody said.

    `named`: how many participants it was planned for, by code. `goers`: colleagues outside.
    """

    site: UUID
    on: date
    community: bool
    named: int
    goers: int
    reached: int | None
    basis: str


@dataclass(frozen=True)
class IssueRow:
    """Something that was given out, in its newest version. `person`: a random id, the same for all files of one
    person; None: nobody is written down, or a colleague. `to`: participant, colleague or many."""

    site: UUID
    on: date
    what: str
    kind: str
    quantity: int
    currency: str
    to: str
    person: UUID | None
    count: int
    basis: str


def visit_rows(*, by: Actor, programme: UUID) -> Iterator[VisitRow]:
    """The visits of a programme that were come back from, with what was said at the last coming back.

    Raises:
        Refused: the duty counts nothing in this programme.
    """
    _may_count(by, programme)
    goers = Count("members", filter=Q(members__part__in=["leads", "goes"]), distinct=True)
    named = Count("people", filter=Q(people__dropped_at__isnull=True), distinct=True)
    rows = Visit.objects.filter(site__programme_id=programme).annotate(goers=goers, named=named)
    with reading(by=by, purpose="statistics", route="outreach.visit_rows"):
        last: dict[UUID, VisitStep] = {}
        steps = VisitStep.objects.filter(visit__site__programme_id=programme, step__in=("out", "back", "called_off"))
        for step in steps.order_by("recorded_at", "id").iterator(chunk_size=CHUNK):
            last[step.visit_id] = step
        for one in rows.order_by("leaves_at", "id").iterator(chunk_size=CHUNK):
            end = last.get(one.id)
            if end is None or end.step != "back":
                continue
            local = one.leaves_at.astimezone(zone_of(one.site_id)).date()
            yield VisitRow(one.site_id, local, one.community, one.named, one.goers, end.reached, end.basis)


def issue_rows(*, by: Actor, programme: UUID) -> Iterator[IssueRow]:
    """What was given out in a programme; a line that was taken back counts nothing. Raises `Refused`."""
    _may_count(by, programme)
    rows = Issue.objects.filter(site__programme_id=programme, amended_by__isnull=True, quantity__gt=0)
    with reading(by=by, purpose="statistics", route="outreach.issue_rows") as counted:
        found = list(rows.order_by("on", "id"))
        people = {one.person_id for one in found if one.person_id is not None}
        counted.count(people)
        joined = Person.objects.filter(pk__in=people, merged_into__isnull=False).values_list("id", flat=True)
        into = {one: file_that_remains(one) for one in joined}
        for one in found:
            yield _issue_row(one, into)


def _issue_row(one: Issue, into: dict[UUID, UUID]) -> IssueRow:
    good = rules_of(one.site_id).good(one.what)
    to = "participant" if one.person_id else "colleague" if one.user_id else "many"
    return IssueRow(
        site=one.site_id,
        on=one.on,
        what=one.what,
        kind=good.kind if good is not None else "other",
        quantity=one.quantity,
        currency=one.currency,
        to=to,
        person=into.get(one.person_id, one.person_id) if one.person_id else None,
        count=one.count,
        basis=one.basis,
    )


def _may_count(by: Actor, programme: UUID) -> None:
    decision = permit(STATISTICS, by.attributes(), {"programme": programme}, "statistics", clock.now())
    if not decision.allowed:
        raise Refused(decision.reason)
