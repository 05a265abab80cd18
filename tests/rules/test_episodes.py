"""The law of episodes and the schedule of measures."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from karama.rules.episodes import (
    CLOSURE_REASONS,
    DROP_OUT,
    EPISODE_LAW,
    EPISODE_STATES,
    GOAL_STATES,
    Planned,
    Repeated,
    Wave,
    allowed_states,
    count_goals,
    due_after_sessions,
    due_measures,
    ended_on,
    episode_diagram,
    months_after,
)

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))


def test_the_law_names_every_state() -> None:
    """CA050: every state has its row, leads only to known states, and can be closed in one step."""
    assert set(EPISODE_LAW) == set(EPISODE_STATES)
    for state, following in EPISODE_LAW.items():
        assert set(following) <= set(EPISODE_STATES) - {state}
        assert state == "closed" or "closed" in following
    assert allowed_states("nowhere") == ()
    assert "active --> closed" in episode_diagram()


def test_the_end_is_kept_until_care_is_taken_up_again() -> None:
    """CA051: the day regular care ended is kept through follow-up and closing, and forgotten when care goes on."""
    first, later = date(2026, 1, 5), date(2026, 3, 1)
    assert ended_on("follow_up", None, first) == first
    assert ended_on("closed", first, later) == first
    assert ended_on("active", first, later) is None


@given(day=DAYS, months=st.integers(0, 36))
def test_months_after_stay_in_their_month(day: date, months: int) -> None:
    """CA052: so many months later is in that month, on the same day or its last one."""
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_a_measure_is_due_until_it_is_recorded() -> None:
    """CA053: a measure is due from its day until it is recorded; those of the end wait for the end."""
    start, end, after = Wave("baseline", "start"), Wave("end", "end"), Wave("+3m", "after_end", 3)
    plan = [Planned("phq9", wave) for wave in (start, end, after)]
    opened = date(2026, 1, 1)
    told = due_measures(plan, opened_on=opened, ended=None, recorded=set(), today=date(2026, 6, 1))
    assert [(one.wave, one.state) for one in told] == [("baseline", "due")]
    ended = date(2026, 6, 1)
    done = {("phq9", "baseline")}
    told = due_measures(plan, opened_on=opened, ended=ended, recorded=done, today=date(2026, 8, 20))
    assert [(one.wave, one.state, one.on) for one in told] == [
        ("end", "due", ended),
        ("+3m", "coming", date(2026, 9, 1)),
    ]


def test_after_so_many_sessions() -> None:
    """ED001: a repeated measure is due at the n-th session held after it was last asked, never before."""
    first = date(2026, 1, 1)
    held = [first + timedelta(days=7 * n) for n in range(6)]
    every = [Repeated("phq9", 4)]
    today = held[-1]
    assert due_after_sessions(every, held=held, asked=[], today=today)[0].on == held[3]
    assert due_after_sessions(every, held=held, asked=[("phq9", held[3])], today=today) == []
    assert due_after_sessions(every, held=held, asked=[("gad7", held[3])], today=today)[0].on == held[3]
    assert due_after_sessions([Repeated("phq9", 0)], held=held, asked=[], today=today) == []


@given(states=st.lists(st.sampled_from(GOAL_STATES)))
def test_goals_in_progress_are_not_met(states: list[str]) -> None:
    """ED002: only what is met counts as met: planned and in progress never do, and nothing is lost (D3)."""
    count = count_goals(states)
    assert count.met == states.count("met")
    assert count.open == states.count("planned") + states.count("in_progress")
    assert count.decided + count.open + count.dropped == len(states)
    assert count_goals([*states, "something_new"]).met == count.met


def test_a_death_is_no_drop_out() -> None:
    """ED003: a death is a reason of its own, never among the drop-outs."""
    assert "died" in CLOSURE_REASONS
    assert "died" not in DROP_OUT
    assert set(CLOSURE_REASONS) >= DROP_OUT
