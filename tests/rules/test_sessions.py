"""Goals, closures, co-signing and measures by sessions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.sessions import (
    CLOSURE_KINDS,
    CLOSURE_REASONS,
    GOAL_LAW,
    GOAL_STATES,
    closure_kind,
    goal_diagram,
    goals,
    sessions_due,
    waits_for_colleague,
)

DAY = date(2026, 3, 1)


@given(st.lists(st.sampled_from(GOAL_STATES)))
def test_a_goal_in_progress_is_not_met(states: list[str]) -> None:
    """ED101: D3: goals planned or in progress are neither met nor in the denominator; nothing is lost in the count."""
    found = goals(states)
    assert found.met == states.count("met")
    assert found.decided == sum(state in ("met", "partly", "not_met") for state in states)
    assert found.decided + found.open + found.dropped == len(states)
    assert goals([*states, "in_progress"]).met == found.met


def test_unknown_states_are_refused() -> None:
    """ED102: a state or reason that nobody knows is an error, never a silent count."""
    with pytest.raises(ValueError):
        goals(["reached"])
    with pytest.raises(ValueError):
        closure_kind("because")


def test_death_is_no_drop_out() -> None:
    """ED103: each reason is of one kind, and only death is death."""
    kinds = {reason: closure_kind(reason) for reason in CLOSURE_REASONS}
    assert set(kinds.values()) == set(CLOSURE_KINDS)
    assert [reason for reason, kind in kinds.items() if kind == "died"] == ["died"]


def test_the_law_of_goals() -> None:
    """ED104: from each state another follows, no state leads to itself, and the diagram shows each step."""
    for state, following in GOAL_LAW.items():
        assert following
        assert state not in following
        assert set(following) <= set(GOAL_STATES)
        assert all(f"{state} --> {one}" in goal_diagram() for one in following)


@pytest.mark.parametrize(
    ("duty", "verdicts", "waits"),
    [
        ("community_agent", [], True),
        ("community_agent", ["asked"], True),
        ("community_agent", ["asked", "cosigned"], False),
        ("community_agent", ["taken_over"], False),
        ("community_agent", ["cosigned", "asked"], True),
        ("psychologist", [], False),
    ],
)
def test_a_note_waits_until_it_is_signed(duty: str, verdicts: list[str], waits: bool) -> None:
    """ED105: a trainee's note waits until a colleague signs or takes over; a question alone signs nothing."""
    assert waits_for_colleague(author_duty=duty, cosigned_duties={"community_agent"}, verdicts=verdicts) is waits


def test_a_measure_every_few_sessions() -> None:
    """ED106: due once so many sessions were attended since it was last asked; never before a first answer."""
    attended = [DAY + timedelta(days=7 * week) for week in range(1, 5)]
    assert sessions_due(4, attended, [DAY])
    assert not sessions_due(4, attended[:3], [DAY])
    assert not sessions_due(4, attended, [DAY, attended[0]])
    assert not sessions_due(4, attended, [])
    assert not sessions_due(None, attended, [DAY])
