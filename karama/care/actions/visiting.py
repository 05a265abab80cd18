"""The nurse's visit: an emergency is told at once, the rest is kept as a draft until it is saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.care import targets
from karama.care.access import CODING, GIVE
from karama.care.actions import shapes
from karama.care.actions.nextsteps import leave_step
from karama.care.actions.prescribing import Group, Left, check_medicines
from karama.care.models import NurseVisit, VisitDraft
from karama.care.problems import DayDoesNotFit, SayHow
from karama.care.problems.medical import CodeUnknown
from karama.journal import Actor, Refused, action, clock
from karama.knowledge.value_sets import coded, offered
from karama.people.actions import papers
from karama.people.models import Person
from karama.programme.days import today_at
from karama.rules import icd11
from karama.rules.change_steps import in_three
from karama.safety.actions import raise_alert
from karama.safety.models import AlertSource
from karama.safety.standing import open_ones

Emergency = Literal["seizure", "self_harm", "violent", "withdrawal"]
KIND_OF: Final[dict[str, str]] = {
    "seizure": "medical_emergency",
    "self_harm": "suicide",
    "violent": "harm_to_others",
    "withdrawal": "medical_emergency",
}
TOLD: Final = "visit"
"""How an alert says that a nurse's visit raised it."""
SAME_VISIT: Final = timedelta(hours=12)
DONE: Final = ("psychoeducation", "brief_intervention", "medicine", "referred")
REFERRED: Final = "referred"
YesNo = Literal["", "yes", "no", "unknown"]
VisitCodes = Annotated[list[shapes.Code], Field(max_length=12)]
Chosen = Annotated[str, StringConstraints(strip_whitespace=True, max_length=24, pattern=r"^[A-Za-z0-9_.]+$")]
IcdCode = Annotated[str, StringConstraints(strip_whitespace=True, max_length=12)]
Change = Literal["", "better", "same", "worse"]
ChangeStep = Literal[
    "", "very_much_better", "much_better", "a_little_better", "unchanged", "a_little_worse", "much_worse",
    "very_much_worse",
]  # fmt: skip
Done = Annotated[list[Literal["psychoeducation", "brief_intervention", "medicine", "referred"]], Field(max_length=4)]


@action("care.tell_emergency", access=GIVE, target=targets.of_person)
def tell_emergency(*, by: Actor, person: UUID, emergency: Emergency) -> AlertSource:
    """Tell of an emergency at once, whatever becomes of the visit."""
    told: AlertSource = raise_alert(by=by, person=person, kind=KIND_OF[emergency], grade="now", source=TOLD).value
    return told


@action("care.keep_visit_draft", access=GIVE, target=targets.of_person)
def keep_visit_draft(
    *, by: Actor, person: UUID, chosen: Annotated[dict[shapes.Code, list[Chosen]], Field(max_length=20)]
) -> VisitDraft | None:
    """Keep what was tapped so far. It is the nurse's alone and counts nowhere; emptied, it is gone."""
    draft = VisitDraft.objects.filter(person_id=person, user_id=by.id).first()
    kept = {name: values for name, values in chosen.items() if values}
    if not kept:
        if draft is not None:
            draft.delete()
        return None
    draft = draft or VisitDraft(person_id=person, user_id=by.id)
    draft.seal("chosen", kept)
    draft.save()
    return draft


