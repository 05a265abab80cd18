"""Stepped care: a score may suggest more, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.stepped_care import (
    LAYERS,
    SWITCH_OFF,
    WISHES,
    Line,
    Suggestion,
    direction,
    recheck,
    suggest,
    worse_on,
)

LINES = [Line("phq9", 10, "focused"), Line("phq9", 20, "specialised"), Line("gad7", 10, "focused")]
TOTALS = st.none() | st.integers(0, 27)
DAYS = (3, 7, 14, 30)


def told(**changed: object) -> Suggestion:
    usual: dict[str, object] = {"now_at": "community", "own_view": "community", "wish": "same", "safety_missing": False}
    return suggest(LINES, {"phq9": 21.0, "gad7": 4.0}, **(usual | changed))  # type: ignore[arg-type]


def test_a_score_suggests_the_highest_layer_it_reached() -> None:
    """SP001: the highest layer whose line was reached is suggested, with the instrument that reached it."""
    assert told() == Suggestion("specialised", ("phq9",))


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"own_view": ""}, "no_view"), ({"wish": ""}, "no_wish"), ({"safety_missing": True}, "safety_missing")]
    + [({"seen": (one,)}, one) for one in SWITCH_OFF],
)
def test_suggestions_are_switched_off(changed: dict[str, object], why: str) -> None:
    """SP002: without view, wish or safety answers, and with any of the four conditions, nothing is suggested."""
    found = told(**changed)
    assert found.layer == ""
    assert found.off == (why,)


@given(
    phq9=TOTALS,
    gad7=TOTALS,
    now_at=st.sampled_from(["", *LAYERS]),
    view=st.sampled_from(LAYERS),
    wish=st.sampled_from(WISHES),
)
def test_no_score_ever_suggests_less(phq9: int | None, gad7: int | None, now_at: str, view: str, wish: str) -> None:
    """SP003: whatever the scores, no suggestion lies at or below what the person has or the worker saw."""
    totals = {"phq9": phq9, "gad7": gad7}
    found = suggest(LINES, totals, now_at=now_at, own_view=view, wish=wish, safety_missing=False)
    if found.layer:
        assert LAYERS.index(found.layer) > LAYERS.index(view)
        assert direction(now_at, found.layer) in ("up", "first")
        assert found.because


def test_a_missing_total_reaches_no_line() -> None:
    """SP004: a measure without a total reaches no line, and reaching none says nothing."""
    found = suggest(
        [Line("phq9", 0, "focused")],
        {"phq9": None},
        now_at="basic",
        own_view="basic",
        wish="unsure",
        safety_missing=False,
    )
    assert found == Suggestion()


def test_a_decision_has_a_direction() -> None:
    """SP005: up, down, same, or the first one."""
    assert direction("focused", "specialised") == "up"
    assert direction("focused", "basic") == "down"
    assert direction("focused", "focused") == "same"
    assert direction("", "focused") == "first"


@given(need=st.integers(-2, 9), waited=st.integers(0, 60), asked=st.lists(st.integers(0, 60), max_size=4))
def test_whoever_waits_is_asked_again(need: int, waited: int, asked: list[int]) -> None:
    """SP006: each need has its interval from the last time somebody asked; an unknown need is the most pressing."""
    since = date(2026, 1, 1)
    today = since + timedelta(days=waited)
    days = [since + timedelta(days=one) for one in asked]
    found = recheck(since=since, asked=days, need=need, days=DAYS, worse=False, today=today)
    interval = DAYS[need - 1] if 1 <= need <= 4 else DAYS[0]
    assert found.on == max([since, *days]) + timedelta(days=interval)
    worse = recheck(since=since, asked=days, need=need, days=DAYS, worse=True, today=today)
    assert worse.on <= found.on
    if max([since, *days]) < today:
        assert worse.on <= today


def test_worse_on_several_measures() -> None:
    """SP007: the worsening rule counts measures that are reliably worse, and no others."""
    changes = {"phq9": "worse", "gad7": "worse", "who5": "unchanged"}
    assert worse_on(changes, 2)
    assert not worse_on({**changes, "gad7": "better"}, 2)
