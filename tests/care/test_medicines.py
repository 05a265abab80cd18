"""Medicines: cautions before saving, refills, the ledger of a stock, handing out, who reads what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from karama.care.actions import (
    check_medicines,
    correct_stock,
    dispense,
    expire_stock,
    prescribe,
    receive_stock,
    stop_prescription,
)
from karama.care.models import Batch, Dispensing, MedicineCheck, Prescription, StockMove
from karama.care.problems import NothingWritten, ReasonNeeded
from karama.care.problems.medical import (
    BatchDiffers,
    BatchDoesNotFit,
    CautionBlocks,
    CodeUnknown,
    MoreThanPrescribed,
    NotExpired,
    PrescriptionEnded,
    StockTooSmall,
)
from karama.care.queries import medicines, stock
from karama.journal import Absent, Actor, Refused, clock, guard, reading
from karama.people.actions import assign, erase_person
from karama.programme.days import today_at
from karama.ui.bidi import without_controls
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text
from tests.people.conftest import ERASER

__all__ = ["sign_in"]
FLUOXETINE, SERTRALINE, VALPROATE = "N06AB03", "N06AB06", "N03AG01"
DOSE: dict[str, Any] = {"amount": "20", "times": 1, "days": 28, "quantity": 28}


@pytest.fixture
def zana(clinic: Clinic, amal: UUID) -> Actor:
    """A prescriber and a nurse who work with Amal; Berivan is the nurse."""
    for name, duty in (("zana", "prescriber"), ("berivan", "nurse"), ("karim", "physiotherapist")):
        clinic.hire(name, duty, clinic.here)
        assign(by=clinic["nadia"], person=amal, user=clinic[name].id)
    return clinic["zana"]


def batch_of(clinic: Clinic, quantity: int = 50, number: str = "B1", days: int = 300) -> Batch:
    """Packages of fluoxetine that came to the site."""
    on = today_at(clinic.here.id) + timedelta(days=days)
    site = clinic.here.id
    line = receive_stock(
        by=clinic["berivan"], site=site, medicine_code=FLUOXETINE, number=number, expires_on=on, quantity=quantity
    ).value
    return Batch.objects.get(pk=line.batch_id)


def test_valproate_blocks_until_a_reason_is_written(clinic: Clinic, amal: UUID, zana: Actor) -> None:
    """CA200: E2: valproate for a woman of child-bearing age is saved only with a written reason, which is kept."""
    order = {"by": zana, "person": amal, "medicine_code": VALPROATE, **DOSE}
    for bearing in ("", "could", "unknown", "cannot", "pregnant"):
        with pytest.raises(CautionBlocks):
            prescribe(bearing=bearing, reason="  ", **order)
    assert Prescription.objects.count() == 0
    prescribe(bearing="cannot", reason="sterilised in 2019", **order)
    with medicines_read(zana):
        (one,) = medicines.prescriptions_of(zana, amal)
    assert one.fields["told"] == {"valproate_could_become": "sterilised in 2019"}


def medicines_read(by: Actor) -> Any:
    """Opens a reading for an actor."""
    return reading(by=by, purpose="care", route="tests.care")


def test_a_man_needs_no_reason(clinic: Clinic, zana: Actor) -> None:
    """CA201: where the file says a man and the prescriber that pregnancy cannot be, nothing blocks; unasked does."""
    man = clinic.register(gender="man", first="Karwan")
    assign(by=clinic["nadia"], person=man, user=zana.id)
    with pytest.raises(CautionBlocks):
        prescribe(by=zana, person=man, medicine_code=VALPROATE, **DOSE)
    prescribe(by=zana, person=man, medicine_code=VALPROATE, bearing="cannot", **DOSE)


def test_two_of_a_kind_block(clinic: Clinic, amal: UUID, zana: Actor) -> None:
    """CA202: a second medicine of the same kind needs a reason while the first runs; renewing does not."""
    first = prescribe(by=zana, person=amal, medicine_code=FLUOXETINE, **DOSE).value
    with pytest.raises(CautionBlocks) as told:
        prescribe(by=zana, person=amal, medicine_code=SERTRALINE, **DOSE)
    assert told.value.codes == ("same_kind",)
    newer = prescribe(by=zana, person=amal, medicine_code=FLUOXETINE, renews=first.id, **DOSE).value
    with pytest.raises(PrescriptionEnded):
        prescribe(by=zana, person=amal, medicine_code=FLUOXETINE, renews=first.id, reason="r", **DOSE)
    with pytest.raises(PrescriptionEnded):
        prescribe(by=zana, person=amal, medicine_code=SERTRALINE, renews=newer.id, reason="r", **DOSE)
    stop_prescription(by=zana, prescription=newer.id, why="no use")
    prescribe(by=zana, person=amal, medicine_code=SERTRALINE, **DOSE)
    with pytest.raises(CodeUnknown):
        prescribe(by=zana, person=amal, medicine_code="N03AA02", **DOSE)


def test_only_prescribers_prescribe(clinic: Clinic, amal: UUID, zana: Actor) -> None:
    """CA203: nobody but a prescriber near the person prescribes or stops; far away there is no prescription at all."""
    row = prescribe(by=zana, person=amal, medicine_code=FLUOXETINE, **DOSE).value
    for name in ("berivan", "chantal", "nadia", "karim", "tunde"):
        with pytest.raises(Refused):
            prescribe(by=clinic[name], person=amal, medicine_code=FLUOXETINE, reason="r", **DOSE)
        with pytest.raises(Refused):
            stop_prescription(by=clinic[name], prescription=row.id, why="why")
    with medicines_read(clinic["karim"]), pytest.raises(Absent):
        medicines.prescription_page(clinic["karim"], row.id)
    with pytest.raises(ReasonNeeded):
        stop_prescription(by=zana, prescription=row.id, why=" ")
    stop_prescription(by=zana, prescription=row.id, why="rash")
    with pytest.raises(PrescriptionEnded):
        stop_prescription(by=zana, prescription=row.id, why="rash")


def test_a_refill_stands_on_today(clinic: Clinic, amal: UUID, zana: Actor, sign_in: Any) -> None:
    """CA204: what ends within a week or has run out stands on the prescriber's Today until it is renewed or stopped."""
    today = today_at(clinic.here.id)
    far = prescribe(by=zana, person=amal, medicine_code=FLUOXETINE, **DOSE).value
    with medicines_read(zana):
        assert medicines.refills_due(zana) == []
    stop_prescription(by=zana, prescription=far.id, why="other dose")
    order = {"by": zana, "person": amal, "medicine_code": FLUOXETINE, **DOSE}
    old = prescribe(on=today - timedelta(days=28), **order).value
    with medicines_read(zana):
        assert [(one[0], one[4]) for one in medicines.refills_due(zana)] == [(old.id, "lapsed")]
    with medicines_read(clinic["berivan"]):
        assert medicines.refills_due(clinic["berivan"]) == []
    shown = text(sign_in("zana").get("/"))
    assert f"/prescriptions/{old.id}/" in shown
    assert "Fluoxetine" not in shown
    prescribe(renews=old.id, **order)
    with medicines_read(zana):
        assert medicines.refills_due(zana) == []


