"""What a session left to do: for the supervisor, for whoever refers, for whoever books."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import (
    amend_session,
    decide_in_meeting,
    hand_over_caseload,
    hold_meeting,
    open_episode,
    record_session,
    record_supervision,
    settle_next_step,
)
from karama.care.header import today
from karama.care.models import NextStep, Session
from karama.care.problems import StepSettled
from karama.care.queries.meetings import agenda
from karama.care.queries.nextsteps import steps_to_do, to_discuss
from karama.journal import Refused
from karama.people.actions import assign, erase_person, hide_from
from karama.programme.days import today_at
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text
from tests.people.conftest import ERASER

__all__ = ["sign_in"]
HELD: dict[str, Any] = {"attended": "came", "modality": "in_person", "risk_asked": "yes"}


def leave(clinic: Clinic, amal: UUID, step: str, by: str = "chantal", **more: Any) -> NextStep:
    """A session that leaves this to do, and what became of it."""
    made = record_session(by=clinic[by], person=amal, next_step=step, **HELD, **more).value
    return NextStep.objects.get(session=made)


def steps(clinic: Clinic, name: str, reading_as: Any) -> list[str]:
    """What this colleague is still to do after sessions."""
    with reading_as(clinic[name]):
        return [one.step for one in steps_to_do(clinic[name])]


def asked(clinic: Clinic, name: str, reading_as: Any) -> list[str]:
    """Whose sessions this supervisor is to speak of."""
    with reading_as(clinic[name]):
        return [one.who for one in to_discuss(clinic[name])]


def test_only_some_steps_leave_something(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA882: to go on, and towards the end, leave nothing; nor does a session of long ago; what is said again stands
    once; a session of before this was kept has no line."""
    by = clinic["chantal"]
    for step in ("", "go_on", "end"):
        record_session(by=by, person=amal, next_step=step, **HELD)
    long_ago = today_at(clinic.here.id) - timedelta(days=90)
    record_session(by=by, person=amal, next_step="refer", on=long_ago, **HELD)
    assert not NextStep.objects.exists()
    leave(clinic, amal, "refer")
    leave(clinic, amal, "refer")
    assert steps(clinic, "chantal", reading_as) == ["refer"]
    assert list(NextStep.objects.order_by("recorded_at").values_list("ended", flat=True)) == ["again", ""]


def test_to_discuss_is_on_the_supervisors_page(clinic: Clinic, amal: UUID, sign_in: Any, reading_as: Any) -> None:
    """CA883: "discuss with the supervisor" stands on her page and on the list of the care conference, until she says
    that it was discussed; nobody else is shown it, and no word of the session stands there."""
    episode = open_episode(by=clinic["chantal"], person=amal).value.id
    made = leave(clinic, amal, "discuss", words="Qzwordsq")
    assert asked(clinic, "nadia", reading_as) == ["Chantal"]
    assert asked(clinic, "diego", reading_as) == []
    assert asked(clinic, "tunde", reading_as) == []
    clinic.hire("sara", "supervisor", clinic.elsewhere)
    assert asked(clinic, "sara", reading_as) == []
    page = text(sign_in("nadia").get("/supervision/"))
    assert f"/sessions/{made.session_id}/" in page
    assert "Qzwordsq" not in page
    with reading_as(clinic["nadia"]):
        assert [one.episode for one in agenda(clinic["nadia"], clinic.here.id, "conference", [])] == [episode]
    assert "It was discussed" in text(sign_in("nadia").get(f"/sessions/{made.session_id}/"))
    gone = sign_in("nadia").post(f"/sessions/steps/{made.id}/", {"how": "discussed"})
    assert gone["Location"] == f"/sessions/{made.session_id}/"
    assert asked(clinic, "nadia", reading_as) == []
    with reading_as(clinic["nadia"]):
        assert agenda(clinic["nadia"], clinic.here.id, "conference", []) == []
    with pytest.raises(StepSettled):
        settle_next_step(by=clinic["nadia"], left_step=made.id, how="discussed")


