"""Correcting what a nurse, a prescriber and a physiotherapist wrote: a newer fact with a reason; both stay readable.

What followed stays: no alert is cleared by a correction; what becomes an emergency or a warning sign raises its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from karama.care import targets
from karama.care.access import GIVE, TREAT_BODY
from karama.care.actions import shapes
from karama.care.actions.bodywork import Codes, Rating, check_session, tell_flags
from karama.care.actions.nextsteps import follow_correction
from karama.care.actions.prescribing import Group, Left
from karama.care.actions.visiting import (
    REFERRED,
    Change,
    ChangeStep,
    Done,
    Emergency,
    IcdCode,
    VisitCodes,
    YesNo,
    check_visit,
    icd_of,
    tell_of,
)
from karama.care.models import Activity, BodySession, MedicineCheck, NurseVisit
from karama.care.problems import AmendedMeanwhile, NothingChanged, NothingWritten, ReasonNeeded
from karama.journal import ERASED, Absent, Actor, Fact, action
from karama.people.joined import file_that_remains, files_of
from karama.reception.actions.following import tell_near
from karama.rules.change_steps import in_three

NOTICES: Mapping[type[Fact], str] = {
    NurseVisit: "care.visit_corrected",
    BodySession: "care.body_corrected",
    MedicineCheck: "care.check_corrected",
}
VISIT = (
    "seen", "emergency", "physical_ruled_out", "pregnant", "category", "certainty", "done", "change", "change_step",
    "icd",
)  # fmt: skip
BODY = ("places", "intensity", "ratings", "flags", "exercises", "reaction", "practice")
CHECK = ("side_effects", "adherent", "pills_left")


def _newest(model: type[Any], row: UUID, reason: str) -> Any:
    """The version that is corrected, locked. Raises `ReasonNeeded`, `AmendedMeanwhile`."""
    if not reason:
        raise ReasonNeeded()
    old = model.objects.select_for_update(of=("self",)).get(pk=row)
    if model.objects.filter(amends=old).exists():
        raise AmendedMeanwhile()
    return old


def _before(old: Fact, names: Sequence[str]) -> dict[str, Any]:
    found = {name: old.unseal(name) for name in names}
    if ERASED in found.values():
        raise Absent()
    return found


def _keep(by: Actor, old: Any, row: Any, told: Mapping[str, Any], reason: str) -> None:
    """Seal and save; whoever wrote it is told when somebody else corrects it."""
    for name, value in told.items():
        row.seal(name, value)
    row.seal("amend_reason", reason)
    row.save()
    tell_near(by, file_that_remains(old.person_id), old.author_id, NOTICES[type(old)], old.id)


def of_visit(*, by: Actor, nurse_visit: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a visit to the nurse."""
    person = NurseVisit.objects.filter(pk=nurse_visit).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.amend_visit", access=GIVE, target=of_visit)
def amend_visit(
    *,
    by: Actor,
    nurse_visit: UUID,
    kind: Literal["new", "follow_up"],
    emergency: Emergency | Literal["", "none"] | None = None,
    seen: VisitCodes = [],  # noqa: B006 - pydantic copies it
    physical_ruled_out: YesNo = "",
    pregnant: YesNo | Literal["not_applicable"] = "",
    category: shapes.Code | Literal[""] = "",
    certainty: Literal["", "suspected", "provisional", "confirmed"] = "",
    done: Done | None = None,
    change: Change = "",
    return_in: Annotated[int, Field(ge=1, le=180)] | None = None,
    reason: shapes.Reason = "",
    change_step: ChangeStep = "",
    icd: IcdCode | None = None,
) -> NurseVisit:
    """Correct a visit, also whether it was a new one; its day stays. `emergency`, `icd` None: as it was told.

    An emergency that is taken back clears nothing; one that nobody told is told now.

    Raises:
        ReasonNeeded, AmendedMeanwhile, NothingChanged, SayHow, CodeUnknown.
    """
    old = _newest(NurseVisit, nurse_visit, reason)
    before = _before(old, VISIT)
    new, change = kind == "new", in_three(change_step, change)  # type: ignore[assignment]  # one of the three
    check_visit(kind, seen, category, change, known=before)
    told: dict[str, Any] = dict.fromkeys(VISIT)
    told["emergency"] = before["emergency"] if emergency is None else emergency or None
    told["done"] = None if done is None else sorted(set(done))
    if new:
        told |= {"seen": sorted(set(seen)), "category": category, "certainty": certainty or "provisional"}
        told |= {"physical_ruled_out": physical_ruled_out or None, "pregnant": pregnant or None}
        coded = before["icd"] or ""
        told["icd"] = (coded if icd is None else icd_of(by, icd, coded)) or None
    else:
        told |= {"change": change, "change_step": change_step or None}
    row = NurseVisit(
        person_id=old.person_id,
        site_id=old.site_id,
        kind=kind,
        occurred_on=old.occurred_on,
        return_on=old.occurred_on + timedelta(days=return_in) if return_in else None,
        amends=old,
    )
    if told == before and (row.kind, row.return_on) == (old.kind, old.return_on):
        raise NothingChanged()
    _keep(by, old, row, told, reason)
    follow_correction(old, row, _to_refer(before), _to_refer(told), old.author_id)
    if told["emergency"] != before["emergency"]:
        tell_of(by, old.person_id, told["emergency"] or "", row.id)
    return row


