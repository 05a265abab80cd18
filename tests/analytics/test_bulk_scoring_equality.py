"""The row scorer and the bulk scorer say the same of every response."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karama.analytics.scoring import block, bulk, scales, values
from karama.knowledge.loader import cases, instrument, instruments
from karama.rules.scoring import Card, score
from tests.analytics.scoring_rows import differences, in_bulk, one_by_one, people
from tests.rules.scoring_card import VERIFIED, card, scale

CODES = instruments()
EACH = pytest.mark.parametrize("code", CODES)
FEW = settings(max_examples=15)
PRORATED = {"missing": {"method": "prorate", "allowed": 2, "evidence": VERIFIED}}


@EACH
@FEW
@given(
    st.integers(0, 2**32), st.sampled_from([0.0, 0.0, 0.02, 0.15, 0.5, 1.0]), st.booleans(), st.sampled_from([0.0, 0.2])
)
def test_both_scorers_agree(code: str, seed: int, gaps: float, drafts: bool, left_out: float) -> None:
    """AN300: for every instrument, any age, sex and missing answer, the bulk scorer equals the row scorer."""
    known = instrument(code)
    rng = random.Random(seed)
    answered = people(known, rng, 12, gaps)
    without = frozenset(item.code for item in known.items if rng.random() < left_out)
    found = in_bulk(known, answered, drafts=drafts, without=without)
    assert not differences(found, one_by_one(known, answered, drafts=drafts, without=without))


def test_both_scorers_agree_on_twenty_thousand_rows() -> None:
    """AN301: over all instruments together, 20,000 random rows with gaps score the same in both."""
    each = -(-20_000 // len(CODES))
    for place, code in enumerate(CODES):
        known = instrument(code)
        answered = people(known, random.Random(place), each, (0.0, 0.03, 0.2)[place % 3])
        assert not differences(in_bulk(known, answered), one_by_one(known, answered)), code


@EACH
def test_worked_answers_score_the_same_in_bulk(code: str) -> None:
    """AN302: the worked answers of every instrument, each as a column of one, score as in the row scorer."""
    known = instrument(code)
    for case in cases(code):
        about = {key: case[key] for key in ("age", "sex", "population", "language", "drafts") if key in case}
        columns = {item: [answer] for item, answer in case["answers"].items()}
        assert bulk.bulk_score(known, columns, 1, **about).row(0) == score(known, case["answers"], **about)


MADE_UP: dict[str, dict[str, Any]] = {
    "prorated sum": {"scales": [scale(**PRORATED)]},
    "prorated with halves": {"scales": [scale(**PRORATED, items=["q1", "q2", "q3"], highest=9)]},
    "prorated count": {"scales": [scale(**PRORATED, method="count", highest=4, count_from=2)]},
    "prorated and doubled": {"scales": [scale(**PRORATED, multiply=2, highest=24)]},
    "mean of what was answered": {"scales": [scale(**PRORATED, method="mean", highest=3)]},
    "mean with gaps as nothing": {
        "scales": [
            scale(missing={"method": "zero", "allowed": 3, "evidence": VERIFIED}, method="mean", highest=3),
        ]
    },
    "highest": {"scales": [scale(**PRORATED, method="max", highest=3)]},
    "divided": {"scales": [scale(**PRORATED, divide=7, highest=12 / 7)]},
    "times a fraction": {"scales": [scale(**PRORATED, multiply=0.1, highest=12 * 0.1)]},
    "below nothing": {
        "answer_sets": {"often": {"never": -2, "once": 0, "twice": 1, "always": 500}},
        "scales": [scale(**PRORATED, lowest=-8, highest=2000)],
    },
    "highest below nothing": {
        "answer_sets": {"often": {"never": -9, "once": -5, "twice": -3, "always": -1}},
        "scales": [scale(**PRORATED, method="max", lowest=-9, highest=-1)],
    },
    "highest of unlike items": {
        "answer_sets": {"often": {"never": 0, "once": 1, "twice": 2, "always": 3}, "change": {"less": -7, "more": -2}},
        "items": [
            {"code": f"q{n}", "topic": "a topic", "answers": "change" if n < 3 else "often"} for n in range(1, 5)
        ],
        "scales": [scale(**PRORATED, method="max", lowest=-7, highest=3)],
    },
    "reversed and uneven": {
        "answer_sets": {"often": {"never": 0, "once": 1, "twice": 3, "always": 5}},
        "items": [{"code": f"q{n}", "topic": "a topic", "reverse": n % 2 == 0} for n in range(1, 5)],
        "scales": [scale(**PRORATED, highest=20)],
    },
    "recoded": {
        "answer_sets": {
            "often": {"never": 0, "once": 1, "twice": 2, "always": 3},
            "backwards": {"always": 0, "never": 7, "twice": 1, "once": 1},
        },
        "scales": [scale(**PRORATED, recodes={"q2": "backwards"}, highest=16)],
    },
    "banded": {
        "scales": [scale(**PRORATED, divide=4, highest=3)],
        "bandings": [
            {
                "code": "b",
                "scale": "total",
                "evidence": VERIFIED,
                "step": 0.25,
                "bands": [{"low": 0, "high": 1.25, "label": "low"}, {"low": 1.5, "high": 3, "label": "high"}],
            }
        ],
    },
}


@pytest.mark.parametrize("name", MADE_UP)
def test_every_method_agrees(name: str) -> None:
    """AN303: each method, missing rule, recode and multiplier of the scoring language agrees, whole number or float."""
    made = card(**MADE_UP[name])
    for seed, gaps in enumerate((0.0, 0.1, 0.4, 0.8)):
        answered = people(made, random.Random(seed), 400, gaps)
        assert not differences(in_bulk(made, answered), one_by_one(made, answered))


def test_blocks_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    """AN304: rows score the same whichever block they fall in, also when some blocks are complete and some are not."""
    monkeypatch.setattr(bulk, "ROWS", 7)
    known = instrument("phq9")
    answered = people(known, random.Random(5), 100, 0.02)
    assert not differences(in_bulk(known, answered), one_by_one(known, answered))


def _half_up(x: Any, *_: Any, **__: Any) -> Any:
    return np.floor(np.asarray(x) + 0.5)


def _missing_is_zero(_self: block.Block, _item: str) -> None:
    return None


def _no_reversal(_item: Any, own: dict[str, Any]) -> dict[str, Any]:
    return own


def _answers_missing(card: Card) -> bool:
    answered = people(card, random.Random(8), 400, 0.25)
    return bool(differences(in_bulk(card, answered), one_by_one(card, answered)))


MUTANTS: dict[str, tuple[Any, str, Callable[..., Any], Callable[[], Card]]] = {
    "half rounds up": (scales.np, "rint", _half_up, lambda: card(**MADE_UP["prorated with halves"])),
    "missing is zero": (block.Block, "given", _missing_is_zero, lambda: card()),
    "reversal dropped": (values, "item_values", _no_reversal, lambda: card(**MADE_UP["reversed and uneven"])),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_bulk_scorer_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """AN305: rounding half up, counting a missing answer as zero and dropping a reversal each break the equality."""
    where, what, wrong, made = MUTANTS[name]
    assert not _answers_missing(made())
    monkeypatch.setattr(where, what, wrong)
    assert _answers_missing(made())
