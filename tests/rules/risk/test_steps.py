"""The law of an alert."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.risk import (
    ALERT_STATES,
    ALERT_STEPS,
    STEP_KINDS,
    Responder,
    Step,
    alert_state,
    allowed_steps,
    escalation,
    settled_by_death,
    steps_diagram,
)

RAISED = datetime(2026, 3, 1, 9, tzinfo=UTC)


def after(minutes: int, kind: str, by: str = "chantal", to: str | None = None) -> Step:
    return Step(kind, RAISED + timedelta(minutes=minutes), by, to)


STEPS = st.lists(
    st.builds(
        lambda kind, minute, by, to: after(minute, kind, by, to),
        st.sampled_from([*STEP_KINDS, "unheard"]),
        st.integers(0, 600),
        st.sampled_from(["chantal", "diego"]),
        st.sampled_from([None, "diego", "nadia"]),
    ),
    max_size=8,
)


def test_the_whole_way() -> None:
    """RK020: raised, seen, taken, first contact, closed; and open again when the danger returns."""
    steps = [after(1, "seen"), after(2, "taken"), after(9, "first_contact"), after(60, "closed")]
    states = [alert_state(steps[:count], RAISED).state for count in range(5)]
    assert states == [one for one in ALERT_STATES if one != "after_death"]
    again = alert_state([*steps, after(90, "reopened")], RAISED)
    assert (again.state, again.owner, again.since) == ("raised", None, RAISED + timedelta(minutes=90))


@pytest.mark.parametrize("state", ["raised", "seen", "taken", "closed"])
def test_closing_needs_contact(state: str) -> None:
    """RK021: an alert cannot be closed before somebody has spoken with the person."""
    assert "closed" not in allowed_steps(state)


def test_table_is_whole() -> None:
    """RK022: every state of the law leads to a state of the law, and an unknown state allows nothing."""
    assert set(ALERT_STEPS) == set(ALERT_STATES)
    assert {following for steps in ALERT_STEPS.values() for following in steps.values()} <= set(ALERT_STATES)
    assert allowed_steps("unheard") == ()


@given(STEPS)
def test_only_the_law_moves(steps: list[Step]) -> None:
    """RK023: any steps, in any order, leave the alert in a lawful state; closed only after a contact or a death."""
    state = alert_state(steps, RAISED)
    assert state.state in ALERT_STATES
    kinds = [step.kind for step in steps]
    if state.state == "closed" and not {"died", "death_confirmed", "after_death", "not_found"} & set(kinds):
        assert state.contacted_by is not None
        assert "first_contact" in kinds


def test_seeing_keeps_the_clock() -> None:
    """RK024: seeing an alert, or taking it again, does not restart its clock."""
    assert alert_state([after(5, "seen"), after(6, "seen")], RAISED).since == RAISED
    taken = [after(5, "taken"), after(50, "taken"), after(55, "contact_tried")]
    assert alert_state(taken, RAISED).since == RAISED + timedelta(minutes=5)


def test_handing_over_names_somebody() -> None:
    """RK025: an alert is handed over only to somebody named, and goes back to raised until she takes it."""
    assert alert_state([after(5, "taken"), after(6, "handed_over")], RAISED).state == "taken"
    state = alert_state([after(5, "taken"), after(6, "handed_over", to="nadia")], RAISED)
    assert (state.state, state.owner) == ("raised", "nadia")


def test_diagram() -> None:
    """RK026: the diagram in the manual is printed from the law, each transition once."""
    lines = steps_diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert len(lines) == 3 + sum(len(steps) for steps in ALERT_STEPS.values())
    assert "    first_contact --> closed: closed" in lines


@pytest.mark.parametrize("state", ["raised", "seen", "taken", "first_contact"])
def test_a_death_settles(state: str) -> None:
    """RK053: a death closes what is open in every state; reopened, it begins anew with a fresh clock."""
    ways = {"raised": [], "seen": ["seen"], "taken": ["taken"], "first_contact": ["first_contact"]}
    steps = [after(place, kind) for place, kind in enumerate([*ways[state], "died"], 1)]
    assert alert_state(steps[:-1], RAISED).state == state
    assert not alert_state(steps, RAISED).is_open
    again = alert_state([*steps, after(90, "reopened")], RAISED)
    assert (again.state, again.owner, again.since) == ("raised", None, RAISED + timedelta(minutes=90))


def test_what_is_told_after_a_death() -> None:
    """RK054: what is told after a death waits to be looked at: it is closed without a contact, and nobody but the first
    permitted colleague is asked."""
    steps = [after(1, "after_death")]
    assert {"taken", "first_contact", "contact_tried", "follow_up"}.isdisjoint(allowed_steps("after_death"))
    assert alert_state([*steps, after(5, "closed")], RAISED).state == "closed"
    chain = [Responder("diego", timedelta(minutes=5)), Responder("nadia", timedelta(minutes=5))]
    level = escalation(steps, RAISED, RAISED + timedelta(days=9), chain)
    assert (level.owner, level.asked, level.next_at, level.exhausted) == ("diego", ("diego",), None, False)


def test_whose_danger_it_is() -> None:
    """RK055: a death settles only kinds that are the person's own danger; an unknown kind may be somebody else's."""
    assert settled_by_death("suicide")
    for kind in ("child_in_danger", "child_protection", "harm_to_others", "violence_at_home", "gbv", "armed_threat"):
        assert not settled_by_death(kind)
    assert not settled_by_death("recent_sexual_violence"), "whoever did it lives, perhaps beside others"
    assert not settled_by_death("")
    assert not settled_by_death("unclear")


@pytest.mark.parametrize("way", [[], ["seen"], ["taken"], ["first_contact"]])
def test_a_death_is_confirmed(way: list[str]) -> None:
    """RK060: what was told after a death is closed by a colleague who confirms the death, whatever was done before;
    nobody has to say that the person was spoken with. It is asked in no other state."""
    steps = [after(place, kind) for place, kind in enumerate([*way, "death_confirmed"], 1)]
    assert alert_state(steps, RAISED).state == "closed"
    for state in ("after_death", "closed"):
        assert "death_confirmed" not in allowed_steps(state)


def test_trying_before_taking() -> None:
    """RK056: a try to reach somebody may be written down before it is taken; it is no taking, and stops no clock."""
    state = alert_state([after(5, "contact_tried")], RAISED)
    assert (state.state, state.owner, state.since) == ("raised", None, RAISED)
    seen = alert_state([after(5, "seen"), after(6, "contact_tried")], RAISED)
    assert (seen.state, seen.since) == ("seen", RAISED)
