"""A paper that is typed in: begun under its number, then entered by the ordinary action of its form, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from karama.journal import ERASED, Absent, Actor, clock
from karama.people import workers
from karama.people.access import SEARCH, SEE, purpose_of
from karama.people.actions import shapes
from karama.people.attributes import person_attributes
from karama.people.joined import file_that_remains
from karama.people.models import Paper, Person, PrintedSheet
from karama.people.problems import (
    CheckNumber,
    PaperDay,
    PaperDoesNotFit,
    PaperEntered,
    PaperInHands,
    PaperOlder,
    PaperTakenOver,
    PaperTaker,
    SayWhoActed,
)
from karama.programme.days import today_at
from karama.rules import papers as rule
from karama.rules.permission import permit
from karama.rules.risk import WORRIES, Worry

Precision = Literal["day", "month", "year", "approx"]
Acted = Literal["", "yes", "no", "unknown"]
OTHER = "other"
"""Whoever acted does not work here."""

IN_HANDS: Final = timedelta(hours=2)
"""So long a sheet that was begun is its typist's; then anybody who may goes on with it."""


class Told(BaseModel):
    """What a paper says about safety. `danger`: none, unknown (nobody asked, or it cannot be read), or a worry."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    danger: Literal["none", "unknown"] | Worry = "unknown"
    acted: Acted = ""
    acted_by: shapes.Code = ""
    acted_on: date | None = None


def begin(
    by: Actor,
    *,
    number: str,
    person: UUID | None,
    site: UUID,
    taken_by: UUID,
    on: date,
    precision: Precision,
    told: Told,
) -> Paper:
    """Keep who took a sheet and when, before what stands on it. The same sheet, not entered yet, is gone on with;
    whoever began it may say that it is of somebody else.

    Raises:
        CheckNumber, PaperEntered, PaperInHands, PaperDoesNotFit, PaperDay, PaperTaker, SayWhoActed: see `problems`.
    """
    try:
        sheet = rule.parse(number)
    except rule.BadNumber:
        raise CheckNumber() from None
    row = Paper.objects.select_for_update(of=("self",)).filter(number=sheet.number).first()
    if row is not None:
        _check_begun(by, row, person)
    _check(site, taken_by, on, precision, told)
    row = row or Paper(number=sheet.number, form=sheet.form, version=sheet.version)
    row.person_id = person
    row.site_id, row.taken_by_id, row.taken_on, row.precision = site, taken_by, on, precision
    row.seal("told", told.model_dump(mode="json"))
    row.save()
    return row


def _check_begun(by: Actor, row: Paper, person: UUID | None) -> None:
    """A sheet that was begun before. Of somebody whom the actor may not see it tells no more than a mistyped number."""
    same = is_of(row, person) or row.form == "registration"
    if row.entered_at is not None:
        if not _knows(by, row):
            raise CheckNumber()
        raise PaperEntered() if same else PaperDoesNotFit()
    if row.author_id == by.id:
        return
    if not same:
        raise PaperDoesNotFit() if _knows(by, row) else CheckNumber()
    if clock.now() - row.recorded_at < IN_HANDS:
        raise PaperInHands()
    row.recorded_at = clock.now()


def is_of(row: Paper, person: UUID | None) -> bool:
    """Whether a sheet is about this person, also when it was begun under a file that was joined with hers since."""
    return row.person_id == person or (row.person_id is not None and file_that_remains(row.person_id) == person)


def _knows(by: Actor, row: Paper) -> bool:
    """Whether the actor may learn that there is a sheet about this person."""
    if row.person_id is None:
        return True
    told = person_attributes(file_that_remains(row.person_id))
    policy = SEARCH if row.form == "registration" else SEE
    return permit(policy, by.attributes(), told, purpose_of(by), clock.now()).allowed


def _check(site: UUID, taken_by: UUID, on: date, precision: Precision, told: Told) -> None:
    today = today_at(site)
    if on > today:
        raise PaperDay()
    at_site = {one.user for one in workers.workers_at([site])}
    if taken_by not in at_site:
        raise PaperTaker()
    if told.danger not in WORRIES or told.acted != "yes":
        return
    if told.acted_by != OTHER and told.acted_by not in {str(one) for one in at_site}:
        raise SayWhoActed("acted_by")
    if told.acted_on is None or told.acted_on > today or (precision != "approx" and told.acted_on < on):
        raise SayWhoActed("acted_on")


def being_typed(by: Actor, paper: UUID | None, form: str, person: UUID | None) -> Paper | None:
    """The sheet that this actor is typing in for this person; None when nothing is typed in from paper.

    Raises:
        PaperEntered: it is entered already, whatever this time it says. PaperTakenOver: a colleague went on with it;
        of whoever is not on file also where there is no such sheet, so that nothing is told of anybody hidden.
        Absent: no such sheet of this person.
    """
    if paper is None:
        return None
    row = Paper.objects.select_for_update(of=("self",)).filter(pk=paper, form=form).first()
    if person is None and (row is None or row.author_id != by.id):
        raise PaperTakenOver()
    if row is None:
        raise Absent()
    if not (is_of(row, person) or (form == "registration" and row.entered_at is not None)):
        raise Absent()
    if row.entered_at is not None and form != "consent":
        raise PaperEntered()
    if row.author_id != by.id:
        raise PaperTakenOver()
    return row


def day_of(sheet: Paper | None, otherwise: date) -> date:
    """The day on which a sheet was filled in; `otherwise` where nothing comes from paper."""
    return sheet.taken_on if sheet is not None else otherwise


def check_newest(sheet: Paper | None, stands_since: date | None) -> None:
    """Of what is renewed as a whole: a sheet never replaces what was written after its day, or on it.

    Raises:
        PaperOlder: what stands is as new as the sheet, or newer.
    """
    if sheet is not None and stands_since is not None and stands_since >= sheet.taken_on:
        raise PaperOlder()


def enter(row: Paper | None, record: Any, *, part: str = "") -> None:
    """Say what became of a sheet: from now on it is entered. Raises `PaperEntered` for the same part a second time."""
    if row is None:
        return
    kept = row.parts.split() if row.parts else []
    if row.entered_at is not None and (not part or part in kept):
        raise PaperEntered()
    if part:
        row.parts = " ".join([*kept, part])
    if row.person_id is None:
        told = row.unseal("told")
        row.person_id = record.id if isinstance(record, Person) else record.person_id
        row.seal("told", None if told is ERASED else told)
    enter_as(row, record.id)


def enter_as(row: Paper, record: UUID) -> None:
    """Say which record a sheet became: one of several people is of no single person."""
    if row.entered_at is None:
        row.entered_at, row.record_id = clock.now(), record
    row.save()


def keep_printed(by: Actor, numbers: Sequence[str], person: UUID | None) -> list[PrintedSheet]:
    """Keep that sheets were printed by this actor; told twice, it is kept once. A number that a colleague printed
    stays hers.

    Raises:
        CheckNumber: one of them is none.
    """
    try:
        sheets = {one.number: one for one in map(rule.parse, numbers)}
    except rule.BadNumber:
        raise CheckNumber() from None
    known = set(PrintedSheet.objects.filter(number__in=sheets).values_list("number", flat=True))
    made = [
        PrintedSheet(number=one.number, form=one.form, person_id=person, printed_by_id=by.id)
        for one in sheets.values()
        if one.number not in known
    ]
    for row in made:
        row.save()
    return made


def put_aside(sheet: UUID) -> PrintedSheet:
    """A printed sheet will not be typed in. Whoever finds it again types it in all the same."""
    row = PrintedSheet.objects.select_for_update(of=("self",)).get(pk=sheet)
    row.put_aside_at = row.put_aside_at or clock.now()
    row.save()
    return row
