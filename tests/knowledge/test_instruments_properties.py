"""What holds for every instrument and any answers."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karama.knowledge.loader import instrument, instruments
from karama.rules.scoring import (
    MISSING_CODES,
    Card,
    score,
)

CODES = instruments()


@st.composite
def responses(draw: st.DrawFn, code: str) -> dict[str, str | None]:
    card = instrument(code)
    rng = draw(st.randoms(use_true_random=False))
    gaps = draw(st.sampled_from([0.0, 0.0, 0.05, 0.3, 1.0]))
    return {item.code: _drawn(card, item.answers, rng, gaps) for item in card.items}


def _drawn(card: Card, answers: str | None, rng: random.Random, gaps: float) -> str | None:
    if rng.random() < gaps:
        return rng.choice([None, *MISSING_CODES])
    return "words" if answers is None else rng.choice(list(card.answer_set(answers).values()))


FEW = settings(max_examples=25)
EACH = pytest.mark.parametrize("code", CODES)


@EACH
@FEW
@given(st.data())
def test_the_order_of_answers_does_not_matter(code: str, data: st.DataObject) -> None:
    """KN012: the same answers in another order score the same."""
    answers = data.draw(responses(code))
    order = data.draw(st.permutations(list(answers)))
    assert score(instrument(code), {item: answers[item] for item in order}) == score(instrument(code), answers)


@EACH
@FEW
@given(st.data())
def test_a_missing_answer_never_raises_a_total(code: str, data: st.DataObject) -> None:
    """KN013: taking one scored answer away gives no total, or one that is no higher."""
    answers = data.draw(responses(code))
    item = data.draw(st.sampled_from([item.code for item in instrument(code).items if item.scored]))
    before, after = score(instrument(code), answers), score(instrument(code), answers | {item: "refused"})
    pairs = [(before.total, after.total)] + [(before.subscales[s], after.subscales[s]) for s in before.subscales]
    for earlier, later in pairs:
        assert later is None or (earlier is not None and later <= earlier)


@EACH
@FEW
@given(st.data(), st.booleans())
def test_scores_stay_in_range(code: str, data: st.DataObject, drafts: bool) -> None:
    """KN014: every score lies within the range its card states, drafts included."""
    card = instrument(code)
    result = score(card, data.draw(responses(code)), drafts=drafts)
    scores = dict(result.subscales) | ({card.total: result.total} if card.total else {})
    for scale, value in scores.items():
        if value is not None:
            assert card.scale(scale).lowest <= value <= card.scale(scale).highest


@EACH
@FEW
@given(st.data())
def test_safety_does_not_depend_on_the_total(code: str, data: st.DataObject) -> None:
    """KN015: changing every answer a safety rule does not read changes no safety signal."""
    card = instrument(code)
    one, other = data.draw(responses(code)), data.draw(responses(code))
    reads = read_by_safety(card)
    mixed = {item: one[item] if item in reads else other[item] for item in one}
    assert score(card, mixed).safety == score(card, one).safety
    only = {item: one[item] for item in one if item in reads}
    assert score(card, only).safety == score(card, one).safety


def read_by_safety(card: Card) -> set[str]:
    from karama.rules.scoring.conditions import items_of

    reads = set(itertools.chain.from_iterable(items_of(rule.when) for rule in card.safety))
    while True:
        more = {i for item in card.items if item.code in reads and item.skip for i in items_of(item.skip.asked_if)}
        if more <= reads:
            return reads
        reads |= more
