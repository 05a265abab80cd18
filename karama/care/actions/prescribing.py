"""Prescribing, stopping, and asking how somebody does with a medicine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.care import targets
from karama.care.access import GIVE, PRESCRIBE
from karama.care.actions import shapes
from karama.care.days import today_of
from karama.care.models import MedicineCheck, Prescription, PrescriptionStop
from karama.care.problems import DayDoesNotFit, NothingWritten, ReasonNeeded
from karama.care.problems.medical import CautionBlocks, CodeUnknown, PrescriptionEnded
from karama.journal import ERASED, Actor, action
from karama.knowledge.value_sets import Medicine, medicine
from karama.people.actions import papers
from karama.people.deciding import age_of, together
from karama.people.joined import files_of
from karama.people.models import Person
from karama.programme.days import today_at
from karama.rules import medication as rule
from karama.rules import minors

Atc = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}$")]
Amount = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]{1,5}([.,][0-9]{1,3})?$")]
Group = Literal["extrapyramidal", "metabolic", "other"]
Left = Literal["", "none", "days", "week", "more"]


def running(person: UUID) -> list[Prescription]:
    """Prescriptions of a person and of the files joined with theirs that were neither stopped nor renewed."""
    mine = Prescription.objects.filter(person_id__in=files_of(person), stop=None, renewed_by=None)
    return list(mine.order_by("recorded_at"))


def known_of(person: Person, bearing: str) -> rule.Known:
    """What the files of a person say of age and sex, for the cautions. Opens both."""
    files, today = together(person), today_at(person.site_id)
    said = {one.unseal(name) for one in files for name in ("gender", "sex_for_reporting")} - {None, ERASED}
    woman = True if said & {"woman", "F"} else False if said & {"man", "M"} else None
    years = [told for one in files if (told := minors.years_between(age_of(one), today)) is not None]
    within = (min(low for low, _high in years), max(high for _low, high in years)) if years else None
    return rule.Known(bearing, woman, within)


def cautions_of(found: Medicine, person: Person, bearing: str, renews: UUID | None) -> list[rule.Warned]:
    """Every caution of a medicine that speaks for this person, also one of the same kind that is still taken."""
    today = today_at(person.site_id)
    taken = [one for one in running(person.id) if one.id != renews and rule.refill(one.until_on, today) != "lapsed"]
    others = [medicine(str(one.unseal("medicine"))) for one in taken]
    same = any(other is not None and other.group == found.group for other in others)
    listed = [rule.Warned(one.code, one.when, one.blocking) for one in found.cautions if not one.evidence.draft]
    return rule.cautions_for(listed, known_of(person, bearing), same_kind=same)


@action("care.prescribe", access=PRESCRIBE, target=targets.of_person)
def prescribe(
    *,
    by: Actor,
    person: UUID,
    medicine_code: Atc,
    amount: Amount,
    times: Annotated[int, Field(ge=1, le=8)],
    days: Annotated[int, Field(ge=1, le=rule.LONGEST_DAYS)],
    quantity: Annotated[int, Field(ge=1, le=2000)],
    bearing: rule.Bearing = "",
    reason: shapes.Reason = "",
    renews: UUID | None = None,
    on: date | None = None,
    paper: UUID | None = None,
) -> Prescription:
    """Prescribe. `bearing`: what was said about pregnancy; not asked counts as possible.

    Raises:
        CautionBlocks: a blocking caution speaks and no reason is written. CodeUnknown: not a medicine of the list.
        PrescriptionEnded: `renews` is not one that runs. DayDoesNotFit.
    """
    sheet = papers.being_typed(by, paper, "prescription", person)
    found = medicine(medicine_code)
    if found is None:
        raise CodeUnknown("medicine_code")
    file = Person.objects.get(pk=person)
    begins = _day(file, sheet.taken_on if sheet is not None else on)
    if renews is not None and renews not in {
        one.id for one in running(person) if one.unseal("medicine") == medicine_code
    }:
        raise PrescriptionEnded()
    speaking = cautions_of(found, file, bearing, renews)
    if left := rule.unanswered(speaking, reason):
        raise CautionBlocks(one.code for one in left)
    row = Prescription(person_id=person, occurred_on=begins, until_on=rule.last_day(begins, days), renews_id=renews)
    row.seal("medicine", medicine_code)
    dose = {"amount": amount, "unit": found.units[0], "times": times, "days": days, "quantity": quantity}
    row.seal("dose", dose)
    row.seal("bearing", bearing or None)
    row.seal("told", {one.code: reason for one in speaking} or None)
    row.save()
    papers.enter(sheet, row)
    return row


def _day(person: Person, on: date | None) -> date:
    today = today_at(person.site_id)
    if on is not None and (on - today).days > 0:
        raise DayDoesNotFit()
    return on or today


def of_prescription(*, by: Actor, prescription: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a prescription."""
    person = Prescription.objects.filter(pk=prescription).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.stop_prescription", access=PRESCRIBE, target=of_prescription)
def stop_prescription(*, by: Actor, prescription: UUID, why: shapes.Reason) -> PrescriptionStop:
    """Stop a prescription. Raises `ReasonNeeded`; `PrescriptionEnded` when it runs no more."""
    if not why:
        raise ReasonNeeded("why")
    row = Prescription.objects.select_for_update().get(pk=prescription)
    still_open(row)
    stop = PrescriptionStop(person_id=row.person_id, prescription=row, occurred_on=today_of(row.person_id))
    stop.seal("why", why)
    stop.save()
    return stop


def still_open(row: Prescription) -> None:
    """Raises `PrescriptionEnded` when a prescription was stopped or renewed."""
    if PrescriptionStop.objects.filter(prescription=row).exists() or Prescription.objects.filter(renews=row).exists():
        raise PrescriptionEnded()


@action("care.check_medicines", access=GIVE, target=targets.of_person)
def check_medicines(
    *,
    by: Actor,
    person: UUID,
    side_effects: Annotated[list[Group], Field(max_length=3)] | None = None,
    adherent: Literal["", "yes", "no"] = "",
    pills_left: Left = "",
) -> MedicineCheck:
    """How a person does with the medicines. An empty list: asked, and none. Raises `NothingWritten`."""
    if side_effects is None and not adherent and not pills_left:
        raise NothingWritten()
    row = MedicineCheck(person_id=person, occurred_on=today_of(person))
    row.seal("side_effects", None if side_effects is None else sorted(set(side_effects)))
    row.seal("adherent", adherent or None)
    row.seal("pills_left", pills_left or None)
    row.save()
    return row
