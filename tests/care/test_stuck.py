"""Whoever is stuck is looked at, asked about or taken over; nothing that is open is hidden by it (J7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care import queries
from karama.care.actions import open_episode, record_session, review_stuck
from karama.care.models import Episode, StuckReview
from karama.care.problems import MovesAgain, NobodyToAsk, ReasonNeeded
from karama.journal import Refused, clock, reading
from karama.notices.models import Notice
from karama.people.actions import assign, end_assignment, hide_from
from karama.people.models import Assignment, Person
from karama.programme.days import today_at
from karama.safety.actions import raise_worry
from karama.safety.queries import open_alerts
from tests.care.conftest import Clinic, all_answers
from tests.care.test_pages import sign_in, text
from tests.care.test_recording import record

__all__ = ["sign_in"]

SILENT_FOR = timedelta(days=200)


@pytest.fixture
def episode(clinic: Clinic, amal: UUID) -> UUID:
    """Amal's episode, active, led by Chantal, in which nobody has met her for half a year."""
    today = today_at(clinic.here.id)
    found = open_episode(by=clinic["chantal"], person=amal, state="active", on=today - SILENT_FOR).record
    return UUID(str(found))


def why(clinic: Clinic, name: str = "nadia") -> list[str]:
    """Why somebody does not move, on the supervisor's page."""
    with reading(by=clinic[name], purpose="supervision", route="tests"):
        return [one.why for one in queries.supervision(clinic[name]).stuck]


def looked(clinic: Clinic) -> list[UUID]:
    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        return [one.episode for one in queries.supervision(clinic["nadia"]).looked]


def test_looked_at_in_two_taps(clinic: Clinic, amal: UUID, episode: UUID, sign_in: Any) -> None:
    """CA843: from the supervisor's page one tap opens everything about somebody who is stuck, one more says that it is
    as it should be; the line is gone, and is told with its day below (J7: at most five)."""
    client, address = sign_in("nadia"), f"/supervision/stuck/{episode}/"
    assert address in text(client.get("/supervision/"))
    shown = text(client.get(address))
    for said in ("No contact for long", "Chantal", "None is booked", "Last contact", 'value="4"'):
        assert said in shown
    done = client.post(address, {"decision": "ok", "weeks": "4", "words": ""})
    assert done["Location"] == "/supervision/"
    page = text(client.get("/supervision/"))
    assert "1 person looked at" in page
    assert f'action="{address}back/"' in page
    assert (why(clinic), looked(clinic)) == ([], [episode])
    row = StuckReview.objects.get()
    assert row.again_on == today_at(clinic.here.id) + timedelta(weeks=4)
    client.post(f"{address}back/")
    assert (why(clinic), looked(clinic)) == (["silent"], [])


@pytest.mark.parametrize("weeks", [2, 4, 8])
def test_it_comes_back_on_its_day(clinic: Clinic, episode: UUID, weeks: int) -> None:
    """CA844: the line comes back by itself on the day to look again, not before."""
    review_stuck(by=clinic["nadia"], episode=episode, decision="ok", weeks=weeks)
    with time_machine.travel(clock.now() + timedelta(weeks=weeks, days=-1), tick=False):
        assert why(clinic) == []
    with time_machine.travel(clock.now() + timedelta(weeks=weeks), tick=False):
        assert why(clinic) == ["silent"]


def test_a_new_reason_and_a_worse_one(clinic: Clinic, phq9: UUID, episode: UUID, worded: Any) -> None:
    """CA845: a new reason brings everything back; looked at again, the same stays away, and a harder total, not a
    better one, brings it back."""
    worded("gad7")
    nadia, today = clinic["nadia"], today_at(clinic.here.id)
    seven = {f"q{number}": "not_at_all" for number in range(1, 8)}

    def ask(level: str, days: int) -> None:
        told: dict[str, Any] = {"episode": episode, "on": today - timedelta(days=days)}
        record(clinic, phq9, answers=all_answers(level, q9="not_at_all"), **told)
        record(clinic, phq9, instrument="gad7", answers=dict.fromkeys(seven, level), **told)

    review_stuck(by=nadia, episode=episode, decision="ok", weeks=8)
    assert why(clinic) == []
    ask("not_at_all", 190)
    ask("more_than_half", 80)
    assert why(clinic) == ["worse", "silent"]
    review_stuck(by=nadia, episode=episode, decision="ok", weeks=8)
    assert why(clinic) == []
    ask("more_than_half", 75)
    assert why(clinic) == ["worse", "silent"]  # met since, and silent again: another stretch
    review_stuck(by=nadia, episode=episode, decision="ok", weeks=8)
    ask("nearly_every_day", 0)
    assert why(clinic) == ["worse"]
    review_stuck(by=nadia, episode=episode, decision="ok", weeks=8)
    assert why(clinic) == []