def test_a_stock_is_never_below_nothing(clinic: Clinic, amal: UUID, zana: Actor) -> None:
    """CA205: E3: what is not there is not handed out; not by one dispensing, not by several, not by a correction."""
    nurse = clinic["berivan"]
    row = prescribe(by=zana, person=amal, medicine_code=FLUOXETINE, **DOSE).value
    batch = batch_of(clinic, quantity=20)
    with pytest.raises(StockTooSmall):
        dispense(by=nurse, prescription=row.id, batch=batch.id, quantity=21)
    dispense(by=nurse, prescription=row.id, batch=batch.id, quantity=20)
    with pytest.raises(StockTooSmall):
        dispense(by=nurse, prescription=row.id, batch=batch.id, quantity=1)
    with pytest.raises(StockTooSmall):
        correct_stock(by=nurse, batch=batch.id, quantity=-1, why="lost")
    assert [one.after for one in StockMove.objects.order_by("position")] == [20, 0]
    with medicines_read(nurse):
        (line,) = stock.stock_of(nurse, clinic.here.id)
        assert (line.usable, line.used, line.state) == (0, 20, "out")
        assert stock.shortages(nurse) == [(clinic.here.id, clinic.here.name, 1, 0)]


def test_the_database_says_no(clinic: Clinic, zana: Actor) -> None:
    """CA206: the database keeps no line below nothing, and no second line at one position: two who take at once."""
    batch = batch_of(clinic)
    line = StockMove.objects.get()
    for wrong in ({"after": -1, "position": 2}, {"after": 1, "position": 1}):
        fields = {"batch": batch, "kind": "dispensed", "quantity": -1, "occurred_on": line.occurred_on}
        with pytest.raises(IntegrityError), transaction.atomic():
            _raw(StockMove(**fields, **wrong))


