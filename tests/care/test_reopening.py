"""Taking a closed episode up again: by the law, with a reason, by whoever is in care with the person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care.actions import (
    change_episode_state,
    close_episode,
    move_goal,
    open_episode,
    record_death,
    set_goal,
)
from karama.care.models import Closure, Episode, Goal, Response
from karama.care.problems import EpisodeOpen, PersonHasDied, ReasonNeeded, StateNotAllowed
from karama.care.queries import due_of, plan_of_episode
from karama.journal import Refused, clock
from karama.people.actions import assign, hide_from
from karama.programme.days import today_at
from karama.rules.episodes import EPISODE_LAW
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text
from tests.care.test_recording import record

__all__ = ["sign_in"]

CLOSING: dict[str, Any] = {"reason": "completed", "outcome": "improved", "follow_up": "yes"}
AGAIN: dict[str, Any] = {"state": "active", "reason": "The person came back."}


@pytest.fixture
def closed(clinic: Clinic, phq9: UUID) -> UUID:
    """Amal's episode, with a goal in progress, closed."""
    by = clinic["chantal"]
    found = open_episode(by=by, person=phq9, state="active").record
    assert found is not None
    goal = set_goal(by=by, episode=found, words="To sleep through").value
    move_goal(by=by, goal=goal.id, state="in_progress")
    record(clinic, phq9, wave="baseline", episode=found)
    close_episode(by=by, episode=found, **CLOSING)
    return found


def test_a_closed_episode_opens_by_the_law(clinic: Clinic, closed: UUID) -> None:
    """CA786: from closed it goes to active and nowhere else, with a reason; not while another one is open."""
    by = clinic["chantal"]
    for state in sorted(EPISODE_LAW):
        if state != "active":
            with pytest.raises(StateNotAllowed):
                change_episode_state(by=by, episode=closed, state=state, reason="why")
    with pytest.raises(ReasonNeeded):
        change_episode_state(by=by, episode=closed, state="active")
    other = open_episode(by=by, person=Episode.objects.get(pk=closed).person_id).record
    with pytest.raises(EpisodeOpen):
        change_episode_state(by=by, episode=closed, **AGAIN)
    assert other is not None
    close_episode(by=by, episode=other, **CLOSING)
    change_episode_state(by=by, episode=closed, **AGAIN)
    row = Episode.objects.get(pk=closed)
    assert (row.state, row.ended_on) == ("active", None)
    assert Closure.objects.filter(episode=closed).count() == 1, "what was said at its end stays readable"


def test_who_may_take_it_up_again(clinic: Clinic, closed: UUID) -> None:
    """CA787: whoever is in care with the person, and the supervisor; nobody elsewhere, hidden or without care."""
    person = Episode.objects.get(pk=closed).person_id
    for name in ("tunde", "diego", "rana", "samir", "leila"):
        if name in clinic.actors:
            with pytest.raises(Refused):
                change_episode_state(by=clinic[name], episode=closed, **AGAIN)
    assign(by=clinic["nadia"], person=person, user=clinic["diego"].id, role="member")
    hide_from(by=clinic["nadia"], person=person, user=clinic["diego"].id, reason="neighbour")
    with pytest.raises(Refused):
        change_episode_state(by=clinic["diego"], episode=closed, **AGAIN)
    change_episode_state(by=clinic["nadia"], episode=closed, **AGAIN)
    assert Episode.objects.get(pk=closed).state == "active"


def test_goals_and_answers_go_on(clinic: Clinic, closed: UUID, reading_as: Any) -> None:
    """CA788: goals stand where they stood, answers belong to it still, and a goal moves on from there."""
    by = clinic["chantal"]
    change_episode_state(by=by, episode=closed, **AGAIN)
    with reading_as(by):
        _row, _person, shown, count, _step = plan_of_episode(by, closed)
    assert [one.steps[-1][0] for one in shown] == ["in_progress"]
    assert (count.open, count.met) == (1, 0)
    assert Response.objects.filter(episode=closed, wave="baseline").count() == 1
    move_goal(by=by, goal=Goal.objects.get().id, state="met")


def test_the_end_is_asked_anew(clinic: Clinic, closed: UUID, reading_as: Any) -> None:
    """CA789: taken up again nothing of the end is due; at the next end it is, also what was asked at the first one."""
    by, person = clinic["chantal"], Episode.objects.get(pk=closed).person_id

    def due() -> set[tuple[str, str]]:
        with reading_as(by):
            return {(one.instrument, one.wave) for one in due_of(by, Episode.objects.get(pk=closed))}

    ends = {one for one in due() if one[1] != "baseline"}
    assert ("phq9", "end") in ends
    record(clinic, person, wave="end", episode=closed)
    assert ("phq9", "end") not in due()
    with time_machine.travel(clock.now() + timedelta(days=30), tick=True):
        change_episode_state(by=by, episode=closed, **AGAIN)
        assert not {wave for _instrument, wave in due()} - {"baseline", ""}
        assert ("phq9", "baseline") not in due()
    with time_machine.travel(clock.now() + timedelta(days=60), tick=True):
        close_episode(by=by, episode=closed, **CLOSING)
        assert Episode.objects.get(pk=closed).ended_on == today_at(clinic.here.id)
        assert ("phq9", "end") in due()
        record(clinic, person, wave="end", episode=closed, on=today_at(clinic.here.id))
        assert ("phq9", "end") not in due()


def test_care_of_a_dead_person_is_never_taken_up(clinic: Clinic, closed: UUID, sign_in: Any) -> None:
    """CA790: after a death no episode opens again, whoever asks, and its page does not offer it."""
    by, person = clinic["chantal"], Episode.objects.get(pk=closed).person_id
    change_episode_state(by=by, episode=closed, **AGAIN)
    record_death(by=by, person=person, suspected="none")
    assert Episode.objects.get(pk=closed).state == "closed"
    for name in ("chantal", "nadia"):
        with pytest.raises(PersonHasDied):
            change_episode_state(by=clinic[name], episode=closed, **AGAIN)
    shown = text(sign_in("chantal").get(f"/episodes/{closed}/"))
    assert "Change where it stands" not in shown
    refused = sign_in("chantal").post(f"/episodes/{closed}/", AGAIN)
    assert refused.status_code == 422
    assert Episode.objects.get(pk=closed).state == "closed"
