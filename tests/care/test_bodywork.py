"""Physiotherapy, cautions, needs and disability."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import (
    agree_caution,
    choose_activity,
    end_activity,
    end_caution,
    follow_need,
    note_need,
    record_body_session,
    record_response,
    record_session,
    tell_red_flags,
)
from karama.care.models import Activity, AssistiveNeed, BodySession, Caution
from karama.care.problems.medical import CodeUnknown, EndedAlready, MapDoesNotFit, ThreeActivities
from karama.care.queries import body
from karama.journal import Absent, Actor, Refused
from karama.people.actions import erase_person
from karama.programme.actions import change_site
from karama.programme.days import today_at
from karama.safety.models import Alert, AlertSource
from tests.care.conftest import Clinic
from tests.care.test_medicines import medicines_read, zana
from tests.care.test_pages import sign_in, text
from tests.machinery.hours import early_morning
from tests.people.conftest import ERASER

__all__ = ["sign_in", "zana"]


@pytest.fixture
def karim(clinic: Clinic, zana: Actor) -> Actor:
    """The physiotherapist who works with Amal."""
    return clinic["karim"]


def test_a_session_is_kept_as_it_was_told(clinic: Clinic, amal: UUID, karim: Actor) -> None:
    """CA220: marks, ratings and flags come back as they were told; not asked and nothing there are two things."""
    one = choose_activity(by=karim, person=amal, words="Carry water").value
    two = choose_activity(by=karim, person=amal, words="Pray kneeling").value
    record_body_session(by=karim, person=amal, places={}, flags=[], ratings={one.id: 2, two.id: 4})
    record_body_session(by=karim, person=amal, places={"back_neck": "pain"}, intensity=0, ratings={one.id: 6})
    with medicines_read(karim):
        newest, first = body.body_sessions_of(karim, amal)
    assert (first.fields["places"], first.fields["flags"], first.fields["intensity"]) == ({}, [], None)
    assert (newest.fields["flags"], newest.fields["intensity"]) == (None, 0)
    assert first.function.mean == 3
    assert (newest.function.mean, newest.function.rated, newest.function.chosen) == (None, 1, 2)
    assert Alert.objects.count() == 0


def test_what_does_not_fit_is_refused(clinic: Clinic, amal: UUID, karim: Actor) -> None:
    """CA221: spread without pain, unknown exercises, activities of nobody and a fourth activity are refused."""
    with pytest.raises(MapDoesNotFit):
        record_body_session(by=karim, person=amal, places={"back_neck": "spread"})
    with pytest.raises(CodeUnknown):
        record_body_session(by=karim, person=amal, exercises=["bungee"])
    with pytest.raises(CodeUnknown):
        record_body_session(by=karim, person=amal, ratings={UUID(int=7): 3})
    rows = [choose_activity(by=karim, person=amal, words=f"thing {n}").value for n in range(3)]
    with pytest.raises(ThreeActivities):
        choose_activity(by=karim, person=amal, words="a fourth")
    end_activity(by=karim, activity=rows[0].id)
    with pytest.raises(EndedAlready):
        end_activity(by=karim, activity=rows[0].id)
    choose_activity(by=karim, person=amal, words="a fourth")
    assert BodySession.objects.count() == 0


def test_a_red_flag_reaches_a_prescriber(clinic: Clinic, amal: UUID, karim: Actor, sign_in: Any) -> None:
    """CA222: a red flag raises an alert for the medical pathway at once, also when the session does not fit."""
    client = sign_in("karim")
    wrong = client.post(f"/people/{amal}/body/new/", {"flags": ["bladder_bowel"], "spread": ["back_neck"]})
    assert wrong.status_code == 422
    assert BodySession.objects.count() == 0
    alert = Alert.objects.get()
    assert alert.person_id == amal
    sent = {
        "flags": ["no", "bladder_bowel"],
        "pain": ["back_lower_back"],
        "spread": ["back_thigh_left"],
        "intensity": "9",
    }
    done = client.post(f"/people/{amal}/body/new/", sent)
    shown = text(client.get(done["Location"]))
    assert "Stop: this person needs a doctor" in shown
    assert "New loss of control of bladder or bowel" in shown
    assert AlertSource.objects.filter(alert=alert, source="physiotherapy").count() == 2
    with medicines_read(clinic["zana"]):
        assert alert.unseal("kind") == "medical_emergency"
    assert f"/alerts/{alert.id}/" in text(sign_in("zana").get("/"))
    with pytest.raises(CodeUnknown):
        tell_red_flags(by=karim, person=amal, flags=[])


def test_a_physiotherapist_sees_cautions_and_no_notes(clinic: Clinic, amal: UUID, karim: Actor, sign_in: Any) -> None:
    """CA223: E4: the physiotherapist's pages show what to avoid; not a byte of notes, techniques or medicines."""
    record_session(
        by=clinic["chantal"], person=amal, words="Qznoteq was said", techniques=["breathing"], attended="came",
        modality="in_person", risk_asked="yes",
    )  # fmt: skip
    agree_caution(by=clinic["chantal"], person=amal, avoid="from_behind")
    client = sign_in("karim")
    addresses = [f"/people/{amal}/", *(f"/people/{amal}/{one}/" for one in ("body", "body/new", "cautions", "needs"))]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "Qznoteq" not in text(answer)
        if not address.endswith("needs/"):
            assert "Approaching or touching from behind" in text(answer), address
    for address in ("notes", "medicines", "visits", "answers"):
        assert client.get(f"/people/{amal}/{address}/").status_code == 404, address