def _raw(row: StockMove) -> None:
    """Past the act door, as two transactions would meet in the database."""
    row.recorded_at, row.author_id, row.author_duty = clock.now(), row.id, "tests"
    with guard.suspended("two writers meet"):
        row.save_base(raw=True, force_insert=True)


def test_what_may_be_handed_out(clinic: Clinic, amal: UUID, zana: Actor) -> None:
    """CA207: no expired batch, none of another medicine, no more than prescribed, none on a stopped prescription."""
    nurse = clinic["berivan"]
    row = prescribe(by=zana, person=amal, medicine_code=FLUOXETINE, **DOSE).value
    good, old = batch_of(clinic), batch_of(clinic, number="OLD", days=0)
    with pytest.raises(BatchDoesNotFit):
        dispense(by=nurse, prescription=row.id, batch=old.id, quantity=1)
    with pytest.raises(NotExpired):
        expire_stock(by=nurse, batch=good.id)
    expire_stock(by=nurse, batch=old.id)
    with pytest.raises(NotExpired):
        expire_stock(by=nurse, batch=old.id)
    with pytest.raises(BatchDiffers):
        batch_of(clinic, number="OLD", days=40)
    dispense(by=nurse, prescription=row.id, batch=good.id, quantity=20)
    with pytest.raises(MoreThanPrescribed):
        dispense(by=nurse, prescription=row.id, batch=good.id, quantity=9)
    other = prescribe(by=zana, person=amal, medicine_code="N05AD01", **DOSE).value
    with pytest.raises(BatchDoesNotFit):
        dispense(by=nurse, prescription=other.id, batch=good.id, quantity=1)
    stop_prescription(by=zana, prescription=row.id, why="rash")
    with pytest.raises(PrescriptionEnded):
        dispense(by=nurse, prescription=row.id, batch=good.id, quantity=1)
    with pytest.raises(ReasonNeeded):
        correct_stock(by=nurse, batch=good.id, quantity=3, why="")
    correct_stock(by=nurse, batch=good.id, quantity=3, why="counted twice")
    assert StockMove.objects.filter(batch=good).order_by("-position")[0].after == 33


def test_a_stock_belongs_to_its_site(clinic: Clinic, amal: UUID, zana: Actor, sign_in: Any) -> None:
    """CA208: a stock opens to nurse, prescriber and supervisor of its site; only the first two change it."""
    clinic.hire("far", "nurse", clinic.elsewhere)
    batch = batch_of(clinic)
    for name in ("far", "chantal", "nadia", "karim", "samir"):
        with pytest.raises(Refused):
            correct_stock(by=clinic[name], batch=batch.id, quantity=1, why="why")
    pages = (f"/sites/{clinic.here.id}/medicines/", f"/batches/{batch.id}/")
    for name, status in (("berivan", 200), ("zana", 200), ("nadia", 200), ("far", 404), ("chantal", 404)):
        assert [sign_in(name).get(one).status_code for one in pages] == [status, status], name
    assert sign_in("nadia").post(pages[0], {}).status_code == 404
    assert sign_in("nadia").post(pages[1], {"do": "expire"}).status_code == 404