def _to_refer(told: Mapping[str, Any]) -> str:
    """What a visit leaves to do."""
    return "refer" if REFERRED in (told["done"] or ()) else ""


def of_check(*, by: Actor, medicine_check: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about how somebody does with the medicines."""
    person = MedicineCheck.objects.filter(pk=medicine_check).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.amend_check", access=GIVE, target=of_check)
def amend_check(
    *,
    by: Actor,
    medicine_check: UUID,
    side_effects: Annotated[list[Group], Field(max_length=3)] | None = None,
    adherent: Literal["", "yes", "no"] = "",
    pills_left: Left = "",
    reason: shapes.Reason = "",
) -> MedicineCheck:
    """Correct how a person does with the medicines; the day stays.

    Raises:
        ReasonNeeded, AmendedMeanwhile, NothingChanged, NothingWritten.
    """
    old = _newest(MedicineCheck, medicine_check, reason)
    before = _before(old, CHECK)
    if side_effects is None and not adherent and not pills_left:
        raise NothingWritten()
    told = {
        "side_effects": None if side_effects is None else sorted(set(side_effects)),
        "adherent": adherent or None,
        "pills_left": pills_left or None,
    }
    if told == before:
        raise NothingChanged()
    row = MedicineCheck(person_id=old.person_id, occurred_on=old.occurred_on, amends=old)
    _keep(by, old, row, told, reason)
    return row


def of_body(*, by: Actor, body: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a session of physiotherapy."""
    person = BodySession.objects.filter(pk=body).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.amend_body_session", access=TREAT_BODY, target=of_body)
def amend_body_session(
    *,
    by: Actor,
    body: UUID,
    places: dict[shapes.Code, Literal["pain", "spread"]] | None = None,
    intensity: Rating | None = None,
    ratings: dict[UUID, Rating] | None = None,
    flags: Codes | None = None,
    exercises: Codes = [],  # noqa: B006 - pydantic copies it
    reaction: Literal["", "better", "same", "worse"] = "",
    practice: Literal["", "given", "reviewed", "none"] = "",
    reason: shapes.Reason = "",
) -> BodySession:
    """Correct a session of physiotherapy; the day stays. A warning sign that is taken back clears no alert; one that
    nobody told is told now.

    Raises:
        ReasonNeeded, AmendedMeanwhile, NothingChanged, MapDoesNotFit, CodeUnknown.
    """
    old = _newest(BodySession, body, reason)
    before = _before(old, BODY)
    files = files_of(file_that_remains(old.person_id))
    theirs = set(Activity.objects.filter(person_id__in=files).values_list("id", flat=True))
    check_session(places, exercises, ratings, theirs, known=before["exercises"] or ())
    told = {
        "places": places,
        "intensity": intensity,
        "ratings": None if ratings is None else {str(one): value for one, value in ratings.items()},
        "flags": None if flags is None else sorted(set(flags)),
        "exercises": sorted(set(exercises)) or None,
        "reaction": reaction or None,
        "practice": practice or None,
    }
    if told == before:
        raise NothingChanged()
    row = BodySession(person_id=old.person_id, occurred_on=old.occurred_on, amends=old)
    _keep(by, old, row, told, reason)
    if untold := sorted(set(flags or ()) - set(before["flags"] or ())):
        tell_flags(by, old.person_id, untold, row.id)
    return row
