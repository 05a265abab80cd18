"""Papers that are typed in, or were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from karama.journal import ERASED, Absent, Actor, clock, visible_to
from karama.people.access import ATTRIBUTES, SEE, purpose_of
from karama.people.joined import files_of
from karama.people.models import Paper, Person, PrintedSheet
from karama.people.problems import PaperEntered
from karama.people.queries.page import person_in_reach
from karama.people.workers import aliases
from karama.programme.models import Site
from karama.rules import papers as rule


@dataclass(frozen=True)
class TypedIn:
    """The sheet that a reader is typing in: its number, who took it (work alias), the day, and what its own typist has
    kept of it: for whoever it was taken from nothing is, so that her answers reach the action that refuses them."""

    id: UUID
    number: str
    who: str
    on: date
    precision: str
    parts: frozenset[str]


@dataclass(frozen=True)
class PaperLine:
    """A sheet about a person. `told` is empty where the reader's compartments do not open it."""

    person: UUID
    number: str
    form: str
    who: str
    on: date
    precision: str
    typed_by: str
    entered_at: datetime | None
    told: dict[str, Any]
    acted_by: str
    record_id: UUID | None


@dataclass(frozen=True)
class Outstanding:
    """A sheet that the reader printed and that is not typed in. `code`: of the person, while she is in reach."""

    id: UUID
    number: str
    form: str
    code: str
    printed_at: datetime
    begun: bool


def typed_in(by: Actor, paper: UUID, form: str, person: UUID | None = None, *, late: bool = False) -> TypedIn:
    """A sheet that this reader began to type in, as this form, for this person. `late`: for what was typed of it and is
    refused by its action now, also when it was entered since, or a colleague went on with it.

    Raises:
        Absent: there is none, or it is somebody else's. PaperEntered: it is entered already.
    """
    row = Paper.objects.filter(pk=paper, form=form).first()
    if row is None or (person is not None and row.person_id not in files_of(person)):
        raise Absent()
    if row.author_id != by.id:
        if person is None or not late:
            raise Absent()
        person_in_reach(by, person, SEE)
    if row.entered_at is not None and form != "consent" and not late:
        raise PaperEntered()
    who = aliases([row.taken_by_id]).get(row.taken_by_id, "")
    kept = row.parts.split() if row.author_id == by.id else ()
    return TypedIn(row.id, row.number, who, row.taken_on, row.precision, frozenset(kept))


def papers_of(by: Actor, person: UUID) -> list[PaperLine]:
    """The sheets about a person, the newest first; also of files that were joined with hers. Raises `Absent`."""
    file = person_in_reach(by, person)
    rows = list(Paper.objects.filter(person_id__in=files_of(file.id)).order_by("-taken_on", "-recorded_at"))
    told = [_told(by, row) for row in rows]
    acted = [one.get("acted_by", "") for one in told]
    users = {UUID(one) for one in acted if len(one) == 36}
    names = aliases({user for row in rows for user in (row.taken_by_id, row.author_id)} | users)
    return [
        PaperLine(
            file.id,
            row.number,
            row.form,
            names.get(row.taken_by_id, ""),
            row.taken_on,
            row.precision,
            names.get(row.author_id, ""),
            row.entered_at,
            one,
            names.get(UUID(who), "") if len(who) == 36 else who,
            row.record_id,
        )
        for row, one, who in zip(rows, told, acted, strict=True)
    ]


def _told(by: Actor, row: Paper) -> dict[str, Any]:
    if "clinical" not in by.compartments:
        return {}
    found = row.unseal("told")
    return {} if found is None or found is ERASED else dict(found)


def sites_of(by: Actor) -> list[Site]:
    """The actor's own sites where work goes on, with their programmes."""
    rows = Site.objects.select_related("programme").filter(pk__in=by.sites, closed_on__isnull=True)
    return list(rows.order_by("name", "id"))


def outstanding(by: Actor, *, most: int = 100) -> list[Outstanding]:
    """What this reader printed and nobody has typed in, the oldest first; without what was put aside."""
    entered = Paper.objects.filter(number=OuterRef("number"), entered_at__isnull=False)
    begun = Paper.objects.filter(number=OuterRef("number"))
    mine = PrintedSheet.objects.filter(~Exists(entered), printed_by_id=by.id, put_aside_at__isnull=True)
    rows = list(mine.annotate(begun=Exists(begun)).order_by("recorded_at", "id")[:most])
    people = {one.person_id for one in rows if one.person_id is not None}
    near = visible_to(
        Person.objects.filter(pk__in=people),
        by=by, policy=SEE, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES,
    )  # fmt: skip
    codes: dict[UUID | None, str] = dict(near.values_list("pk", "code"))
    return [
        Outstanding(one.id, one.number, one.form, codes.get(one.person_id, ""), one.recorded_at, one.begun)
        for one in rows
    ]


def entered_as(by: Actor, number: str) -> PaperLine | None:
    """What a sheet became, for whoever may see the person; None for everybody else, and for what is no sheet."""
    try:
        row = Paper.objects.filter(number=rule.parse(number).number, entered_at__isnull=False).first()
    except rule.BadNumber:
        return None
    if row is None or row.person_id is None:
        return None
    try:
        lines = papers_of(by, row.person_id)
    except Absent:
        return None
    return next((one for one in lines if one.number == row.number), None)