def test_the_body_opens_to_few(clinic: Clinic, amal: UUID, karim: Actor, sign_in: Any) -> None:
    """CA224: sessions open to physiotherapist, nurse, prescriber and supervisor; nobody else writes them."""
    made = record_body_session(by=karim, person=amal, intensity=3, places={"back_neck": "pain"}).value
    for name, status in (("nadia", 200), ("zana", 200), ("berivan", 200), ("chantal", 404), ("tunde", 404)):
        assert sign_in(name).get(f"/body/{made.id}/").status_code == status, name
    for name in ("zana", "nadia", "chantal", "tunde"):
        with pytest.raises(Refused):
            record_body_session(by=clinic[name], person=amal)
        with pytest.raises(Refused):
            tell_red_flags(by=clinic[name], person=amal, flags=["bladder_bowel"])
    with medicines_read(clinic["tunde"]), pytest.raises(Absent):
        body.cautions_of(clinic["tunde"], amal)


def test_cautions_are_agreed_once_and_end(clinic: Clinic, amal: UUID, karim: Actor) -> None:
    """CA225: the same caution is agreed once, ends when the person says so, and an unknown one is none."""
    first = agree_caution(by=karim, person=amal, avoid="dark_room").value
    assert agree_caution(by=clinic["chantal"], person=amal, avoid="dark_room").value.id == first.id
    with pytest.raises(CodeUnknown):
        agree_caution(by=karim, person=amal, avoid="because_of")
    end_caution(by=clinic["nadia"], caution=first.id)
    with pytest.raises(EndedAlready):
        end_caution(by=karim, caution=first.id)
    with pytest.raises(Refused):
        end_caution(by=clinic["tunde"], caution=first.id)
    with medicines_read(karim):
        assert body.cautions_of(karim, amal) == []


def test_a_need_is_followed_until_it_is_there(clinic: Clinic, amal: UUID, karim: Actor, sign_in: Any) -> None:
    """CA226: a product is needed, asked for and delivered, in this order; who wrote it sees it on the person's page."""
    need = note_need(by=karim, person=amal, product="crutches", cause="blast").value
    client = sign_in("karim")
    assert "Crutches or stick" in text(client.get(f"/people/{amal}/"))
    assert client.post(f"/needs/{need.id}/", {"step": "asked"}).status_code == 302
    with pytest.raises(EndedAlready):
        follow_need(by=karim, need=need.id, step="asked")
    follow_need(by=karim, need=need.id, step="provided")
    with pytest.raises(EndedAlready):
        follow_need(by=karim, need=need.id, step="provided")
    assert "Assistive products not there yet" not in text(client.get(f"/people/{amal}/"))


def test_torture_as_a_cause_lies_apart(clinic: Clinic, amal: UUID, zana: Actor, karim: Actor) -> None:
    """CA227: torture as a cause is written and read only by duties that open its compartment."""
    with pytest.raises(CodeUnknown):
        note_need(by=karim, person=amal, product="orthosis", cause="torture")
    with pytest.raises(CodeUnknown):
        note_need(by=clinic["chantal"], person=amal, product="orthosis", cause="blast")
    row = note_need(by=zana, person=amal, product="orthosis", cause="torture").value
    assert row.cause is None
    for name, seen in (("zana", "torture"), ("karim", None), ("berivan", None)):
        with medicines_read(clinic[name]):
            ((_row, fields),) = body.needs_of(clinic[name], amal)
        assert fields.get("cause_torture") == seen, name


