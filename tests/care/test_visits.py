"""The nurse's visit: an emergency first, drafts that count nowhere, a register that equals its lines."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import keep_visit_draft, record_visit, tell_emergency
from karama.care.models import MedicineCheck, NurseVisit, VisitDraft
from karama.care.problems import SayHow
from karama.care.problems.medical import CodeUnknown
from karama.care.queries import missed, visits
from karama.journal import Absent, Actor, Refused
from karama.knowledge.languages import LANGUAGES
from karama.knowledge.value_sets import coded
from karama.people.actions import assign, erase_person
from karama.programme.days import today_at
from karama.safety.actions import close_alert, record_first_contact, take_alert
from karama.safety.models import Alert, AlertSource
from tests.care.conftest import Clinic
from tests.care.test_medicines import medicines_read, zana
from tests.care.test_pages import sign_in, text
from tests.people.conftest import ERASER

__all__ = ["sign_in", "zana"]
FIRST: dict[str, Any] = {"kind": "new", "seen": ["fits"], "category": "epilepsy"}


@pytest.fixture
def nurse(clinic: Clinic, zana: Actor) -> Actor:
    """Berivan, the nurse who works with Amal."""
    return clinic["berivan"]


def test_an_emergency_is_told_before_anything_else(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA240: one tap tells an emergency; the visit itself tells it no second time, and tells one nobody told."""
    client = sign_in("berivan")
    gone = client.post(f"/people/{amal}/visits/new/", {"emergency": "self_harm"})
    assert gone["Location"] == f"/people/{amal}/visits/form/", "what it is never stands in an address"
    client.post(f"/people/{amal}/visits/draft/", {"seen": ["hurt_themselves"]})
    alert = Alert.objects.get()
    with medicines_read(clinic["nadia"]):
        assert alert.unseal("kind") == "suicide"
    shown = text(client.get(gone["Location"]))
    assert "Stay with the person" in shown
    assert NurseVisit.objects.count() == 0
    sent = {"seen": ["hurt_themselves"], "category": "self_harm", "certainty": "suspected", "return_in": "7"}
    assert client.post(gone["Location"], sent).status_code == 302
    assert AlertSource.objects.count() == 1
    record_visit(by=nurse, person=amal, emergency="seizure", **FIRST)
    assert Alert.objects.count() == 2
    calm = client.post(f"/people/{amal}/visits/new/", {"emergency": "none"})["Location"]
    assert "The rest of this visit can wait" not in text(client.get(calm))
    assert Alert.objects.count() == 2


def test_an_emergency_again_is_told_again(clinic: Clinic, amal: UUID, nurse: Actor) -> None:
    """CA246: an emergency of the same kind hours later is told again when the first one was dealt with."""
    alert = tell_emergency(by=nurse, person=amal, emergency="seizure").value.alert_id
    record_visit(by=nurse, person=amal, emergency="seizure", **FIRST)
    assert AlertSource.objects.count() == 1
    take_alert(by=clinic["nadia"], alert=alert)
    record_first_contact(by=clinic["nadia"], alert=alert, note="With her")
    close_alert(by=clinic["nadia"], alert=alert, outcome="brought_to_service", note="In hospital")
    record_visit(by=nurse, person=amal, emergency="withdrawal", **FIRST)
    assert AlertSource.objects.count() == 2


def test_what_is_missing_is_said(clinic: Clinic, amal: UUID, nurse: Actor) -> None:
    """CA241: a first visit needs what was seen and a category, a follow-up how it goes; unknown codes are refused."""
    for wrong in ({"kind": "new", "category": "epilepsy"}, {"kind": "new", "seen": ["fits"]}, {"kind": "follow_up"}):
        with pytest.raises(SayHow):
            record_visit(by=nurse, person=amal, **wrong)
    with pytest.raises(CodeUnknown):
        record_visit(by=nurse, person=amal, **FIRST | {"seen": ["demons"]})
    with pytest.raises(CodeUnknown):
        record_visit(by=nurse, person=amal, **FIRST | {"category": "madness"})
    for name in ("chantal", "nadia", "karim", "tunde"):
        with pytest.raises(Refused):
            record_visit(by=clinic[name], person=amal, **FIRST)
        with pytest.raises(Refused):
            tell_emergency(by=clinic[name], person=amal, emergency="seizure")
    assert NurseVisit.objects.count() == 0


