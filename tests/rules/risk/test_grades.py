"""How urgent an alert is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.knowledge.loader import instrument
from karama.rules.risk import GRADES, Clock, FollowUp, due_at, grade_of, most_urgent
from karama.rules.scoring import score

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Found:
    grade: str
    state: str


SIGNALS = st.builds(Found, st.sampled_from(GRADES), st.sampled_from(["positive", "negative", "unknown"]))


@pytest.mark.parametrize("follow_up", [None, FollowUp(), FollowUp("refused"), FollowUp("done"), FollowUp("?")])
def test_today_until_followed_up(follow_up: FollowUp | None) -> None:
    """RK001: until the follow-up screener is done, or when it is refused, an alert is for today at least."""
    assert grade_of("today", follow_up) == "today"
    assert grade_of("soon", follow_up) == "today"
    assert grade_of("now", follow_up) == "now"


@pytest.mark.parametrize(
    ("signals", "grade"),
    [
        ([Found("now", "positive"), Found("today", "positive")], "now"),
        ([Found("now", "negative"), Found("today", "positive")], "today"),
        ([Found("now", "negative"), Found("today", "negative")], "soon"),
        ([Found("now", "unknown"), Found("today", "negative")], "today"),
    ],
)
def test_follow_up_sets_the_grade(signals: list[Found], grade: str) -> None:
    """RK002: the follow-up's result sets the grade; an unanswered question in it keeps the alert at today."""
    assert grade_of("today", FollowUp("done", signals)) == grade


def test_item_nine_alone() -> None:
    """RK003: item nine above zero raises an alert even when the total is low, or when there is no total."""
    card = instrument("phq9")
    answers = {item.code: "not_at_all" for item in card.items if item.scored} | {"q9": "several_days"}
    for given_answers in (answers, {"q9": "several_days"}):
        positive = [signal for signal in score(card, given_answers).safety if signal.state == "positive"]
        assert [(signal.kind, grade_of(signal.grade)) for signal in positive] == [("suicide", "today")]


@pytest.mark.parametrize(
    ("answers", "grade"),
    [
        ({"q1": "yes", "q2": "no", "q3": "no", "q4": "no", "q5": "yes"}, "now"),
        ({"q1": "yes", "q2": "no", "q3": "no", "q4": "no", "q5": "no"}, "today"),
        ({"q1": "no", "q2": "no", "q3": "no", "q4": "no"}, "soon"),
        ({"q1": "refused", "q2": "refused", "q3": "refused", "q4": "refused"}, "today"),
        ({"q1": "no"}, "today"),
    ],
)
def test_asq_sets_the_grade(answers: dict[str, str], grade: str) -> None:
    """RK007: the follow-up screener of the shipped packs sets now, today or soon; refusals and gaps are today."""
    signals = score(instrument("asq"), answers).safety
    assert grade_of("today", FollowUp("done", signals)) == grade


@given(st.sampled_from([*GRADES, "unheard"]), st.lists(SIGNALS), st.sampled_from(["done", "refused", "not_done"]))
def test_never_cleared(raised_as: str, signals: list[Found], state: str) -> None:
    """RK004: no answer clears an alert: it always has a grade."""
    assert grade_of(raised_as, FollowUp(state, signals)) in GRADES


@given(st.lists(SIGNALS, min_size=1), SIGNALS)
def test_more_danger_is_more_urgent(signals: list[Found], more: Found) -> None:
    """RK005: another positive answer never makes an alert less urgent."""
    before = grade_of("today", FollowUp("done", signals))
    after = grade_of("today", FollowUp("done", [*signals, Found(more.grade, "positive")]))
    assert GRADES.index(after) <= GRADES.index(before)


def test_clocks() -> None:
    """RK006: each grade has its clock, a pack may set it, and an unknown grade waits no longer than now."""
    clock = Clock(timedelta(minutes=5), timedelta(hours=1), timedelta(days=1))
    assert [due_at(grade, NOW, clock) - NOW for grade in (*GRADES, "unheard")] == [
        timedelta(minutes=5),
        timedelta(hours=1),
        timedelta(days=1),
        timedelta(minutes=5),
    ]
    assert most_urgent("soon", "unheard") == "now"
    assert most_urgent() == "today"
