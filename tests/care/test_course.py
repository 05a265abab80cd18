"""The course of care: goals, views before suggestions, waiting with a name, closing with nothing left behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care.actions import (
    amend_note,
    answer_closure,
    change_episode_state,
    check_waiting,
    close_episode,
    decide_layer,
    move_goal,
    name_contact,
    open_episode,
    record_session,
    record_view,
    review_note,
    set_goal,
    supervise,
    write_note,
)
from karama.care.models import Closure, Episode, LayerStep, OwnView, Wait
from karama.care.problems import ClosingWaits, DecidedAlready, NoSuchColleague, ReasonNeeded, WorkLeft
from karama.care.queries import closing_page, due_of, newest_view, plan_of_episode, wait_of
from karama.care.waiting import answer as waiting_at
from karama.journal import Absent, Refused, clock
from karama.people.actions import assign
from karama.people.models import Assignment
from karama.programme.days import today_at
from karama.safety.actions import raise_worry
from tests.care.conftest import Clinic, all_answers
from tests.care.test_pages import sign_in, text
from tests.care.test_recording import record

__all__ = ["sign_in"]

CLOSING: dict[str, Any] = {"reason": "completed", "outcome": "improved", "follow_up": "yes"}


@pytest.fixture
def episode(clinic: Clinic, amal: UUID) -> UUID:
    """Amal's episode, active."""
    found = open_episode(by=clinic["chantal"], person=amal, state="active").record
    assert found is not None
    return found


def test_goals_in_progress_are_not_met(clinic: Clinic, episode: UUID, reading_as: Any) -> None:
    """CA110: goals keep their history, and only a goal that is met counts as met (D3)."""
    by = clinic["chantal"]
    goals = [set_goal(by=by, episode=episode, words=f"goal {n}").value.id for n in range(3)]
    move_goal(by=by, goal=goals[0], state="in_progress", words="began")
    move_goal(by=by, goal=goals[1], state="in_progress")
    move_goal(by=by, goal=goals[1], state="met")
    with reading_as(by):
        _row, _person, shown, count, _step = plan_of_episode(by, episode)
    assert (count.met, count.decided, count.open) == (1, 1, 2)
    assert [state for state, *_rest in shown[1].steps] == ["planned", "in_progress", "met"]
    with pytest.raises(Refused):
        move_goal(by=clinic["tunde"], goal=goals[0], state="met")


def test_a_suggestion_comes_after_the_own_view(
    clinic: Clinic, phq9: UUID, episode: UUID, sign_in: Any, reading_as: Any
) -> None:
    """CA111: no page tells a suggestion before view and wish are kept; then all layers are equal buttons."""
    by, client = clinic["chantal"], sign_in("chantal")
    record(clinic, phq9, answers=all_answers("nearly_every_day", q9="not_at_all"))
    address = f"/episodes/{episode}/pathway/"
    before = text(client.get(address))
    assert "What the scores suggest" not in before
    assert 'name="layer" value="specialised" class' not in before
    client.post(address, {"view": "1", "layer": "focused", "wish": "unsure"})
    shown = text(client.get(address))
    assert "PHQ9" in shown
    assert shown.count('name="layer"') == 4
    with reading_as(by):
        _row, _person, view = newest_view(by, episode)
    assert view is not None
    assert view.suggestion.layer == "specialised"
    assert client.post(address, {"layer": "focused", "reason": ""}).status_code == 302
    step = LayerStep.objects.get()
    assert (step.layer, step.direction) == ("focused", "first")
    with pytest.raises(DecidedAlready):
        decide_layer(by=by, view=step.view_id, layer="specialised")
    again = record_view(by=by, episode=episode, layer="community", wish="less").value
    with pytest.raises(ReasonNeeded):
        decide_layer(by=by, view=again.id, layer="community")
    decide_layer(by=by, view=again.id, layer="community", reason="her wish")
    assert Episode.objects.get(pk=episode).state == "active"


