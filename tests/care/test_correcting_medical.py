"""Correcting a nurse's visit, a medicine check and a session of physiotherapy: a newer fact, both readable."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import (
    amend_body_session,
    amend_check,
    amend_visit,
    check_medicines,
    choose_activity,
    record_body_session,
    record_visit,
)
from karama.care.models import BodySession, MedicineCheck, NurseVisit
from karama.care.problems import AmendedMeanwhile, NothingChanged, NothingWritten, ReasonNeeded, SayHow
from karama.care.problems.medical import CodeUnknown
from karama.care.queries import body, medicines, missed, visits
from karama.journal import Actor, Refused
from karama.knowledge.value_sets import offered, red_flags
from karama.notices.models import Notice
from karama.people.actions import erase_person
from karama.programme.days import today_at
from karama.safety.models import Alert, AlertSource
from tests.care.conftest import Clinic
from tests.care.test_medicines import medicines_read, zana
from tests.care.test_pages import sign_in, text
from tests.people.conftest import ERASER

__all__ = ["sign_in", "zana"]
FIRST: dict[str, Any] = {"kind": "new", "seen": ["fits"], "category": "epilepsy"}


@pytest.fixture
def nurse(clinic: Clinic, zana: Actor, amal: UUID) -> Actor:
    """Berivan, the nurse who works with Amal."""
    return clinic["berivan"]


@pytest.fixture
def karim(clinic: Clinic, zana: Actor) -> Actor:
    """The physiotherapist who works with Amal."""
    return clinic["karim"]


def test_a_visit_is_corrected(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA890: a nurse's visit is corrected in a browser: it looked like epilepsy and was psychosis; both versions are
    read by whoever reads visits, with why and who; an older one leads to the newest; nobody else corrects."""
    one = record_visit(by=nurse, person=amal, **FIRST).value
    client = sign_in("berivan")
    assert f"/nurse-visits/{one.id}/" in text(client.get(f"/people/{amal}/visits/"))
    address = f"/nurse-visits/{one.id}/correct/"
    assert address in text(client.get(f"/nurse-visits/{one.id}/"))
    sent = {"kind": "new", "seen": ["fits"], "category": "psychotic", "return_in": "none", "reason": "Voices, no fit."}
    assert client.post(address, sent | {"reason": ""}).status_code == 422
    gone = client.post(address, sent)
    assert gone.status_code == 302
    for name in ("berivan", "nadia"):
        shown = text(sign_in(name).get(gone["Location"]))
        for words in ("Voices, no fit.", "Epilepsy or seizures", "Psychotic", "Before it was corrected"):
            assert words in shown, (name, words)
    assert "correct/" not in text(sign_in("nadia").get(gone["Location"]))
    assert gone["Location"] in text(client.get(f"/nurse-visits/{one.id}/"))
    for name in ("chantal", "nadia", "tunde"):
        assert sign_in(name).get(address).status_code in (302, 404), name
        with pytest.raises(Refused):
            amend_visit(by=clinic[name], nurse_visit=one.id, reason="x", **FIRST)


def test_a_corrected_visit_counts_once(clinic: Clinic, amal: UUID, nurse: Actor) -> None:
    """CA891: E1: the tally of the month, the list of visits, and who was to come again know a corrected visit once, as
    it stands now: a second "new" one that was a follow-up counts as a follow-up."""
    record_visit(by=nurse, person=amal, **FIRST)
    wrong = record_visit(by=nurse, person=amal, **(FIRST | {"category": "delirium_dementia"})).value
    amend_visit(by=nurse, nurse_visit=wrong.id, kind="follow_up", change="same", reason="Known already.")
    with medicines_read(nurse):
        found = visits.register_of(nurse, clinic.here.id, today_at(clinic.here.id))
        assert found.tally == [("epilepsy", 1, 1)]
        assert len(found.lines) == 2
        assert [one.row.kind for one in visits.visits_of(nurse, amal)] == ["follow_up", "new"]
        assert missed.missed_today(nurse) == []


def test_what_a_correction_of_a_visit_needs(clinic: Clinic, amal: UUID, nurse: Actor) -> None:
    """CA892: a reason, the newest version, a change, and what a visit of its kind needs."""
    one = record_visit(by=nurse, person=amal, return_in=28, **FIRST).value
    told: dict[str, Any] = {"by": nurse, "nurse_visit": one.id, "return_in": 28}
    with pytest.raises(ReasonNeeded):
        amend_visit(**told, **FIRST)
    with pytest.raises(NothingChanged):
        amend_visit(**told, **FIRST, certainty="provisional", reason="x")
    with pytest.raises(SayHow):
        amend_visit(**told, kind="follow_up", reason="x")
    with pytest.raises(CodeUnknown):
        amend_visit(**told, **(FIRST | {"category": "madness"}), reason="x")
    amend_visit(**told, **FIRST, certainty="confirmed", reason="x")
    with pytest.raises(AmendedMeanwhile):
        amend_visit(**told, **FIRST, certainty="suspected", reason="x")
    assert NurseVisit.objects.count() == 2


def test_a_corrected_emergency_clears_nothing(clinic: Clinic, amal: UUID, nurse: Actor) -> None:
    """CA893: an emergency that is taken back leaves its alert as it stands; one that is added is told at once."""
    one = record_visit(by=nurse, person=amal, emergency="seizure", **FIRST).value
    assert Alert.objects.count() == 1
    two = amend_visit(by=nurse, nurse_visit=one.id, emergency="none", reason="It was none.", **FIRST).value
    assert AlertSource.objects.count() == 1
    with medicines_read(nurse):
        assert two.unseal("emergency") == "none"
    amend_visit(by=nurse, nurse_visit=two.id, emergency="self_harm", reason="She told it later.", **FIRST)
    assert AlertSource.objects.count() == 2