@action("care.record_visit", access=GIVE, target=targets.of_person)
def record_visit(
    *,
    by: Actor,
    person: UUID,
    kind: Literal["new", "follow_up"],
    emergency: Emergency | Literal["", "none"] = "",
    seen: VisitCodes = [],  # noqa: B006 - pydantic copies it
    physical_ruled_out: YesNo = "",
    pregnant: YesNo | Literal["not_applicable"] = "",
    category: shapes.Code | Literal[""] = "",
    certainty: Literal["", "suspected", "provisional", "confirmed"] = "",
    done: Done | None = None,
    change: Change = "",
    side_effects: Annotated[list[Group], Field(max_length=3)] | None = None,
    pills_left: Left = "",
    return_in: Annotated[int, Field(ge=1, le=180)] | None = None,
    on: date | None = None,
    paper: UUID | None = None,
    change_step: ChangeStep = "",
    icd: IcdCode = "",
) -> NurseVisit:
    """Record a visit; what was not asked stays not asked. An emergency that was not told yet is told now; "referred"
    leaves a referral to prepare. `paper`: the sheet from which it is typed in, which says the day. `change_step`: the
    change in seven steps; the three follow from it.

    Raises:
        SayHow: a new visit without what was seen or its category, a follow-up without how it goes.
        Refused: a code of ICD-11 by a duty that names none. CodeUnknown, DayDoesNotFit, PaperEntered.
    """
    sheet = papers.being_typed(by, paper, "visit" if kind == "new" else "follow_up", person)
    on = sheet.taken_on if sheet is not None else on
    new, today = kind == "new", today_at(Person.objects.values_list("site_id", flat=True).get(pk=person))
    if on is not None and (on - today).days > 0:
        raise DayDoesNotFit()
    change = in_three(change_step, change)  # type: ignore[assignment]  # one of the three
    check_visit(kind, seen, category, change)
    coded_as = icd_of(by, icd)
    day = on or today
    row = NurseVisit(
        person_id=person,
        site_id=Person.objects.values_list("site_id", flat=True).get(pk=person),
        kind=kind,
        occurred_on=day,
        return_on=day + timedelta(days=return_in) if return_in else None,
    )
    row.seal("emergency", emergency or None)
    row.seal("done", None if done is None else sorted(set(done)))
    if new:
        row.seal("seen", sorted(set(seen)))
        row.seal("category", category)
        row.seal("certainty", certainty or "provisional")
        row.seal("physical_ruled_out", physical_ruled_out or None)
        row.seal("pregnant", pregnant or None)
        row.seal("icd", coded_as or None)
    else:
        row.seal("change", change)
        row.seal("change_step", change_step or None)
    row.save()
    papers.enter(sheet, row)
    if REFERRED in (done or ()):
        leave_step(row, "refer", row.author_id)
    if not new and (side_effects is not None or pills_left):
        check_medicines(by=by, person=person, side_effects=side_effects, pills_left=pills_left)
    tell_of(by, person, emergency, row.id)
    VisitDraft.objects.filter(person_id=person, user_id=by.id).delete()
    return row


def check_visit(
    kind: str, seen: Collection[str], category: str, change: str, known: Mapping[str, Any] | None = None
) -> None:
    """Raises `SayHow` where what a visit of this kind needs is missing, `CodeUnknown` for what stands on no list.
    `known`: what a visit that is corrected says already, though it may be listed no more."""
    for name, value in (("seen", seen), ("category", category)) if kind == "new" else (("change", change),):
        if not value:
            raise SayHow(name)
    before = known or {}
    if not set(seen) <= {one.code for one in coded("presentations")} | set(before.get("seen") or ()):
        raise CodeUnknown("seen")
    if category and category not in (*dict(offered(coded("mns"))), before.get("category")):
        raise CodeUnknown("category")


def icd_of(by: Actor, icd: str, before: str = "") -> str:
    """A code of ICD-11 as it is kept. Raises `CodeUnknown` where it has not the shape of one, `Refused` where this duty
    names none; `before`: what stood there already."""
    plain = icd11.plain(icd)
    if icd and not plain:
        raise CodeUnknown("icd")
    if plain != before and by.duty not in CODING:
        raise Refused("icd")
    return plain


def tell_of(by: Actor, person: UUID, emergency: str, record: UUID) -> None:
    """Tell of an emergency that was not told yet. Called inside an action."""
    if emergency in KIND_OF and not _was_told(person, emergency):
        raise_alert(by=by, person=person, kind=KIND_OF[emergency], grade="now", source=TOLD, source_record=record)


def _was_told(person: UUID, emergency: str) -> bool:
    """Whether this emergency was told in the same visit, and is still open: one that was dealt with is told again."""
    since = clock.now() - SAME_VISIT
    rows = AlertSource.objects.filter(alert__person_id=person, source=TOLD, recorded_at__gte=since)
    open_now = open_ones({one.alert.id: one.alert for one in rows.select_related("alert")}.values())
    return any(alert.unseal("kind") == KIND_OF[emergency] for alert in open_now)
