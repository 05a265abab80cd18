"""The law of a visit: where it stands, until when somebody waits, and that somebody is always called."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.risk import Responder, Waits
from karama.rules.visits import (
    AREA_STATES,
    LONE_RULES,
    OPEN_STATES,
    STEP_KINDS,
    VISIT_STATES,
    VISIT_STEPS,
    Clocks,
    VisitStep,
    against_plan,
    allowed_steps,
    area_now,
    calling,
    next_sign_at,
    overdue_at,
    stricter,
    travel_cost,
    visit_diagram,
    visit_state,
)

START = datetime(2027, 3, 15, 8, 0, tzinfo=UTC)
BACK = START + timedelta(hours=4)
CLOCKS = Clocks(timedelta(minutes=30), timedelta(minutes=90), timedelta(minutes=20))


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def step(kind: str, minutes: float, by: str = "chantal", back: datetime | None = None) -> VisitStep:
    return VisitStep(kind, at(minutes), by, back)


def test_each_state_and_step_is_known() -> None:
    """OU001: the law names every state, leads only to known ones, and its diagram shows each step; an unknown state
    allows none."""
    assert set(VISIT_STEPS) == set(VISIT_STATES)
    assert {one for steps in VISIT_STEPS.values() for one in steps.values()} <= set(VISIT_STATES)
    text = visit_diagram()
    assert all(
        f"{state} --> {to}: {kind}" in text for state, steps in VISIT_STEPS.items() for kind, to in steps.items()
    )
    assert allowed_steps("somewhere") == ()


def test_a_step_that_the_law_refuses_changes_nothing() -> None:
    """OU002: out of order steps change nothing; whoever was said to be back is out again when she says so, and is
    waited for again from that moment at the latest."""
    assert visit_state([step("taken", 1), step("called_off", 2), step("fine", 3)], BACK).state == "called_off"
    again = visit_state([step("out", 1), step("back", 10), step("out", 20)], BACK)
    assert (again.state, again.back_at, again.heard_at) == ("out", BACK, at(20))
    late = visit_state([step("out", 1), step("back", 10), step("out", 600)], BACK)
    assert late.back_at == at(600)


@given(st.lists(st.sampled_from(STEP_KINDS), max_size=8), st.sampled_from((1, 30, 200)))
def test_an_open_visit_always_has_an_end_to_wait_for(told: list[str], apart: int) -> None:
    """OU003: whatever was said in whichever order, an open visit has a moment from which somebody is called, never
    after its time of coming back and the grace; a visit that is over has none."""
    state = visit_state([step(kind, place * apart) for place, kind in enumerate(told)], BACK)
    late = overdue_at(state, CLOCKS, leaves_at=START, alone=True)
    assert (late is not None) == (state.state in OPEN_STATES)
    assert late is None or late <= state.back_at + CLOCKS.grace


def test_the_moment_of_calling() -> None:
    """OU004: called after the time of coming back and the grace, also when nobody said that they set out; more time
    that was agreed counts; whoever is alone is called for after a missed sign of life."""
    planned = visit_state([], BACK)
    assert overdue_at(planned, CLOCKS, leaves_at=START, alone=True) == BACK + CLOCKS.grace
    out = visit_state([step("out", 5)], BACK)
    assert overdue_at(out, CLOCKS, leaves_at=START, alone=False) == BACK + CLOCKS.grace
    assert overdue_at(out, CLOCKS, leaves_at=START, alone=True) == at(5 + 90 + 30)
    assert next_sign_at(out, CLOCKS, alone=True) == at(95)
    assert next_sign_at(out, CLOCKS, alone=False) is None
    more = visit_state([step("out", 5), step("fine", 200, back=at(400))], BACK)
    assert overdue_at(more, CLOCKS, leaves_at=START, alone=False) == at(400) + CLOCKS.grace
    assert overdue_at(visit_state([step("back", 9)], BACK), CLOCKS, leaves_at=START, alone=True) is None


def test_a_closed_area_has_a_clock_of_its_own() -> None:
    """OU005: whoever is out when an area is closed is called for soon after, until a sign of life; whoever has not
    left yet, from the planned time of leaving."""
    out = visit_state([step("out", 5)], BACK)
    assert overdue_at(out, CLOCKS, leaves_at=START, alone=False, recalled_at=at(30)) == at(50)
    heard = visit_state([step("out", 5), step("fine", 40)], BACK)
    assert overdue_at(heard, CLOCKS, leaves_at=START, alone=False, recalled_at=at(30)) == BACK + CLOCKS.grace
    planned = visit_state([], BACK)
    assert overdue_at(planned, CLOCKS, leaves_at=START, alone=False, recalled_at=at(-60)) == at(20)


LINE = [Responder(one, timedelta(minutes=15)) for one in ("waits", "nadia", "mariam")]


def test_the_line_is_climbed() -> None:
    """OU006: nobody is called before; then one after the other, each waited for; at the end it says so and stays with
    the last."""
    out = visit_state([step("out", 5)], BACK)
    assert calling(out, None, at(9999), LINE) is None
    assert calling(out, BACK, BACK - timedelta(seconds=1), LINE) is None
    told = [
        calling(out, BACK, BACK + timedelta(minutes=minutes), LINE, away=["chantal"]) for minutes in (0, 15, 30, 45)
    ]
    assert [(one.owner, one.exhausted) for one in told if one] == [
        ("waits", False), ("nadia", False), ("mariam", False), ("mariam", True),
    ]  # fmt: skip
    assert told[-1] is not None
    assert told[-1].asked == ("waits", "nadia", "mariam")


def test_whoever_takes_it_is_called_again_when_silent() -> None:
    """OU007: taking it stops the line for a while; silence after that calls the line again; a sign of life ends it; one
    who is looked for cannot take her own."""
    late = BACK + timedelta(minutes=30)
    waits = Waits(first_contact=timedelta(minutes=30))
    taken = visit_state([step("out", 5), VisitStep("taken", late, "nadia")], BACK)
    first = calling(taken, late, late + timedelta(minutes=20), LINE, away=["chantal"], waits=waits)
    later = calling(taken, late, late + timedelta(minutes=31), LINE, away=["chantal"], waits=waits)
    assert first is not None
    assert later is not None
    assert (first.owner, later.owner) == ("nadia", "waits")
    own = visit_state([step("out", 5), VisitStep("taken", late, "chantal")], BACK)
    found = calling(own, late, late + timedelta(minutes=1), LINE, away=["chantal"], waits=waits)
    assert found is not None
    assert found.owner == "waits"
    assert visit_state([step("out", 5), VisitStep("taken", late, "nadia"), step("fine", 900)], BACK).taken == ()


PEOPLE = ("a", "b", "c", "d", "e")


@given(
    line=st.lists(st.sampled_from(PEOPLE), max_size=5),
    absent=st.sets(st.sampled_from(PEOPLE)),
    deputies=st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
    minutes=st.integers(0, 600),
    taken=st.one_of(st.none(), st.sampled_from(PEOPLE)),
)
def test_somebody_is_always_called(
    line: list[str], absent: set[str], deputies: dict[str, str], minutes: int, taken: str | None
) -> None:
    """OU008: whatever rota, leave and deputies say, also in circles, an overdue visit is always with a person; not with
    whoever is looked for, as long as there is anybody else; and in the end everybody of the line was called."""
    steps = [step("out", 0)] + ([VisitStep("taken", BACK, taken)] if taken else [])
    state = visit_state(steps, BACK)
    chain = [Responder(one, timedelta(minutes=15)) for one in line]
    told: dict[str, Any] = {"absent": absent, "deputies": deputies, "away": ["a"]}
    found = calling(state, BACK, BACK + timedelta(minutes=minutes), chain, **told)
    assert found is not None
    assert found.owner is not None
    others = set(line) - {"a"}
    if others:
        assert found.owner != "a"
    end = calling(state, BACK, BACK + timedelta(days=2), chain, **told)
    assert end is not None
    assert end.exhausted
    assert others <= {*end.asked}


def test_who_is_there_is_called_before_who_is_away() -> None:
    """OU009: leave and deputies set the order: a deputy first, whoever is away last of all, but she is called."""
    out = visit_state([step("out", 5)], BACK)
    found = calling(
        out, BACK, BACK + timedelta(hours=9), LINE, absent=["waits", "nadia"], deputies={"nadia": "diego"},
        away=["chantal"],
    )  # fmt: skip
    assert found is not None
    assert found.asked == ("diego", "mariam", "waits", "nadia")
    same = calling(out, BACK, BACK, LINE, absent=["waits"], deputies={"waits": "chantal"}, away=["chantal"])
    assert same is not None
    assert same.owner == "nadia"


def test_an_area_does_not_open_by_itself() -> None:
    """OU010: what was said holds until its time; after a closed state care stays until somebody says more; an unknown
    state counts as closed."""
    until = at(60)
    for state, usual in product(AREA_STATES, AREA_STATES):
        assert area_now(state, until, at(59), usual) == state
    assert area_now("no_go", until, at(60), "go") == "care"
    assert area_now("no_go", until, at(60), "no_go") == "no_go"
    assert area_now("go", until, at(60), "care") == "care"
    assert area_now(None, None, at(0), "go") == "go"
    assert stricter("go", "?") == "?"


@pytest.mark.parametrize("area", [*AREA_STATES, "?"])
@pytest.mark.parametrize("lone", [*LONE_RULES, "?"])
def test_who_may_go_where(area: str, lone: str) -> None:
    """OU011: nobody goes to a closed or unknown area; nobody alone where care or the rule forbids it; alone with calls
    only while somebody waits; two may go."""
    closed = area in ("no_go", "?")
    assert (against_plan(area, lone, alone=False, watched=False) == "no_go") == closed
    alone = against_plan(area, lone, alone=True, watched=False)
    if closed:
        assert alone == "no_go"
    elif area == "care" or lone in ("never", "?"):
        assert alone == "not_alone"
    else:
        assert alone == ("nobody_waits" if lone == "with_calls" else "")
        assert against_plan(area, lone, alone=True, watched=True) == ""


def test_travel_is_for_everybody_who_goes() -> None:
    """OU012: the fare of the pack for each who goes; without a fare nothing is invented: not known is not zero."""
    assert travel_cost(5000, 3) == 15000
    assert travel_cost(None, 3) is None
    assert travel_cost(0, 3) == 0