def test_a_meeting_or_a_supervision_discusses_it(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA884: a decision of a meeting, or a supervision with the writer that spoke of the person, ends the line; a
    supervision with somebody else does not."""
    nadia, site = clinic["nadia"], clinic.here.id
    assign(by=nadia, person=amal, user=clinic["diego"].id)
    episode = open_episode(by=clinic["chantal"], person=amal).value.id
    leave(clinic, amal, "discuss")
    told: dict[str, Any] = {"by": nadia, "site": site, "mode": "individual", "people": [amal]}
    record_supervision(colleagues=[clinic["diego"].id], **told)
    assert asked(clinic, "nadia", reading_as) == ["Chantal"]
    record_supervision(colleagues=[clinic["chantal"].id], **told)
    assert asked(clinic, "nadia", reading_as) == []
    leave(clinic, amal, "discuss")
    assert asked(clinic, "nadia", reading_as) == ["Chantal"]
    met = hold_meeting(by=nadia, site=site, kind="conference", attended=[clinic["chantal"].id]).value.id
    decide_in_meeting(by=nadia, episode=episode, meeting=met, decision="go_on")
    assert asked(clinic, "nadia", reading_as) == []


def test_to_refer_stands_on_ones_own_today(clinic: Clinic, amal: UUID, sign_in: Any, reading_as: Any) -> None:
    """CA885: "refer" leads to preparing a referral and stands on its writer's Today, by code, until she says that it
    is done or not needed; a colleague neither sees nor ends it, her supervisor may."""
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    made = leave(clinic, amal, "refer")
    shown = text(sign_in("chantal").get(f"/sessions/{made.session_id}/"))
    assert f"/referrals/person/{amal}/new/" in shown
    assert f"/sessions/{made.session_id}/" in text(sign_in("chantal").get("/"))
    assert f"/sessions/{made.session_id}/" not in text(sign_in("diego").get("/"))
    with pytest.raises(Refused):
        settle_next_step(by=clinic["diego"], left_step=made.id, how="settled")
    assert "not needed" not in text(sign_in("diego").get(f"/sessions/{made.session_id}/"))
    with pytest.raises(StepSettled):
        settle_next_step(by=clinic["chantal"], left_step=made.id, how="discussed")
    sign_in("chantal").post(f"/sessions/steps/{made.id}/", {"how": "settled"})
    assert steps(clinic, "chantal", reading_as) == []
    again = leave(clinic, amal, "refer")
    settle_next_step(by=clinic["nadia"], left_step=again.id, how="settled")
    assert sign_in("tunde").post(f"/sessions/steps/{again.id}/", {"how": "settled"}).status_code == 404


def test_after_saving_it_leads_there(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA886: a session that leaves something to do opens itself after it was saved, with the way there; another one
    leads back to the person."""
    client = sign_in("chantal")
    sent = {"attended": "came", "on": str(today_at(clinic.here.id)), "modality": "in_person", "risk_asked": "yes"}
    gone = client.post(f"/people/{amal}/sessions/new/", sent | {"next_step": "sooner"})["Location"]
    assert f"/people/{amal}/appointments/new/" in text(client.get(gone))
    assert client.post(f"/people/{amal}/sessions/new/", sent)["Location"] == f"/people/{amal}/"


def test_a_correction_moves_it(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA888: corrected to another next step, the old line ends and the new one begins for its first writer; the same
    one goes on with the newer version, and what was dealt with does not come back."""
    nadia = clinic["nadia"]
    made = leave(clinic, amal, "discuss")
    told: dict[str, Any] = {"by": nadia, "attended": "came", "modality": "phone", "risk_asked": "yes", "reason": "x"}
    two = amend_session(session=made.session_id, **told).value
    assert NextStep.objects.get().session_id == two.id
    three = amend_session(session=two.id, **(told | {"modality": "home"}), next_step="refer").value
    assert asked(clinic, "nadia", reading_as) == []
    assert steps(clinic, "chantal", reading_as) == ["refer"]
    assert steps(clinic, "nadia", reading_as) == []
    settle_next_step(by=clinic["chantal"], left_step=NextStep.objects.get(ended="").id, how="settled")
    amend_session(session=three.id, **told)
    assert steps(clinic, "chantal", reading_as) == []


def test_it_goes_on_with_the_caseload(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA889: a caseload that is handed over takes along what was still to do; whom the person is hidden from sees no
    line; an erased person leaves none."""
    leave(clinic, amal, "refer")
    hand_over_caseload(by=clinic["nadia"], user=clinic["chantal"].id, receivers={amal: clinic["diego"].id})
    assert steps(clinic, "chantal", reading_as) == []
    assert steps(clinic, "diego", reading_as) == ["refer"]
    assign(by=clinic["nadia"], person=amal, user=clinic["chantal"].id)
    hide_from(by=clinic["nadia"], person=amal, user=clinic["diego"].id, reason="Related.")
    assert steps(clinic, "diego", reading_as) == []
    assert today(by=clinic["diego"]) == []
    two = amend_session(
        by=clinic["chantal"], session=Session.objects.get().id, reason="x", **(HELD | {"modality": "phone"})
    )
    assert two.value.amends_id is not None
    erase_person(by=ERASER, person=amal, reason="asked")
    assert not NextStep.objects.exists()
