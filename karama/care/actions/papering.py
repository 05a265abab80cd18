"""Typing in from paper: who took it and when come first, and a danger that stands on it is told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field

from karama.care import targets
from karama.care.access import PAPER, PRINT_PAPER, PUT_ASIDE, SETTLE_PAPER
from karama.journal import Absent, Actor, action
from karama.people.actions import papers
from karama.people.models import Paper, Person, PrintedSheet
from karama.people.problems import CheckNumber
from karama.rules import papers as rule
from karama.rules.risk import WORRIES
from karama.safety.actions import person_meant, raise_alert
from karama.safety.files import note_typed_in
from karama.safety.standing import BY_CODE

SOURCE: Final = "paper"
"""How an alert says that it stood on a paper."""


def form_of(number: str) -> str:
    """The form that a number stands for; empty when it is none."""
    try:
        return rule.parse(number).form
    except rule.BadNumber:
        return ""


def _of_sheet(*, by: Actor, number: str, person: UUID | None, site: UUID | None, **_more: Any) -> Mapping[str, object]:
    form = form_of(number)
    if form == "registration":
        return {"form": form, "site": site}
    return {"form": form, **targets.person_seen_by(by, person)} if person is not None else {}


@action("care.begin_paper", access=PAPER, target=_of_sheet)
def begin_paper(
    *,
    by: Actor,
    number: str,
    taken_by: UUID,
    on: date,
    precision: papers.Precision = "day",
    told: papers.Told = papers.Told(),  # noqa: B008 - frozen
    person: UUID | None = None,
    site: UUID | None = None,
) -> Paper:
    """Keep who took a sheet, when, and what it says about safety. What stands on it follows by the form's own action.

    A danger raises its alert in the same breath: for now where nobody knows of anything that was done since the paper
    was filled in, for today where something was. `site`: of a registration, whose person has no file yet;
    the id of the sheet becomes hers, so the alert is about her.

    Raises:
        CheckNumber, PaperEntered, PaperInHands, PaperDoesNotFit, PaperDay, PaperTaker, SayWhoActed: see
        `people.problems`.
    """
    if form_of(number) == "registration":
        if site is None:
            raise CheckNumber()
        person = None
    elif person is None:
        raise Absent()
    else:
        site = Person.objects.values_list("site_id", flat=True).get(pk=person)
    before = _told_before(number, person)
    row = papers.begin(
        by, number=number, person=person, site=site, taken_by=taken_by, on=on, precision=precision, told=told
    )
    if told.danger in WORRIES and told.danger != before:
        tell(by, row.person_id or row.id, told, site=site, record=row.id)
    return row


def _of_somebody(*, by: Actor, person: UUID, **_more: Any) -> Mapping[str, object]:
    return targets.person_seen_by(by, person)


@action("care.settle_paper", access=SETTLE_PAPER, target=_of_somebody)
def settle_paper(*, by: Actor, paper: UUID, person: UUID) -> Paper:
    """A sheet of registration turns out to be of somebody on file: it is entered as hers and registers nobody.

    A danger on it is told again, of her. The alert that was raised about nobody known says so and stays open.

    Raises:
        Absent: no such sheet, or it is not the actor's. PaperEntered: it is entered already.
    """
    row = papers.being_typed(by, paper, "registration", None)
    if row is None or row.entered_at is not None:
        raise Absent()
    told = row.unseal("told")
    papers.enter(row, Person.objects.get(pk=person))
    if isinstance(told, dict) and told["danger"] in WORRIES:
        tell(by, person, papers.Told.model_validate(told), site=row.site_id, record=row.id)
        note_typed_in(unknown=row.id)
    return row


def _of_printed(*, by: Actor, numbers: Sequence[str], person: UUID | None, **_more: Any) -> Mapping[str, object]:
    """Blank sheets are of nobody; those for a person are all of one form."""
    forms = {form_of(one) for one in numbers}
    if person is None:
        return {"form": "blank"}
    return {"form": forms.pop() if len(forms) == 1 else "", **targets.person_seen_by(by, person)}


@action("care.keep_printed", access=PRINT_PAPER, target=_of_printed)
def keep_printed(
    *,
    by: Actor,
    numbers: Annotated[list[Annotated[str, Field(max_length=20)]], Field(min_length=1, max_length=20)],
    person: UUID | None = None,
) -> None:
    """Keep that sheets were printed, so that whoever printed them sees which were never typed in.

    Raises:
        CheckNumber: a number is none.
    """
    papers.keep_printed(by, numbers, person)


def _of_sheet_printed(*, by: Actor, printed: UUID, **_more: Any) -> Mapping[str, object]:
    printed_by = PrintedSheet.objects.filter(pk=printed).values_list("printed_by_id", flat=True).first()
    return {"printed_by": printed_by} if printed_by is not None else {}


@action("care.put_paper_aside", access=PUT_ASIDE, target=_of_sheet_printed)
def put_paper_aside(*, by: Actor, printed: UUID) -> PrintedSheet:
    """A sheet that one printed will never be typed in: it was not used, or is lost. Its number stays good."""
    return papers.put_aside(printed)


def _told_before(number: str, person: UUID | None) -> str:
    """The danger that this sheet has told of this person already, when somebody began to type it in before."""
    try:
        row = Paper.objects.filter(number=rule.parse(number).number, entered_at__isnull=True).first()
    except rule.BadNumber:
        raise CheckNumber() from None
    told = row.unseal("told") if row is not None and papers.is_of(row, person) else None
    return str(told["danger"]) if isinstance(told, dict) else ""


def tell(by: Actor, person: UUID | None, told: papers.Told, *, site: UUID | None, record: UUID | None = None) -> None:
    """Raise the alert of a paper, also when the rest of what was typed does not fit yet."""
    raise_alert(
        by=by, person=person, kind=told.danger, grade=_grade(told), source=SOURCE, source_record=record, site=site
    )


def tell_of_code(by: Actor, code: str, told: papers.Told, *, site: UUID | None) -> None:
    """The same of whoever the typist does not see: of the person with this code, or of nobody who is known. Like every
    worry by code it never tells her which; a code of nobody is kept in words.
    """
    source, words = (BY_CODE, f"[{code}]") if code else (SOURCE, "")
    about = person_meant(code)
    raise_alert(by=by, person=about, kind=told.danger, grade=_grade(told), source=source, site=site, words=words)


def _grade(told: papers.Told) -> str:
    """For today where something was done since the paper was filled in, for now otherwise."""
    return "today" if told.acted == "yes" else "now"
