"""What a missing answer does, and when an item need not be asked."""

from __future__ import annotations

from typing import Any

import pytest

from karama.rules.scoring import (
    Card,
    score,
)
from tests.rules.scoring_card import DRAFT, FOUR, VERIFIED, answered, card, scale


def test_a_missing_answer_is_never_zero() -> None:
    """SC001: an instrument with one answer missing has no total, whatever the missing code."""
    for missing in (None, "skipped", "refused", "not_asked", "dont_know"):
        result = score(card(), answered("always", "always", missing, "always"))
        assert result.total is None
        assert result.why_no_total == "missing_answers"
        assert (result.n_answered, result.n_items) == (3, 4)


def test_an_absent_item_is_missing() -> None:
    """SC002: an item that is absent from the answers is missing, not zero."""
    assert score(card(), {"q1": "once", "q2": "once", "q3": "once"}).total is None


@pytest.mark.parametrize(
    ("answers", "total"),
    [
        (("twice", "once", "once", None), 5),  # 4 * 4 / 3 = 5.33
        (("once", "once", "always", None), 7),  # 5 * 4 / 3 = 6.67
        (("once", None, "always", None), None),
    ],
)
def test_proration(answers: tuple[str | None, ...], total: int | None) -> None:
    """SC008: a prorated sum is rounded, and more missing than allowed gives no score."""
    made = card(scales=[scale(missing={"method": "prorate", "allowed": 1, "evidence": VERIFIED})])
    assert score(made, answered(*answers)).total == total


def test_proration_rounds_half_to_even() -> None:
    """SC009: proration rounds half to even: 2.5 becomes 2 and 7.5 becomes 8."""
    items = ["a", "b", "c", "d", "e"]
    missing = {"method": "prorate", "allowed": 3, "evidence": VERIFIED}
    made = card(
        items=[{"code": code, "topic": code} for code in items],
        scales=[scale(items=items, highest=15, missing=missing)],
    )
    assert score(made, {"a": "once", "b": "never"}).total == 2
    assert score(made, {"a": "always", "b": "never"}).total == 8
    assert score(made, {"a": "always", "b": "once", "c": "never", "d": "twice"}).total == 8


def test_a_draft_proration_is_off() -> None:
    """SC010: a proration that is still draft gives no score unless drafts are asked for."""
    made = card(scales=[scale(missing={"method": "prorate", "allowed": 1, "evidence": DRAFT})])
    answers = answered("once", "once", "once", None)
    assert score(made, answers).total is None
    assert score(made, answers, drafts=True).total == 4


def test_a_mean_over_fewer_items() -> None:
    """SC011: a prorated mean is the mean of what was answered, and a zero-filled one is not."""
    for method, expected in (("prorate", 2.0), ("zero", 1.5)):
        rule = {"method": method, "allowed": 1, "evidence": VERIFIED}
        made = card(scales=[scale(method="mean", missing=rule)])
        assert score(made, answered("twice", "twice", "twice", None)).total == expected


def test_blanks_that_count_nothing() -> None:
    """SC012: where the published rule says so a blank counts nothing, up to its limit over the whole total."""
    rule = {"method": "zero", "allowed": 1, "counted_over": "total", "evidence": VERIFIED}
    made = card(scales=[scale(missing=rule), scale(code="half", items=["q1", "q2"], missing=rule)])
    assert score(made, answered("always", "always", "always", None)).total == 9
    result = score(made, answered("always", "always", None, None))
    assert (result.total, result.subscales["half"]) == (None, None)


GATED = {
    "asked_if": {"item": "q1", "answers": ["always"]},
    "implied": "never",
    "answered_anyway": "keep",
    "evidence": VERIFIED,
}


def gated(**changes: Any) -> Card:
    skip = {key: value for key, value in (GATED | changes).items() if value is not None}
    items: list[dict[str, Any]] = [{"code": code, "topic": code} for code in FOUR]
    items[3] = items[3] | {"skip": skip}
    return card(items=items)


def test_skip_implies_an_answer() -> None:
    """SC027: an item rightly not asked takes its implied answer, but is not counted as answered."""
    result = score(gated(), answered("once", "once", "once", None))
    assert (result.total, result.n_answered) == (3, 3)
    assert score(gated(), answered("always", "once", "once", None)).total is None
    assert score(gated(), answered(None, "once", "once", None)).total is None
    assert score(gated(), answered("once", "once", "once", "not_asked")).total == 3


def test_a_refusal_is_not_a_skip() -> None:
    """SC028: somebody who was asked and refused is missing even where the question could be skipped."""
    for missing in ("refused", "dont_know", "skipped"):
        assert score(gated(), answered("once", "once", "once", missing)).total is None


def test_answered_though_it_should_not_have_been_asked() -> None:
    """SC029: a contradictory answer is kept, or becomes missing, as the card says."""
    contradictory = answered("once", "once", "once", "always")
    assert score(gated(), contradictory).total == 6
    assert score(gated(answered_anyway="missing"), contradictory).total is None
    assert score(gated(answered_anyway="missing"), answered("once", "once", "once", "never")).total == 3
    assert score(gated(answered_anyway="missing", implied=None), contradictory).total is None


def test_a_draft_skip_is_off() -> None:
    """SC030: a skip that is still draft implies nothing by default."""
    answers = answered("once", "once", "once", None)
    assert score(gated(evidence=DRAFT), answers).total is None
    assert score(gated(evidence=DRAFT), answers, drafts=True).total == 3