@pytest.mark.parametrize("seen", ["psychosis", "mania", "withdrawal", "cognitive"])
def test_what_was_seen_switches_it_off(clinic: Clinic, phq9: UUID, episode: UUID, seen: str, reading_as: Any) -> None:
    """CA112: one of the four conditions, or a safety question without an answer, leaves no suggestion, and says why."""
    by = clinic["chantal"]
    record(clinic, phq9, answers=all_answers("nearly_every_day", q9="skipped"))
    record_view(by=by, episode=episode, layer="basic", wish="more", seen=[seen])
    with reading_as(by):
        _row, _person, view = newest_view(by, episode)
    assert view is not None
    assert view.suggestion.layer == ""
    assert set(view.suggestion.off) == {"safety_missing", seen}


def test_everybody_who_waits_has_somebody_by_name(clinic: Clinic, amal: UUID, sign_in: Any, reading_as: Any) -> None:
    """CA113: whoever waits has a named contact in care at her site and a day, from the first moment: whoever put her on
    the list, as pressing as can be until somebody says how much. Worse makes it most pressing, at once."""
    by = clinic["chantal"]
    episode = open_episode(by=by, person=amal, state="waiting").record
    assert episode is not None
    with pytest.raises(NoSuchColleague):
        name_contact(by=by, episode=episode, contact=clinic["tunde"].id, need=3)
    first = Wait.objects.get(episode=episode)
    assert (first.contact_id, first.need, first.until_on) == (by.id, 1, None)
    assert "Nobody stays in touch yet" not in text(sign_in("chantal").get(f"/episodes/{episode}/waiting/"))
    wait = name_contact(by=by, episode=episode, contact=by.id, need=3).value
    with reading_as(by):
        _row, _person, shown = wait_of(by, episode)
    assert shown is not None
    assert shown.recheck.on == today_at(clinic.here.id) + timedelta(days=14)
    with time_machine.travel(clock.now() + timedelta(days=15), tick=True):
        assert "Ask how this person is" in text(sign_in("chantal").get("/"))
        check_waiting(by=by, wait=wait.id, reached=True, worse=True)
        assert Wait.objects.get().need == 1
        told = waiting_at(clinic["nadia"], clinic.here.id)
        assert [(one.need, one.contact_alias) for one in told] == [(1, "Chantal")]
        assert waiting_at(clinic["tunde"], clinic.here.id) == []
        change_episode_state(by=by, episode=episode, state="active")
    assert Wait.objects.get().until_on is not None


def test_nothing_is_left_behind_by_a_closure(clinic: Clinic, amal: UUID, episode: UUID, reading_as: Any) -> None:
    """CA114: what is open is resolved or handed over before a closure; an alert is answered, never handed over (D4)."""
    by, nadia, diego = clinic["chantal"], clinic["nadia"], clinic["diego"]
    supervise(by=nadia, user=by.id, site=clinic.here.id, cosigned=True)
    note = write_note(by=by, person=amal, sections={"seen": "words"}).value
    with pytest.raises(WorkLeft):
        close_episode(by=by, episode=episode, **CLOSING)
    with reading_as(by):
        assert [one.kind for one in closing_page(by, episode).work] == ["task"]
    review_note(by=nadia, note=note.id, decision="signed")
    raise_worry(by=by, kind="suicide", person=amal)
    with pytest.raises(WorkLeft):
        close_episode(by=by, episode=episode, handed_to=diego.id, **CLOSING)
    assert Episode.objects.get(pk=episode).state == "active"
    assert Closure.objects.count() == 0
    amend_note(by=by, note=note.id, sections={"seen": "other"}, reason="why")


