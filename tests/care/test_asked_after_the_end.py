"""Who said no to being asked again is not asked; who was not asked about it is asked that first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care.actions import change_episode_state, close_episode, open_episode, plan_site_closing, say_goodbye
from karama.care.models import Episode
from karama.care.queries import due_for, due_of
from karama.care.todayheader import today
from karama.journal import clock
from karama.journal.together import answered
from karama.programme.days import today_at
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text
from tests.care.test_reopening import AGAIN, CLOSING

__all__ = ["sign_in"]

ASK_FIRST = "Ask first whether this person wants it"


@pytest.fixture
def episode(clinic: Clinic, phq9: UUID) -> UUID:
    """Amal's open episode."""
    found = open_episode(by=clinic["chantal"], person=phq9, state="active").record
    assert found is not None
    return found


def goodbye(clinic: Clinic, person: UUID, follow_up: str) -> None:
    """A goodbye because the site will close, with this answer."""
    say_goodbye(by=clinic["chantal"], person=person, last_check="safe", onward="ended", follow_up=follow_up)


def later(clinic: Clinic, episode: UUID) -> list[str]:
    """The waves that are due in this episode a year from now."""
    with time_machine.travel(clock.now() + timedelta(days=400), tick=False):
        return [one.wave for one in due_of(clinic["chantal"], Episode.objects.get(pk=episode))]


def test_a_no_is_heard(clinic: Clinic, episode: UUID, sign_in: Any) -> None:
    """CA953: whoever said no at the closing is asked nothing after it: nothing is due, now or in a year, on the episode
    or on Today. Taken up again, care asks as before."""
    by = clinic["chantal"]
    assert due_for(by)
    close_episode(by=by, episode=episode, **CLOSING | {"follow_up": "no"})
    assert due_for(by) == []
    assert later(clinic, episode) == []
    assert "Time to ask again" not in str([str(line.words) for line in answered(today.asking(by=by))])
    assert ASK_FIRST not in text(sign_in("chantal").get(f"/episodes/{episode}/"))
    change_episode_state(by=by, episode=episode, **AGAIN)
    assert due_for(by)


def test_a_yes_is_heard(clinic: Clinic, episode: UUID, sign_in: Any) -> None:
    """CA954: after a yes the measures of the schedule come, and nobody is told to ask for it again."""
    close_episode(by=clinic["chantal"], episode=episode, **CLOSING)
    assert later(clinic, episode)
    assert [one.ask_first for one in due_for(clinic["chantal"])] == [False]
    assert ASK_FIRST not in text(sign_in("chantal").get(f"/episodes/{episode}/"))


def test_not_asked_is_asked_first(clinic: Clinic, episode: UUID, sign_in: Any) -> None:
    """CA955: where it was not asked the measures stay due, and Today and the episode say to ask that first."""
    by = clinic["chantal"]
    assert [one.ask_first for one in due_for(by)] == [False], "care goes on"
    close_episode(by=by, episode=episode, **CLOSING | {"follow_up": "not_asked"})
    assert later(clinic, episode)
    assert [one.ask_first for one in due_for(by)] == [True]
    assert ASK_FIRST in str([line.detail for line in answered(today.asking(by=by))])
    assert ASK_FIRST in text(sign_in("chantal").get(f"/episodes/{episode}/"))


@pytest.mark.parametrize(
    ("at_goodbye", "at_closing", "due"), [("no", "not_asked", False), ("no", "yes", True), ("not_asked", "no", False)]
)
def test_a_goodbye_counts_too(
    clinic: Clinic, phq9: UUID, episode: UUID, at_goodbye: str, at_closing: str, due: bool
) -> None:
    """CA956: a no at a goodbye counts like one at the closing; of two answers the newest counts, and a page on which it
    was not asked takes no answer back."""
    plan_site_closing(by=clinic["nadia"], site=clinic.here.id, ends_on=today_at(clinic.here.id) + timedelta(days=30))
    goodbye(clinic, phq9, at_goodbye)
    assert due_for(clinic["chantal"]), "care has not ended"
    close_episode(by=clinic["chantal"], episode=episode, **CLOSING | {"follow_up": at_closing})
    assert bool(later(clinic, episode)) is due


def test_an_earlier_no_is_of_its_time(clinic: Clinic, phq9: UUID, episode: UUID) -> None:
    """CA957: a no at the end of one care, or at a goodbye during it, silences that end only: after the next care it is
    asked first again."""
    by = clinic["chantal"]
    plan_site_closing(by=clinic["nadia"], site=clinic.here.id, ends_on=today_at(clinic.here.id) + timedelta(days=30))
    goodbye(clinic, phq9, "no")
    close_episode(by=by, episode=episode, **CLOSING | {"follow_up": "no"})
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        second = open_episode(by=by, person=phq9, state="active").record
        assert second is not None
        close_episode(by=by, episode=second, **CLOSING | {"follow_up": "not_asked"})
        assert [(one.episode, one.ask_first) for one in due_for(by)] == [(second, True)]
