"""Meetings: the list makes itself, people are discussed by code, what was decided has an owner and a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care import queries
from karama.care.actions import (
    decide_in_meeting,
    finish_decision,
    hold_meeting,
    open_episode,
    record_death,
    wish_discussion,
)
from karama.care.header import today
from karama.care.models import Discussed
from karama.care.problems import DecidedAlready, DoesNotBelong, NobodyMet, NoSuchColleague, OwnerAndDay
from karama.journal import Absent, Refused, clock
from karama.people.actions import hide_from
from karama.people.registries import work_open_for
from karama.programme.days import today_at
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in"]


@pytest.fixture
def episode(clinic: Clinic, amal: UUID) -> UUID:
    """Amal's episode, active."""
    found = open_episode(by=clinic["chantal"], person=amal, state="active").record
    assert found is not None
    return found


@pytest.fixture
def conference(clinic: Clinic) -> UUID:
    """A case conference of Nadia and Chantal, today."""
    held = hold_meeting(by=clinic["nadia"], site=clinic.here.id, kind="conference", attended=[clinic["chantal"].id])
    return UUID(str(held.record))


def codes(points: list[queries.Point]) -> list[tuple[str, ...]]:
    return [one.why for one in points]


def test_the_intake_list_makes_itself(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA310: who is new or waits stands on the list of the intake meeting, the longest wait first, until decided."""
    by, nadia = clinic["chantal"], clinic["nadia"]
    with time_machine.travel(clock.now() - timedelta(days=20), tick=False):
        waits = open_episode(by=by, person=amal, state="waiting").record
    other = clinic.register(first="Noor", last="Salem")
    new = open_episode(by=by, person=other, state="screening").record
    with reading_as(nadia):
        points = queries.agenda(nadia, clinic.here.id, "intake", [])
    assert [(one.episode, one.why) for one in points] == [(waits, ("waiting",)), (new, ("new",))]
    held = hold_meeting(by=nadia, site=clinic.here.id, kind="intake", attended=[by.id]).value.id
    decide_in_meeting(
        by=nadia, episode=new, meeting=held, decision="accept", owner=by.id, due_on=today_at(clinic.here.id)
    )
    with reading_as(nadia):
        found = queries.meeting_page(nadia, held)
    assert [one.episode for one in found.points] == [waits]
    assert [(one.episode, one.decision) for one in found.decided] == [(new, "accept")]
    assert len(found.attended) == 2


def test_a_colleague_asks_for_a_conference(clinic: Clinic, episode: UUID, conference: UUID, reading_as: Any) -> None:
    """CA311: whoever somebody wants to speak about is first, with the reason, until the next decision about her."""
    nadia = clinic["nadia"]
    wish_discussion(by=clinic["chantal"], episode=episode, why="She does not sleep")
    with reading_as(nadia):
        (point,) = queries.meeting_page(nadia, conference).points
    assert ("wished" in point.why, point.words) == (True, "She does not sleep")
    decide_in_meeting(by=nadia, episode=episode, meeting=conference, decision="go_on")
    again = hold_meeting(by=nadia, site=clinic.here.id, kind="conference", attended=[clinic["chantal"].id]).value.id
    with reading_as(nadia):
        assert all("wished" not in one.why for one in queries.meeting_page(nadia, again).points)


def test_a_decision_has_an_owner_and_a_day(clinic: Clinic, amal: UUID, episode: UUID, conference: UUID) -> None:
    """CA312: it stands on the owner's Today page until it is done, then on nobody's; it is open work."""
    nadia, chantal = clinic["nadia"], clinic["chantal"]
    told: dict[str, Any] = {"by": nadia, "episode": episode, "meeting": conference, "decision": "call"}
    until = today_at(clinic.here.id) + timedelta(days=3)
    with pytest.raises(OwnerAndDay):
        decide_in_meeting(**told, owner=chantal.id)
    made = decide_in_meeting(**told, owner=chantal.id, due_on=until).value
    with pytest.raises(DecidedAlready):
        decide_in_meeting(**told)
    assert [one[0] for one in queries.decisions_to_do(chantal)] == [made.id]
    assert queries.decisions_to_do(nadia) == []
    with time_machine.travel(clock.now() + timedelta(days=5)):
        assert [one[0] for one in queries.decisions_to_do(nadia)] == [made.id], (
            "overdue: the supervisor sees it as well"
        )
        assert [one.grade for one in today(by=chantal) if one.url.startswith("/decisions/")] == ["today"]
    assert "Something a meeting decided" in {str(one.label) for one in work_open_for(amal)}
    finish_decision(by=chantal, discussed=made.id, words="Reached her")
    with pytest.raises(DecidedAlready):
        finish_decision(by=chantal, discussed=made.id)
    assert queries.decisions_to_do(chantal) == []


def test_who_may_own_and_decide(clinic: Clinic, amal: UUID, episode: UUID, conference: UUID) -> None:
    """CA313: no colleague of another site, nobody she is not shown to; no foreign meeting; nobody without her."""
    nadia = clinic["nadia"]
    day = today_at(clinic.here.id)
    told: dict[str, Any] = {"by": nadia, "episode": episode, "meeting": conference, "decision": "call", "due_on": day}
    with pytest.raises(NoSuchColleague):
        decide_in_meeting(**told, owner=clinic["samir"].id)
    hide_from(by=nadia, person=amal, user=clinic["diego"].id, reason="Cousin of the perpetrator")
    with pytest.raises(NoSuchColleague):
        decide_in_meeting(**told, owner=clinic["diego"].id)
    with pytest.raises((Absent, Refused)):
        decide_in_meeting(**(told | {"by": clinic["diego"]}), owner=nadia.id)
    with pytest.raises(NobodyMet):
        hold_meeting(by=nadia, site=clinic.here.id, kind="intake", attended=[])
    with pytest.raises(Refused):
        hold_meeting(by=nadia, site=clinic.elsewhere.id, kind="intake", attended=[clinic["chantal"].id])
    foreign = clinic.hire("elif", "supervisor", clinic.elsewhere)
    there = hold_meeting(by=foreign, site=clinic.elsewhere.id, kind="intake", attended=[nadia.id]).value.id
    with pytest.raises(DoesNotBelong):
        decide_in_meeting(by=nadia, episode=episode, meeting=there, decision="go_on")
    assert Discussed.objects.count() == 0


def test_each_discipline_sees_its_own(
    clinic: Clinic, amal: UUID, episode: UUID, conference: UUID, sign_in: Any
) -> None:
    """CA314: a colleague who does not work with her sees the meeting without her; one without the clinical compartment
    sees the decision and not the words; somebody discussed is hidden from whom she is hidden."""
    nadia = clinic["nadia"]
    social = clinic.hire("sol", "social_worker", clinic.here)
    made = decide_in_meeting(
        by=nadia, episode=episode, meeting=conference, decision="refer", owner=social.id,
        due_on=today_at(clinic.here.id), words="because of the nightmares",
    ).value  # fmt: skip
    code = text(sign_in("nadia").get(f"/decisions/{made.id}/"))
    assert "because of the nightmares" in code
    page = sign_in("sol").get(f"/meetings/{conference}/")
    assert page.status_code == 200
    assert f"/decisions/{made.id}/" not in text(page)
    assert sign_in("sol").get(f"/decisions/{made.id}/").status_code == 404
    from karama.people.actions import assign

    assign(by=nadia, person=amal, user=social.id, role="member")
    shown = text(sign_in("sol").get(f"/decisions/{made.id}/"))
    assert "Is referred" in shown
    assert "nightmares" not in shown


def test_supervision_is_between_those_who_were_there(clinic: Clinic, episode: UUID, sign_in: Any) -> None:
    """CA315: a supervision meeting opens for those who were there and for supervisors; other meetings for the site."""
    held = hold_meeting(
        by=clinic["nadia"], site=clinic.here.id, kind="supervision", attended=[clinic["chantal"].id], minutes=45
    ).value.id  # fmt: skip
    wish_discussion(by=clinic["chantal"], episode=episode)
    assert sign_in("diego").get(f"/meetings/{held}/").status_code == 404
    assert f"/meetings/{held}/" not in text(sign_in("diego").get("/meetings/"))
    page = text(sign_in("chantal").get(f"/meetings/{held}/"))
    assert "45 minutes" in page
    assert f"/meetings/{held}/{episode}/" in text(sign_in("nadia").get(f"/meetings/{held}/"))


def test_after_a_death_nothing_is_asked_of_anybody(clinic: Clinic, amal: UUID, episode: UUID, conference: UUID) -> None:
    """CA316: what a meeting decided about somebody who died stands on nobody's page any more."""
    chantal = clinic["chantal"]
    told: dict[str, Any] = {"owner": chantal.id, "due_on": today_at(clinic.here.id)}
    decide_in_meeting(by=clinic["nadia"], episode=episode, meeting=conference, decision="call", **told)
    record_death(by=chantal, person=amal, suspected="none")
    assert queries.decisions_to_do(chantal) == []


def test_a_conference_by_taps(clinic: Clinic, episode: UUID, sign_in: Any) -> None:
    """CA317: begin, choose who was there, one decision, done by its owner: each page leads to the next."""
    client, chantal = sign_in("nadia"), clinic["chantal"]
    wish_discussion(by=chantal, episode=episode)
    start = f"/meetings/new/{clinic.here.id}/conference/"
    assert start in text(client.get("/meetings/"))
    day = today_at(clinic.here.id)
    sent = client.post(start, {"attended": [str(chantal.id)], "on": day, "mode": "together", "minutes": "٦٠"})
    meeting = sent["Location"]
    assert f"{meeting}{episode}/" in text(client.get(meeting))
    wrong = client.post(f"{meeting}{episode}/", {"decision": "call", "owner": str(chantal.id)})
    assert wrong.status_code == 422
    done = client.post(f"{meeting}{episode}/", {"decision": "call", "owner": str(chantal.id), "due_on": day})
    assert done["Location"] == meeting
    line = next(one for one in today(by=chantal) if one.url.startswith("/decisions/"))
    hers = sign_in("chantal")
    assert hers.post(line.url, {"words": "Reached"}).status_code == 302
    assert "Reached" in text(hers.get(line.url))
    assert line.url in text(hers.get(f"/episodes/{episode}/"))
