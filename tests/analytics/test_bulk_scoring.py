"""Answers as numbers, what bulk scoring refuses, and what it hands back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from karama.analytics.scoring import (
    ABSENT,
    DOES_NOT_APPLY,
    MISSING,
    NO,
    UNKNOWN,
    YES,
    answer_codes,
    bulk_score,
    encode,
)
from karama.knowledge.loader import instrument
from karama.rules.scoring import AnswersError, CardError
from tests.rules.scoring_card import FOUR, card

PHQ9 = instrument("phq9")
ITEMS = [f"q{n}" for n in range(1, 10)]


def columns(*rows: list[int]) -> dict[str, np.ndarray[Any, np.dtype[np.uint8]]]:
    return {item: np.array([row[n] for row in rows], dtype=np.uint8) for n, item in enumerate(ITEMS)}


WRITTEN = ["not_at_all", None, "refused", "nearly_every_day"]


@pytest.mark.parametrize(
    "written",
    [
        WRITTEN,
        np.array(WRITTEN, dtype=object),
        pa.array(WRITTEN),
        pa.array(WRITTEN).dictionary_encode(),
        pa.chunked_array([WRITTEN[:1], WRITTEN[1:]]),
        pa.chunked_array([pa.array(WRITTEN[:3]).dictionary_encode(), pa.array(WRITTEN[3:]).dictionary_encode()]),
    ],
    ids=["list", "objects", "arrow", "dictionary", "chunks", "dictionaries"],
)
def test_answers_become_numbers(written: Any) -> None:
    """AN306: the same answers give the same numbers from every kind of column, missing codes with the high bit."""
    codes = encode(PHQ9, "q1", written)
    assert codes.dtype == np.uint8
    assert codes.tolist() == [0, ABSENT, MISSING["refused"], 3]
    assert all(number >= 0x80 for number in (*MISSING.values(), ABSENT))


def test_no_rows_and_empty_columns_are_fine() -> None:
    """AN307: nothing to score gives columns of nothing, and a column of nulls is a column of absent answers."""
    assert encode(PHQ9, "q1", pa.chunked_array([], pa.string())).tolist() == []
    assert bulk_score(PHQ9, {}, 0).to_arrow().num_rows == 0
    assert encode(PHQ9, "q1", [None, None]).tolist() == [ABSENT, ABSENT]
    assert bulk_score(PHQ9, {}, 2).row(1).why_no_total == "missing_answers"


def test_an_answer_that_is_none_is_refused_without_being_shown() -> None:
    """AN308: an unknown answer is refused with its item and row; the sentence never repeats the answer."""
    with pytest.raises(AnswersError, match="item 'q1', row 2") as refused:
        encode(PHQ9, "q1", ["not_at_all", "mistyped"])
    assert "mistyped" not in str(refused.value)


@pytest.mark.parametrize("stranger", [4, 127, ABSENT + 1, 255])
def test_a_number_that_is_none_is_refused(stranger: int) -> None:
    """AN309: a byte that is neither an answer of the item nor a missing code is refused, also far down the column."""
    given = {item: np.zeros(100_000, dtype=np.uint8) for item in ITEMS}
    given["q4"][95_000:] = MISSING["skipped"]
    given["q4"][99_998] = stranger
    with pytest.raises(AnswersError, match=r"item 'q4', row 99999"):
        bulk_score(PHQ9, given)


@pytest.mark.parametrize(
    ("given", "about", "says"),
    [
        ({"q77": ["not_at_all"]}, {}, "no item 'q77'"),
        ({"q1": ["not_at_all"], "q2": []}, {}, "item 'q2' has 0 rows instead of 1"),
        ({}, {}, "how many rows"),
        ({"q1": [1, 2]}, {}, "column of texts"),
        ({"q1": np.array([0.0])}, {}, "column of texts"),
        ({"q1": np.array([-1])}, {}, "none of its 4 answers"),
        ({"q1": np.zeros((2, 2), dtype=np.int64)}, {}, "one number per row"),
        ({"q1": ["refused"]}, {"age": [20, 30]}, "age: there are 2 rows"),
        ({"q1": ["refused"]}, {"age": [20.5]}, "completed years"),
        ({"q1": ["refused"]}, {"age": ["twenty"]}, "completed years"),
        ({"q1": ["refused"]}, {"sex": ["F", "M"]}, "sex: there are 2 rows"),
        ({"q1": ["refused"]}, {"language": [3]}, "language: a column of texts"),
    ],
)
def test_bad_columns_are_refused_with_a_sentence(given: Any, about: Any, says: str) -> None:
    """AN310: unknown items, uneven columns, numbers out of range and odd ages are refused, naming what is wrong."""
    with pytest.raises(AnswersError, match=says):
        bulk_score(PHQ9, given, **about)


def test_free_words_have_no_numbers() -> None:
    """AN311: a column of free words is accepted and not read; asking for its numbers is refused."""
    with pytest.raises(AnswersError, match="fixed answers"):
        answer_codes(instrument("psychlops"), "q1a")
    assert bulk_score(instrument("psychlops"), {"q1a": ["anything", None]}).n == 2


def test_a_value_that_is_no_whole_number_is_refused() -> None:
    """AN312: a card with broken values is refused rather than summed in another order than the row scorer's."""
    halves = card(answer_sets={"often": {"never": 0, "once": 0.1, "twice": 2, "always": 3}})
    with pytest.raises(CardError, match="no whole number"):
        bulk_score(halves, {item: ["never"] for item in FOUR})


