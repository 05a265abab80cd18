"""A visit to the nurse that says "referred" leads to a referral, and back; and what became of her referrals."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions import end_duty, give_duty
from karama.accounts.models import Posting
from karama.care.actions import amend_visit, hand_over_caseload, open_episode, record_visit, settle_next_step
from karama.care.models import NextStep, NurseVisit
from karama.care.openwork import open_work, said_in
from karama.care.queries import steps_to_do, visits
from karama.journal import Actor
from karama.people.actions import assign, end_assignment
from karama.programme.days import today_at
from karama.referrals.actions import record_step
from karama.referrals.models import Referral
from tests.care.test_pages import sign_in, text
from tests.referrals.conftest import Clinic, as_reader, prepared, sent, service

__all__ = ["sign_in"]
FIRST: dict[str, Any] = {"kind": "new", "seen": ["fits"], "category": "emotional_disorder", "done": ["referred"]}


@pytest.fixture
def nurse(clinic: Clinic, amal: UUID) -> Actor:
    """Berivan, the nurse who works with Amal."""
    found = clinic.actors.get("berivan") or clinic.hire("berivan", "nurse", site=clinic.here)
    assign(by=clinic["nadia"], person=amal, user=found.id)
    return found


def left(nurse: Actor) -> list[tuple[str, UUID | None]]:
    """What her visits left to do."""
    with as_reader(nurse):
        return [(one.step, one.visit) for one in steps_to_do(nurse)]


def test_a_visit_leads_to_its_referral_and_back(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """RF195: J2: "referred" leads to the visit, where the referral is prepared with the kind of service and how soon
    filled in; its slip leads back to the visit; no address says what it is about; until then it is on her Today."""
    service(clinic, sector="mental_health", provider="Listening house")
    service(clinic, sector="legal", provider="Lawyers")
    client = sign_in("berivan")
    client.post(f"/people/{amal}/visits/new/", {"emergency": "self_harm"})
    told = {"seen": ["very_sad"], "category": "self_harm", "certainty": "suspected", "done": ["referred"]}
    gone = client.post(f"/people/{amal}/visits/form/", told | {"return_in": "7"})["Location"]
    visit = NurseVisit.objects.get().id
    assert gone == f"/nurse-visits/{visit}/"
    assert "your visit is not finished" in text(client.get("/"))
    assert left(nurse) == [("refer", visit)]
    address = f"/referrals/person/{amal}/new/?visit={visit}"
    assert address in text(client.get(gone))
    page = text(client.get(address))
    assert "Listening house" in page
    assert "Lawyers" not in page, "another kind of help"
    assert re.search(r'value="now"[^>]*checked', page), "an emergency is now"
    place = re.findall(r'name="service"[^>]*value="([^"]+)"', page)[0]
    way = {"service": place, "urgency": "now", "reason": "To be safe.", "visit": str(visit)}
    preview = client.post(f"/referrals/person/{amal}/new/", way)["Location"]
    assert preview == f"/referrals/{Referral.objects.get().id}/send/?visit={visit}"
    shown = text(client.get(preview))
    assert gone in shown
    slip = text(client.post(preview, {"way": "slip", "visit": str(visit)}))
    assert gone in slip, "from the slip back to the visit"
    assert left(nurse) == []
    assert "not finished" not in text(client.get("/"))


def test_without_a_referral_nothing_is_lost(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """RF196: a visit that says "referred" without a referral stays on its nurse's Today, and on nobody else's, until it
    is prepared, settled by her, or corrected; said again it stands once; telephones leave it as well."""
    visit = record_visit(by=nurse, person=amal, **FIRST).value
    again = record_visit(by=nurse, person=amal, kind="follow_up", change="same", done=["referred"]).value
    assert left(nurse) == [("refer", again.id)]
    for name in ("chantal", "nadia"):
        with as_reader(clinic[name]):
            assert steps_to_do(clinic[name]) == []
    amend_visit(by=nurse, nurse_visit=again.id, kind="follow_up", change="same", reason="Not referred.")
    assert left(nurse) == []
    told = {**FIRST, "nurse_visit": visit.id, "reason": "Two things.", "certainty": "confirmed"}
    newer = amend_visit(by=nurse, **told).value
    assert NextStep.objects.get(ended="again").visit_id == newer.id, "the same line goes on with the newer version"
    third = record_visit(by=nurse, person=amal, **FIRST).value
    page = text(sign_in("berivan").get(f"/nurse-visits/{third.id}/"))
    assert "This is still to do" in page
    settle_next_step(by=nurse, left_step=NextStep.objects.get(ended="").id, how="settled")
    assert left(nurse) == []


def test_a_strange_visit_fills_nothing_in(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """RF197: a visit of somebody else, or that the reader may not open, fills in nothing and leads nowhere."""
    service(clinic, sector="legal", provider="Lawyers")
    other = clinic.register(first="Rezan")
    assign(by=clinic["nadia"], person=other, user=nurse.id)
    visit = record_visit(by=nurse, person=other, **FIRST).value.id
    for name, wanted in (("berivan", visit), ("berivan", "x"), ("chantal", visit), ("berivan", UUID(int=7))):
        page = text(sign_in(name).get(f"/referrals/person/{amal}/new/?visit={wanted}"))
        assert "/nurse-visits/" not in page
        assert "Lawyers" in page


def test_of_fourteen_nine_came(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """RF198: J2: on her own page of the month a nurse reads how many people she identified and how many came to her
    referral: each once, unknown told as unknown, a colleague's referrals not counted; nobody else reads it."""
    place, today = service(clinic, sector="medical"), today_at(clinic.here.id)
    people = [amal, *(clinic.register(first=name) for name in ("Rezan", "Dilan"))]
    for person in people[1:]:
        assign(by=clinic["nadia"], person=person, user=nurse.id)
    for person in (*people, amal):
        record_visit(by=nurse, person=person, **FIRST)
    for person in people[:2]:
        referral = prepared(clinic, person, place, by="berivan")
        sent(clinic, referral, by="berivan", way="slip")
        if person == amal:
            record_step(by=nurse, referral=referral, state="arrived", source="person")
    sent(clinic, prepared(clinic, people[2], place), way="slip")
    with as_reader(nurse):
        mine = visits.identified_by(nurse, clinic.here.id, today)
        assert mine == visits.Mine(identified=3, referred=2, came=1, unknown=1)
        empty = visits.identified_by(nurse, clinic.here.id, today - timedelta(days=70))
        assert empty == visits.Mine(0, 0, 0, 0)
    with as_reader(clinic["nadia"]):
        assert visits.identified_by(clinic["nadia"], clinic.here.id, today) is None
    address = f"/sites/{clinic.here.id}/visits/"
    page = " ".join(text(sign_in("berivan").get(address)).split())
    for words in ("You identified 3 people this month.", "You referred 2 of them.", "1 came", "Of 1 nobody knows yet."):
        assert words in page
    assert "You identified" not in text(sign_in("nadia").get(address))