def test_how_it_goes_is_asked_or_not(clinic: Clinic, amal: UUID, zana: Actor) -> None:
    """CA209: no side effect and not asked are two things, and an empty check is not kept."""
    nurse = clinic["berivan"]
    with pytest.raises(NothingWritten):
        check_medicines(by=nurse, person=amal)
    check_medicines(by=nurse, person=amal, side_effects=[], adherent="yes")
    check_medicines(by=nurse, person=amal, pills_left="none")
    with medicines_read(nurse):
        newest, older = medicines.checks_of(nurse, amal)
    assert (newest.fields["side_effects"], newest.fields["pills_left"]) == (None, "none")
    assert (older.fields["side_effects"], older.fields["adherent"]) == ([], "yes")


def test_the_pages_of_medicines(clinic: Clinic, amal: UUID, zana: Actor, sign_in: Any) -> None:
    """CA210: the page shows the caution before anything is saved, keeps what was typed, and prints without a name."""
    client = sign_in("zana")
    address = f"/people/{amal}/medicines/new/"
    sent = {"medicine_code": VALPROATE, "amount": "500", "times": "2", "days": "٢٨", "quantity": "56"}
    again = client.post(address, sent)
    assert again.status_code == 422
    assert "Valproate harms an unborn child" in text(again)
    assert Prescription.objects.count() == 0
    done = client.post(address, {**sent, "reason": "seizures, nothing else helped"})
    shown = without_controls(text(client.get(done["Location"])))
    for words in ("Valproate", "500 mg, 2 times a day, for 28 days", "seizures, nothing else helped", VALPROATE):
        assert words in shown
    assert "Amal" not in shown
    nurse, batch = sign_in("berivan"), batch_of(clinic)
    assert "Nothing left" in text(nurse.get(done["Location"]))
    client.post(f"{done['Location']}stop/", {"why": "wish to have a child"})
    order = {**sent, "medicine_code": FLUOXETINE, "amount": "20", "times": "1", "quantity": "28"}
    row = client.post(address, order)["Location"]
    assert nurse.post(f"{row}hand-out/", {"batch": str(batch.id), "quantity": "29"}).status_code == 422
    assert nurse.post(f"{row}hand-out/", {"batch": str(batch.id), "quantity": "28"}).status_code == 302
    assert Dispensing.objects.get().person_id == amal
    assert nurse.post(f"/people/{amal}/medicines/check/", {"side_effects": ["no"], "adherent": "no"}).status_code == 302
    listed = text(nurse.get(f"/people/{amal}/medicines/"))
    assert "Fluoxetine" in listed
    assert "Stopped" in listed
    for name in ("karim", "tunde", "chantal"):
        assert sign_in(name).get(row).status_code == 404, name
    counted = nurse.post(f"/batches/{batch.id}/", {"do": "count", "counted": "30", "why": "one package more"})
    assert counted.status_code == 302
    assert "one package more" in text(nurse.get(f"/batches/{batch.id}/"))
    assert nurse.post(f"/batches/{batch.id}/", {"do": "expire"}).status_code == 422


def test_an_erasure_leaves_the_ledger(clinic: Clinic, amal: UUID, zana: Actor) -> None:
    """CA211: erasing a person deletes every medicine of theirs; the ledger of the stock, which names nobody, stays."""
    first = prescribe(by=zana, person=amal, medicine_code=FLUOXETINE, **DOSE).value
    newer = prescribe(by=zana, person=amal, medicine_code=FLUOXETINE, renews=first.id, **DOSE).value
    dispense(by=zana, prescription=newer.id, batch=batch_of(clinic).id, quantity=10)
    check_medicines(by=zana, person=amal, adherent="yes")
    stop_prescription(by=zana, prescription=newer.id, why="why")
    erase_person(by=ERASER, person=amal, reason="asked")
    assert [model.objects.count() for model in (Prescription, Dispensing, MedicineCheck)] == [0, 0, 0]
    assert StockMove.objects.count() == 2