def test_nothing_open_is_hidden(clinic: Clinic, amal: UUID, episode: UUID, sign_in: Any) -> None:
    """CA846: an open alert stays where it was after a look; that nobody leads is never looked away, nor that nobody
    stays in touch; whoever moves again is not looked at."""
    nadia = clinic["nadia"]
    raise_worry(by=clinic["diego"], person=amal, kind="suicide")
    with reading(by=nadia, purpose="safety", route="tests"):
        before = [one.id for one in open_alerts(nadia)]
    review_stuck(by=nadia, episode=episode, decision="ok", weeks=8)
    with reading(by=nadia, purpose="safety", route="tests"):
        assert [one.id for one in open_alerts(nadia)] == before != []
    assert f"/alerts/{before[0]}/" in text(sign_in("nadia").get("/supervision/"))
    hide_from(by=nadia, person=amal, user=clinic["chantal"].id, reason="asked for it")
    assert why(clinic) == ["no_lead", "silent"]
    review_stuck(by=nadia, episode=episode, decision="ok")
    assert why(clinic) == ["no_lead"]
    record_session(
        by=clinic["nadia"], person=amal, attended="came", modality="phone", risk_asked="yes", interpreted=False,
    )  # fmt: skip
    with pytest.raises(MovesAgain):
        review_stuck(by=nadia, episode=episode, decision="ok")


def test_who_leads_looks_for_herself_only(clinic: Clinic, amal: UUID, episode: UUID) -> None:
    """CA847: a supervisor who leads somebody takes the line off no other supervisor's list."""
    nadia = clinic["nadia"]
    assign(by=nadia, person=amal, user=nadia.id, role="lead")
    review_stuck(by=nadia, episode=episode, decision="take_over")
    review_stuck(by=nadia, episode=episode, decision="ok")
    assert why(clinic) == []
    other = clinic.hire("mona", "supervisor", clinic.here)
    with reading(by=other, purpose="supervision", route="tests"):
        assert [one.why for one in queries.supervision(other).stuck] == ["silent"]


def test_taking_over_leaves_nobody_alone(clinic: Clinic, amal: UUID, episode: UUID, sign_in: Any) -> None:
    """CA848: taken over, the supervisor leads, the colleague before stays with the person and is told without a word
    about anybody; whether she is involved is asked and kept."""
    client, address = sign_in("nadia"), f"/supervision/stuck/{episode}/"
    assert "Are you a relative" in text(client.get(address))
    client.post(address, {"decision": "take_over", "weeks": "4", "conflict": "none"})
    assert Episode.objects.get(pk=episode).lead_id == clinic["nadia"].id
    works = {one.user_id: one for one in Assignment.objects.filter(person_id=amal, until__isnull=True)}
    assert works[clinic["nadia"].id].role == "lead"
    assert works[clinic["nadia"].id].conflict == "denied"
    assert works[clinic["chantal"].id].role == "member"
    assert Notice.objects.filter(user_id=clinic["chantal"].id, kind="care.taken_over", place=amal).exists()
    told = text(sign_in("chantal").get("/notices/"))
    assert "leads somebody" in told
    assert Person.objects.get(pk=amal).code not in told


def test_what_is_refused(clinic: Clinic, amal: UUID, episode: UUID, sign_in: Any) -> None:
    """CA849: nobody but a supervisor of the site looks; asking needs words and somebody who may open the record; with
    a mistake in it nothing is lost; a closed episode and one that never was looked at answer plainly."""
    nadia = clinic["nadia"]
    for name in ("chantal", "diego", "tunde"):
        with pytest.raises(Refused):
            review_stuck(by=clinic[name], episode=episode, decision="ok")
    for name, code in (("chantal", 403), ("tunde", 404)):
        assert sign_in(name).get(f"/supervision/stuck/{episode}/").status_code in (403, 404), code
    with pytest.raises(MovesAgain):
        review_stuck(by=nadia, episode=episode, decision="back")
    with pytest.raises(ReasonNeeded):
        review_stuck(by=nadia, episode=episode, decision="ask")
    kept = sign_in("nadia").post(f"/supervision/stuck/{episode}/", {"decision": "odd", "weeks": "4", "words": "Kept"})
    assert kept.status_code == 422
    assert "Kept" in text(kept)
    end_assignment(by=nadia, person=amal, user=clinic["chantal"].id)
    with pytest.raises(NobodyToAsk):
        review_stuck(by=nadia, episode=episode, decision="ask", words="How is she?")
    assert not StuckReview.objects.exists()
    shown = text(sign_in("nadia").get(f"/supervision/stuck/{episode}/"))
    assert "cannot open the record now" in shown
    assert 'value="ask"' not in shown