def test_disability_stands_on_the_page(clinic: Clinic, amal: UUID, karim: Actor, sign_in: Any, worded: Any) -> None:
    """CA228: the newest short set is told as a result to whoever reads answers, and not at all to others."""
    worded("wgss")
    six = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
    asked = {"by": clinic["chantal"], "person": amal, "instrument": "wgss", "language": "en", "wave": "baseline",
             "on": clinic.programme.opened_on}  # fmt: skip
    record_response(answers=dict.fromkeys(six, "none") | {"walking": "a_lot"}, **asked)
    for name in ("chantal", "nadia", "berivan"):
        assert "Yes: a lot of difficulty" in text(sign_in(name).get(f"/people/{amal}/needs/")), name
        assert "Disability, by the short set" in text(sign_in(name).get(f"/people/{amal}/")), name
    page = text(sign_in("karim").get(f"/people/{amal}/needs/"))
    assert "Disability, by the short set" not in page
    with medicines_read(clinic["nadia"]):
        result = body.disability_of(clinic["nadia"], amal)
    assert result is not None
    assert result.scored.algorithms["disability3"] == "yes"


def test_the_pages_of_the_body(clinic: Clinic, amal: UUID, karim: Actor, sign_in: Any) -> None:
    """CA229: the list of regions does everything without the script; the drawing names each region in words."""
    client = sign_in("karim")
    sent = {"words": "Carry water"}
    assert client.post(f"/people/{amal}/body/", sent).status_code == 302
    one = Activity.objects.get()
    form = text(client.get(f"/people/{amal}/body/new/"))
    assert form.count('role="button"') == 42
    assert form.count('name="pain"') == 42
    done = client.post(
        f"/people/{amal}/body/new/",
        {"pain": ["front_head"], "spread": ["front_head", "front_neck"], f"rating_{one.id}": "4", "reaction": "better",
         "flags": ["no"], "exercises": ["breathing"], "practice": "given"},
    )  # fmt: skip
    shown = text(client.get(done["Location"]))
    for words in ("Head and face, front", "Carry water", "Warning signs were asked about: none", "Breathing"):
        assert words in shown, words
    with medicines_read(karim):
        assert body.body_sessions_of(karim, amal)[0].fields["places"] == {"front_head": "pain", "front_neck": "spread"}
    assert "checked" in text(client.get(f"/people/{amal}/body/new/")).split('value="breathing"')[1][:60]
    client.post(f"/people/{amal}/cautions/", {"avoid": "dark_room"})
    caution = Caution.objects.get()
    assert client.post(f"/cautions/{caution.id}/end/").status_code == 302
    assert client.post(f"/activities/{one.id}/end/").status_code == 302
    assert client.post(f"/people/{amal}/needs/", {"product": "glasses"}).status_code == 302
    assert sign_in("tunde").post(f"/needs/{AssistiveNeed.objects.get().id}/", {"step": "asked"}).status_code == 404


def test_nothing_of_the_body_outlives_an_erasure(clinic: Clinic, amal: UUID, karim: Actor) -> None:
    """CA230: an erasure deletes sessions, activities, cautions and needs."""
    record_body_session(by=karim, person=amal, intensity=1)
    choose_activity(by=karim, person=amal, words="Carry water")
    agree_caution(by=karim, person=amal, avoid="dark_room")
    note_need(by=karim, person=amal, product="glasses")
    erase_person(by=ERASER, person=amal, reason="asked")
    assert [model.objects.count() for model in (BodySession, Activity, Caution, AssistiveNeed)] == [0] * 4


def test_what_ends_where_it_is_still_yesterday(clinic: Clinic, amal: UUID, karim: Actor) -> None:
    """CA950: what was agreed after midnight ends at once, also when her site is put where it is yesterday."""
    here = clinic.here
    with early_morning(here.id, clinic["samir"]):
        caution = agree_caution(by=karim, person=amal, avoid="dark_room").value
        activity = choose_activity(by=karim, person=amal, words="Walking to the well").value
        change_site(by=clinic["samir"], site=here.id, name=here.name, time_zone="America/Bogota", p_code=here.p_code)
        assert today_at(here.id) < caution.agreed_on
        assert end_caution(by=karim, caution=caution.id).value.ended_on == caution.agreed_on
        assert end_activity(by=karim, activity=activity.id).value.ended_on == activity.chosen_on