def test_what_a_visit_left_stands_where_others_look(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """RF199: what a visit left to do is open work of its person, whose address tells nobody where it was said: it leads
    to the visit, or for whoever opens no visits to what is to do."""
    visit = record_visit(by=nurse, person=amal, **FIRST).value.id
    (told,) = [one for one in open_work(amal) if one.kind == "task"]
    assert str(visit) not in told.url
    episode = open_episode(by=clinic["chantal"], person=amal, state="active").record
    for address in (f"/episodes/{episode}/close/", f"/people/{amal}/transfer/"):
        assert "nurse-visits" not in text(sign_in("chantal").get(address))
    for name in ("berivan", "nadia"):
        assert sign_in(name).get(told.url)["Location"] == said_in(None, visit)
    shown = text(sign_in("chantal").get(told.url))
    assert "This is still to do" in shown
    assert "visit" not in shown.split("<main")[1].split("</main>")[0].lower()
    assert "Done, or not needed" not in shown, "it is the nurse's"


def test_it_goes_on_with_who_opens_visits(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """RF220: when the nurse goes, what her visit left goes on with a colleague who opens visits, who does not read that
    the visit is hers; where there is none it stays, and the supervisor has it: nothing of it reaches anybody else."""
    nadia, visit = clinic["nadia"], record_visit(by=nurse, person=amal, **FIRST).value.id
    end_assignment(by=nadia, person=amal, user=nurse.id)
    assert NextStep.objects.get(ended="").user_id == nurse.id
    assert "Refer this person" not in text(sign_in("chantal").get("/"))
    assert f"/nurse-visits/{visit}/" in text(sign_in("nadia").get("/supervision/"))
    mona = clinic.hire("mona", "psychologist", site=clinic.here)
    assign(by=nadia, person=amal, user=mona.id)
    assert NextStep.objects.get(ended="").user_id == mona.id
    today = text(sign_in("mona").get("/"))
    assert "Refer this person" in today
    assert "your visit" not in today
    assert f"/nurse-visits/{visit}/" in today


def test_a_caseload_takes_no_visit_along(clinic: Clinic, amal: UUID, nurse: Actor) -> None:
    """RF221: a whole caseload that is handed to somebody who opens no visits leaves what they left to do behind: it
    stands with the supervisor; handed to another nurse it goes along."""
    record_visit(by=nurse, person=amal, **FIRST)
    rosa, rana = (clinic.hire(*one, site=clinic.here) for one in (("rosa", "community_agent"), ("rana", "nurse")))
    hand_over_caseload(by=clinic["nadia"], user=nurse.id, receivers={amal: rosa.id})
    assert NextStep.objects.get(ended="").user_id == nurse.id
    assign(by=clinic["nadia"], person=amal, user=nurse.id)
    hand_over_caseload(by=clinic["nadia"], user=nurse.id, receivers={amal: rana.id})
    assert NextStep.objects.get(ended="").user_id == rana.id


def test_whoever_opens_no_visits_any_more_settles_it(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """RF222: what a visit left to somebody who opens no visits now stands on her Today without a word of the visit, and
    leads to where she settles it; she is led nowhere that does not open."""
    visit = record_visit(by=nurse, person=amal, **FIRST).value.id
    posting = Posting.objects.get(user_id=nurse.id, duty="nurse")
    give_duty(
        by=clinic["samir"],
        user=nurse.id,
        duty="community_agent",
        work_alias="Berivan",
        site=clinic.here.id,
        programme=clinic.programme.id,
    )
    end_duty(by=clinic["samir"], posting=posting.id)
    held, client = NextStep.objects.get(ended=""), sign_in("berivan")
    assert held.user_id == nurse.id
    today = text(client.get("/"))
    assert "Refer this person" in today
    assert "visit is not finished" not in today
    assert f"/steps/{held.id}/" in today
    shown = text(client.get(f"/steps/{held.id}/"))
    assert "Done, or not needed" in shown
    assert str(visit) not in shown
    gone = client.post(f"/sessions/steps/{held.id}/", {"how": "settled"})["Location"]
    assert client.get(gone).status_code == 200
    assert NextStep.objects.get(pk=held.id).ended == "settled"