def test_without_a_score_there_is_no_number_that_could_pass_for_one() -> None:
    """AN313: where there is no total, the value is never zero and lies above the highest score; Arrow gives null."""
    scored = bulk_score(PHQ9, columns([0] * 9, [1] * 8 + [MISSING["refused"]], [3] * 9))
    assert scored.total is not None
    assert scored.total.valid.tolist() == [True, False, True]
    assert scored.total.values[1] > PHQ9.scale("total").highest
    assert scored.total.known().tolist() == [0, 27]
    assert scored.to_arrow()["total"].to_pylist() == [0, None, 27]
    assert scored.to_arrow()["band.severity"].to_pylist() == ["none/minimal", None, "severe"]


def test_a_safety_answer_counts_whatever_the_total() -> None:
    """AN314: item nine above zero is positive without a total, and a missing item nine is unknown, not negative."""
    refused = MISSING["refused"]
    scored = bulk_score(PHQ9, columns([refused] * 8 + [1], [3] * 8 + [refused], [3] * 8 + [0]))
    assert scored.safety["self_harm"].tolist() == [YES, UNKNOWN, NO]
    assert scored.to_arrow()["safety.self_harm"].to_pylist() == ["positive", "unknown", "negative"]


def test_a_cutoff_applies_only_to_its_population() -> None:
    """AN315: a line for one population says "does not apply" of the others, and is left out when it is for nobody."""
    given = columns([2] * 9, [2] * 9)
    assert set(bulk_score(PHQ9, given).cutoffs) == {"depression_general"}
    mixed = bulk_score(PHQ9, given, population=["nhs_talking_therapies", None])
    assert mixed.cutoffs["nhs_case"].tolist() == [YES, DOES_NOT_APPLY]
    assert mixed.to_arrow()["cutoff.nhs_case"].to_pylist() == [True, None]


def test_outside_the_ages_there_is_no_score_but_safety_stays() -> None:
    """AN316: too young for the instrument means no results, while safety states and the number answered stay."""
    asq = instrument("asq")
    scored = bulk_score(asq, {item.code: ["yes", "yes"] for item in asq.items}, age=pa.array([5, None]))
    assert scored.outside_age.tolist() == [True, False]
    assert scored.row(0).algorithms == {}
    assert scored.row(0).safety == scored.row(1).safety
    assert scored.row(0).n_answered == len(asq.items)


def test_columns_are_read_and_never_written() -> None:
    """AN317: the columns handed in are unchanged afterwards, also where answers were skipped or implied."""
    dast = instrument("dast10")
    given = {item.code: np.arange(50, dtype=np.uint8) % 2 for item in dast.items}
    before = {item: column.copy() for item, column in given.items()}
    for column in given.values():
        column.flags.writeable = False
    bulk_score(dast, given)
    assert all((given[item] == before[item]).all() for item in given)