def test_open_work_goes_to_a_colleague(clinic: Clinic, amal: UUID, episode: UUID) -> None:
    """CA115: with a note still to be read, a closure names who takes it over, and she is responsible from then on."""
    by, nadia, diego = clinic["chantal"], clinic["nadia"], clinic["diego"]
    supervise(by=nadia, user=by.id, site=clinic.here.id, cosigned=True)
    write_note(by=by, person=amal, sections={"seen": "words"})
    with pytest.raises(NoSuchColleague):
        close_episode(by=by, episode=episode, handed_to=clinic["tunde"].id, **CLOSING)
    close_episode(by=by, episode=episode, handed_to=diego.id, **CLOSING)
    assert Episode.objects.get(pk=episode).state == "closed"
    assert Assignment.objects.get(person_id=amal, role="lead", until__isnull=True).user_id == diego.id
    with pytest.raises(ReasonNeeded):
        change_episode_state(by=diego, episode=episode, state="active")
    change_episode_state(by=diego, episode=episode, state="active", reason="asked to come back")


def test_a_closure_waits_where_the_pack_wants_it(
    clinic: Clinic, amal: UUID, episode: UUID, monkeypatch: pytest.MonkeyPatch, sign_in: Any
) -> None:
    """CA116: where the pack wants approval an episode stays open until the supervisor approves, never one's own."""
    from karama.care import pathways
    from karama.knowledge.pack_pathway import PLAIN

    monkeypatch.setattr(pathways, "of_programme", lambda _code: PLAIN)
    by, nadia = clinic["chantal"], clinic["nadia"]
    asked = close_episode(by=by, episode=episode, **CLOSING).value
    assert Episode.objects.get(pk=episode).state == "active"
    with pytest.raises(ClosingWaits):
        close_episode(by=by, episode=episode, **CLOSING)
    with pytest.raises(Refused):
        answer_closure(by=by, closure=asked.id, approved=True)
    with pytest.raises(ReasonNeeded):
        answer_closure(by=nadia, closure=asked.id, approved=False)
    answer_closure(by=nadia, closure=asked.id, approved=False, words="One more session.")
    asked = close_episode(by=by, episode=episode, **CLOSING).value
    client = sign_in("nadia")
    assert "A closure waits for the supervisor" in text(client.get(f"/episodes/{episode}/close/"))
    assert client.post(f"/closures/{asked.id}/", {"decision": "approve"}).status_code == 302
    assert Episode.objects.get(pk=episode).state == "closed"


def test_a_measure_comes_after_every_so_many_sessions(
    clinic: Clinic, phq9: UUID, episode: UUID, reading_as: Any
) -> None:
    """CA117: after four held sessions since it was asked the pack's measure is due; missed sessions count for none."""
    by = clinic["chantal"]
    record(clinic, phq9, wave="baseline", on=today_at(clinic.here.id))
    row = Episode.objects.get(pk=episode)
    held: dict[str, Any] = {"attended": "came", "modality": "phone", "risk_asked": "no"}
    later = clock.now() + timedelta(days=7)
    with time_machine.travel(later, tick=True), reading_as(by):
        for _number in range(3):
            record_session(by=by, person=phq9, **held)
        record_session(by=by, person=phq9, attended="absent")
        assert not [one for one in due_of(by, row) if one.instrument == "phq9"]
        record_session(by=by, person=phq9, **held)
        assert [one.wave for one in due_of(by, row) if one.instrument == "phq9"] == [""]


def test_pages_of_the_course_open_to_care_only(clinic: Clinic, amal: UUID, episode: UUID, sign_in: Any) -> None:
    """CA118: plan, layer and closing open to who reads what is told in care; to others nothing is there."""
    clinic.hire("karim", "physiotherapist", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=clinic["karim"].id)
    goal = set_goal(by=clinic["chantal"], episode=episode, words="walk again").value.id
    addresses = [f"/episodes/{episode}/{name}/" for name in ("plan", "pathway", "close")] + [f"/goals/{goal}/"]
    for address in addresses:
        for language in ("en", "ar"):
            client = sign_in("chantal")
            client.cookies["language"] = language
            assert client.get(address).status_code == 200, address
        for name in ("karim", "tunde", "rojin"):
            assert sign_in(name).get(address).status_code in (302, 404), (name, address)
    assert sign_in("karim").get(f"/episodes/{episode}/waiting/").status_code == 200
    assert OwnView.objects.count() == 0
    with pytest.raises(Absent):
        plan_of_episode(clinic["tunde"], episode)
