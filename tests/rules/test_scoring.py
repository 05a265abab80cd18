"""The scorer itself, on small cards made for the purpose."""

from __future__ import annotations

import pytest

from karama.rules.scoring import (
    AnswersError,
    CodingError,
    codings,
    decode,
    score,
)
from tests.rules.scoring_card import DRAFT, FOUR, HARM, VERIFIED, answered, card, scale


def test_reverse() -> None:
    """SC003: a reversed item counts lowest plus highest minus its value."""
    items = [{"code": code, "topic": code, "reverse": code == "q2"} for code in FOUR]
    made = card(items=items)
    assert score(made, answered("never", "never", "never", "never")).total == 3
    assert score(made, answered("never", "once", "never", "never")).total == 2
    assert score(made, answered("never", "always", "never", "never")).total == 0


@pytest.mark.parametrize(
    ("method", "total"), [("sum", 6), ("mean", 1.5), ("count", 3), ("max", 3)], ids=lambda value: str(value)
)
def test_methods(method: str, total: float) -> None:
    """SC004: a scale is the sum, the mean, the count or the largest of its items."""
    made = card(scales=[scale(method=method)])
    assert score(made, answered("always", "twice", "once", "never")).total == total


def test_count_from() -> None:
    """SC005: a count counts the items whose value reaches its own line."""
    made = card(scales=[scale(method="count", count_from=2)])
    assert score(made, answered("always", "twice", "once", "never")).total == 2


def test_multiply_then_divide() -> None:
    """SC006: a scale is multiplied, then divided."""
    made = card(scales=[scale(multiply=100, divide=12)])
    assert score(made, answered("always", "always", "always", "always")).total == 100.0
    assert score(made, answered("always", "always", "once", "never")).total == 700 / 12


def test_recodes_replace_values_in_one_scale() -> None:
    """SC007: a recode changes the values of an item in its own scale only."""
    made = card(
        answer_sets={
            "often": {"never": 0, "once": 1, "twice": 2, "always": 3},
            "short": {"never": 0, "once": 1, "twice": 1, "always": 1},
        },
        scales=[scale(), scale(code="recoded", recodes={"short": ["q1", "q2"]})],
    )
    result = score(made, answered("always", "always", "always", "once"))
    assert result.total == 10
    assert result.subscales == {"recoded": 6}


def test_a_draft_total_says_why() -> None:
    """SC015: a total whose formula is draft is absent by default and says why."""
    made = card(scales=[scale(evidence=DRAFT)])
    result = score(made, answered("once", "once", "once", "once"))
    assert (result.total, result.why_no_total) == (None, "draft_rule")
    assert score(made, answered("once", "once", "once", "once"), drafts=True).total == 4


def test_outside_the_age_range_there_is_no_score() -> None:
    """SC016: outside its ages an instrument gives no score or algorithm, and still its safety signal."""
    made = card(
        age={"lowest": 8, "highest": 18, "evidence": VERIFIED},
        safety=[HARM],
        algorithms=[
            {
                "code": "a",
                "otherwise": "no",
                "evidence": VERIFIED,
                "rules": [{"label": "yes", "when": {"item": "q1", "value": 1}}],
            }
        ],
    )
    answers = answered("once", "once", "once", "once")
    for age in (7, 19):
        result = score(made, answers, age=age)
        assert (result.total, result.why_no_total, result.algorithms) == (None, "outside_age", {})
        assert result.safety[0].state == "positive"
    inside: tuple[int | None, ...] = (8, 18, None)
    for age_or_none in inside:
        assert score(made, answers, age=age_or_none).total == 4


def test_a_draft_age_limit_still_limits() -> None:
    """SC017: an age limit that is still draft is applied, because it only makes us more careful."""
    made = card(age={"lowest": 14, "evidence": DRAFT})
    assert score(made, answered("once", "once", "once", "once"), age=13).why_no_total == "outside_age"


def test_unknown_items_and_answers_are_refused_without_the_value() -> None:
    """SC031: an item or answer that is not on the card is refused, and the message repeats no answer."""
    with pytest.raises(AnswersError, match="no item 'q9'"):
        score(card(), {"q9": "once"})
    with pytest.raises(AnswersError, match="item 'q1'") as raised:
        score(card(), {"q1": "SECRET-ANSWER"})
    assert "SECRET-ANSWER" not in str(raised.value)


def test_free_words_are_never_scored() -> None:
    """SC032: own words are accepted, never scored and never counted."""
    items = [{"code": code, "topic": code} for code in FOUR]
    made = card(items=[*items, {"code": "own", "topic": "own words", "answers": "words"}])
    result = score(made, answered("once", "once", "once", "once") | {"own": "anything at all"})
    assert (result.total, result.n_answered, result.n_items) == (4, 4, 4)


def test_decode_by_a_named_coding() -> None:
    """SC033: a raw number becomes the answer its named coding gives it; special codes are missing."""
    raw = {"1": "always", "2": "twice", "3": "once", "4": "never", "7": "refused"}
    made = card(codings=[{"code": "turned", "answer_set": "often", "raw": raw, "evidence": VERIFIED}])
    assert codings(made) == ("values", "turned")
    assert decode(made, "values", "q1", "3") == "always"
    assert decode(made, "turned", "q1", "3") == "once"
    assert decode(made, "turned", "q1", 1.0) == "always"
    assert decode(made, "turned", "q1", " ٢ ") == "twice"
    assert decode(made, "turned", "q1", "7") == "refused"
    for nothing in (None, "", "  ", float("nan")):
        assert decode(made, "turned", "q1", nothing) == "not_asked"
    assert decode(made, "turned", "q1", "refused") == "refused"
    assert decode(made, "turned", "q1", "once") == "once"


def test_decode_refuses_what_it_does_not_know() -> None:
    """SC034: a value outside the coding is refused, never guessed and never repeated."""
    for raw in ("9", "2.5", "-1", "SECRET", "=1+1", "1e999"):
        with pytest.raises(CodingError, match="'q1'") as raised:
            decode(card(), "values", "q1", raw)
        assert raw not in str(raised.value)
    with pytest.raises(CodingError, match="no coding 'other'"):
        decode(card(), "other", "q1", "1")
    with pytest.raises(CodingError, match="no item 'q9'"):
        decode(card(), "values", "q9", "1")


def test_decode_refuses_a_value_that_two_answers_share() -> None:
    """SC035: a number that two answers share stands for neither."""
    made = card(answer_sets={"often": {"never": 0, "not_applicable": 0, "always": 1}})
    assert decode(made, "values", "q1", "1") == "always"
    with pytest.raises(CodingError):
        decode(made, "values", "q1", "0")