def test_a_draft_is_kept_and_counts_nowhere(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA242: what was tapped comes back to its nurse alone, counts nowhere, and ends with the visit."""
    client = sign_in("berivan")
    sent = {"seen": ["fits", "forgets"], "category": "epilepsy"}
    assert client.post(f"/people/{amal}/visits/draft/", sent).json() == {"kept": True}
    with medicines_read(nurse):
        assert visits.draft_visit(nurse, amal) == {"seen": ["fits", "forgets"], "category": ["epilepsy"]}
        assert visits.visits_of(nurse, amal) == []
        assert visits.register_of(nurse, clinic.here.id, today_at(clinic.here.id)).lines == []
    with medicines_read(clinic["zana"]):
        assert visits.draft_visit(clinic["zana"], amal) == {}
    boxes = re.findall(r"<input[^>]*>", text(client.get(f"/people/{amal}/visits/form/")))
    assert [one for one in boxes if 'value="forgets"' in one and "checked" in one]
    record_visit(by=nurse, person=amal, **FIRST)
    assert VisitDraft.objects.count() == 0
    keep_visit_draft(by=nurse, person=amal, chosen={"seen": ["fits"]})
    keep_visit_draft(by=nurse, person=amal, chosen={"seen": []})
    assert VisitDraft.objects.count() == 0


def test_a_follow_up_in_four_answers(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA243: a follow-up keeps the change, side effects, what is left and the next day."""
    client = sign_in("berivan")
    record_visit(by=nurse, person=amal, **FIRST)
    sent = {"change_step": "much_better", "side_effects": ["no"], "pills_left": "days", "return_in": "14"}
    assert client.post(f"/people/{amal}/visits/follow-up/", sent).status_code == 302
    row = NurseVisit.objects.get(kind="follow_up")
    assert row.return_on == today_at(clinic.here.id) + timedelta(days=14)
    with medicines_read(nurse):
        assert MedicineCheck.objects.get().unseal("side_effects") == []
        assert visits.visits_of(nurse, amal)[0].fields["change"] == "better"
    assert "Much better" in text(client.get(f"/people/{amal}/visits/"))


def test_the_tally_equals_the_lines(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA244: E1: the tally of a month is the count of its lines, follow-ups under the category of the first visit."""
    record_visit(by=nurse, person=amal, **FIRST)
    record_visit(by=nurse, person=amal, kind="follow_up", change="same")
    record_visit(by=nurse, person=amal, kind="follow_up", change="worse")
    other = clinic.register(first="Rezan")
    assign(by=clinic["nadia"], person=other, user=nurse.id)
    record_visit(by=nurse, person=other, kind="new", seen=["very_sad"], category="emotional_disorder")
    today = today_at(clinic.here.id)
    with medicines_read(nurse):
        found = visits.register_of(nurse, clinic.here.id, today)
    assert found.tally == [("emotional_disorder", 1, 0), ("epilepsy", 1, 2)]
    assert sum(new + more for _code, new, more in found.tally) == len(found.lines) == 4
    assert sorted(category for _one, category in found.lines) == ["emotional_disorder", *["epilepsy"] * 3]
    with medicines_read(clinic["zana"]):
        assert len(visits.register_of(clinic["zana"], clinic.here.id, today).lines) == 3
        with pytest.raises(Absent):
            visits.register_of(clinic["zana"], clinic.elsewhere.id, today)
    page = text(sign_in("berivan").get(f"/sites/{clinic.here.id}/visits/?month={today:%Y-%m}"))
    assert "Epilepsy or seizures" in page
    assert "No visits in this month" in text(sign_in("berivan").get(f"/sites/{clinic.here.id}/visits/?month=2001-01"))


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "1-1", "2026-13", ""])
def test_a_month_that_is_none(clinic: Clinic, nurse: Actor, sign_in: Any, month: str) -> None:
    """CA951: whatever month stands in the address of the register, the answer is a page."""
    assert sign_in("berivan").get(f"/sites/{clinic.here.id}/visits/?month={month}").status_code == 200


def test_who_did_not_come_stands_on_today(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA245: who was to come before today and did not stands on the nurse's Today, until the person comes."""
    past = today_at(clinic.here.id) - timedelta(days=20)
    record_visit(by=nurse, person=amal, on=past, return_in=7, **FIRST)
    with medicines_read(nurse):
        assert [one[0] for one in missed.missed_today(nurse)] == [amal]
    assert "Was to come again to the nurse" in text(sign_in("berivan").get("/"))
    record_visit(by=nurse, person=amal, kind="follow_up", change="same", return_in=7)
    with medicines_read(nurse):
        assert missed.missed_today(nurse) == []
    erase_person(by=ERASER, person=amal, reason="asked")
    assert NurseVisit.objects.count() == 0


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_nurse_chooses_in_her_own_language(
    clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any, language: str
) -> None:
    """CA258: what a nurse taps on a visit, what she saw and what she suspects, stands in the language of her page, and
    no English among it."""
    client = sign_in("berivan")
    client.post(f"/people/{amal}/visits/new/", {"emergency": "none"})
    client.post("/language/", {"language": language, "next": "/"})
    shown = unescape(text(client.get(f"/people/{amal}/visits/form/")))
    for one in (*coded("presentations"), *coded("mns")):
        assert one.names[language] in shown, one.code
        assert one.names["en"] not in shown, one.code