def test_a_medicine_check_is_corrected(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA894: how somebody does with the medicines is corrected with a reason; it stands once on the page of medicines,
    both are readable, and whoever wrote it learns when somebody else corrects it."""
    one = check_medicines(by=nurse, person=amal, side_effects=[], adherent="yes").value
    for problem, told in (
        (ReasonNeeded, {"adherent": "no"}),
        (NothingWritten, {"reason": "x"}),
        (NothingChanged, {"reason": "x", "side_effects": [], "adherent": "yes"}),
    ):
        with pytest.raises(problem):
            amend_check(by=nurse, medicine_check=one.id, **told)
    client = sign_in("zana")
    assert f"/medicine-checks/{one.id}/" in text(client.get(f"/people/{amal}/medicines/"))
    sent = {"side_effects": ["no"], "adherent": "no", "reason": "Misheard."}
    gone = client.post(f"/medicine-checks/{one.id}/correct/", sent)
    assert gone.status_code == 302
    shown = text(client.get(gone["Location"]))
    assert "Misheard." in shown
    assert "Before it was corrected" in shown
    with medicines_read(nurse):
        (line,) = medicines.checks_of(nurse, amal)
    assert line.fields["adherent"] == "no"
    assert Notice.objects.get(kind="care.check_corrected").user_id == nurse.id
    assert MedicineCheck.objects.count() == 2


def test_a_session_of_physiotherapy_is_corrected(clinic: Clinic, amal: UUID, karim: Actor, sign_in: Any) -> None:
    """CA895: a session of physiotherapy is corrected in a browser from its own page, with what it said already set;
    the chart and the list know it once; both versions are readable; only who treats corrects."""
    walk = choose_activity(by=karim, person=amal, words="To walk to the market").value.id
    one = record_body_session(by=karim, person=amal, places={"back_neck": "pain"}, intensity=4, ratings={walk: 3}).value
    client = sign_in("karim")
    address = f"/body/{one.id}/correct/"
    assert address in text(client.get(f"/body/{one.id}/"))
    page = text(client.get(address))
    assert "Correct a session" in page
    sent = {"pain": ["back_neck"], "intensity": "7", f"rating_{walk}": "3", "reason": "Seven, not four."}
    gone = client.post(address, sent)
    assert gone.status_code == 302
    shown = text(client.get(gone["Location"]))
    for words in ("Seven, not four.", "Before it was corrected", "To walk to the market"):
        assert words in shown, words
    with medicines_read(karim):
        (line,) = body.body_sessions_of(karim, amal)
        assert line.fields["intensity"] == 7
        with pytest.raises(NothingChanged):
            amend_body_session(
                by=karim, body=line.row.id, places={"back_neck": "pain"}, intensity=7, ratings={walk: 3}, reason="x"
            )
    assert client.get(address)["Location"] == gone["Location"]
    for name in ("chantal", "nadia", "tunde"):
        with pytest.raises(Refused):
            amend_body_session(by=clinic[name], body=line.row.id, places={}, reason="x")


def test_a_warning_sign_taken_back_clears_nothing(clinic: Clinic, amal: UUID, karim: Actor, sign_in: Any) -> None:
    """CA896: a warning sign that is taken back leaves its alert; a new one is told, also when the rest does not fit."""
    flags = [one for one, _words in offered(red_flags())][:2]
    one = record_body_session(by=karim, person=amal, places={}, flags=flags[:1]).value
    assert AlertSource.objects.count() == 1
    two = amend_body_session(by=karim, body=one.id, places={}, flags=[], reason="None was there.").value
    assert AlertSource.objects.count() == 1
    sent = {"nowhere": "on", "flags": [flags[1]], "reason": ""}
    assert sign_in("karim").post(f"/body/{two.id}/correct/", sent).status_code == 422
    assert AlertSource.objects.count() == 2
    assert BodySession.objects.count() == 2
    late = {"nowhere": "on", "flags": flags, "reason": "It came back."}
    shown = sign_in("karim").post(f"/body/{one.id}/correct/", late)
    assert shown.status_code == 422, "somebody corrected it meanwhile: the form stands there with what was typed"
    assert "It came back." in text(shown)
    assert AlertSource.objects.count() > 2


def test_every_version_goes_with_an_erasure(clinic: Clinic, amal: UUID, nurse: Actor, karim: Actor) -> None:
    """CA897: when a person is erased, corrected visits, checks and sessions go with every version."""
    visit = record_visit(by=nurse, person=amal, **FIRST).value
    amend_visit(by=nurse, nurse_visit=visit.id, certainty="confirmed", reason="x", **FIRST)
    check = check_medicines(by=nurse, person=amal, adherent="yes").value
    amend_check(by=nurse, medicine_check=check.id, adherent="no", reason="x")
    held = record_body_session(by=karim, person=amal, places={}).value
    amend_body_session(by=karim, body=held.id, intensity=2, reason="x")
    erase_person(by=ERASER, person=amal, reason="asked")
    assert [model.objects.count() for model in (NurseVisit, MedicineCheck, BodySession)] == [0, 0, 0]
