"""The scorer itself, on small cards made for the purpose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from karama.rules.scoring import (
    AnswersError,
    Card,
    CodingError,
    card_from,
    codings,
    decode,
    lock,
    locked_because,
    score,
    without_drafts,
)

VERIFIED = "verified: made for this test"
DRAFT = "draft: made for this test"
FOUR = ("q1", "q2", "q3", "q4")


def card(**changes: Any) -> Card:
    data: dict[str, Any] = {
        "code": "made_up",
        "version": "1",
        "name": "Made up",
        "audience": "participant",
        "recall": "one week",
        "total": "total",
        "reviewer": "not yet reviewed",
        "review_date": "",
        "topics_evidence": VERIFIED,
        "answers": "often",
        "items": [{"code": code, "topic": code} for code in FOUR],
        "answer_sets": {"often": {"never": 0, "once": 1, "twice": 2, "always": 3}},
        "licence": {"terms": "free", "permission_required": False, "evidence": VERIFIED},
        "scales": [scale()],
    }
    data.update(changes)
    return card_from(data)


def scale(**changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": "total",
        "label": "total",
        "items": list(FOUR),
        "method": "sum",
        "lowest": 0,
        "highest": 12,
        "higher": "worse",
        "evidence": VERIFIED,
    }
    data.update(changes)
    return data


def answered(*answers: str | None) -> dict[str, str | None]:
    return dict(zip(FOUR, answers, strict=True))


SAFETY = {"code": "harm", "kind": "suicide", "grade": "today", "evidence": VERIFIED}
HARM = SAFETY | {"when": {"item": "q4", "value": 1}}


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


def test_bands_have_edges() -> None:
    """SC013: a score has the band whose lower edge it reaches last."""
    bands = [
        {"low": 0, "high": 4, "label": "low"},
        {"low": 5, "high": 9, "label": "middle"},
        {"low": 10, "high": 12, "label": "high"},
    ]
    made = card(bandings=[{"code": "b", "scale": "total", "evidence": VERIFIED, "bands": bands}])
    for answers, label in (
        (("always", "once", "never", "never"), "low"),
        (("always", "twice", "never", "never"), "middle"),
        (("always", "always", "always", "once"), "high"),
        (("always", "always", "always", None), None),
    ):
        assert score(made, answered(*answers)).band == label


def test_draft_bands_give_no_band() -> None:
    """SC014: a draft band, or a draft set of bands, gives no band by default."""
    bands = [
        {"low": 0, "high": 4, "label": "low"},
        {"low": 5, "high": 12, "label": "high", "evidence": DRAFT},
    ]
    one = card(bandings=[{"code": "b", "scale": "total", "evidence": VERIFIED, "bands": bands}])
    high = answered("always", "always", "never", "never")
    assert score(one, high).band is None
    assert score(one, high, drafts=True).band == "high"
    assert score(one, answered("once", "never", "never", "never")).band == "low"
    every = card(bandings=[{"code": "b", "scale": "total", "evidence": DRAFT, "bands": bands}])
    assert score(every, answered("never", "never", "never", "never")).band is None


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
    for age in (8, 18, None):
        assert score(made, answers, age=age).total == 4


def test_a_draft_age_limit_still_limits() -> None:
    """SC017: an age limit that is still draft is applied, because it only makes us more careful."""
    made = card(age={"lowest": 14, "evidence": DRAFT})
    assert score(made, answered("once", "once", "once", "once"), age=13).why_no_total == "outside_age"


def test_safety_is_apart_from_the_total() -> None:
    """SC018: a safety answer alone signals, with the lowest total and with no total at all."""
    made = card(safety=[HARM])
    assert score(made, answered("never", "never", "never", "once")).safety[0].state == "positive"
    assert score(made, {"q4": "once"}).safety[0].state == "positive"
    assert score(made, answered("always", "always", "always", "never")).safety[0].state == "negative"


def test_a_missing_safety_answer_is_unknown() -> None:
    """SC019: a missing safety answer is unknown, never negative."""
    made = card(safety=[HARM])
    for missing in (None, "skipped", "refused", "not_asked", "dont_know"):
        result = score(made, answered("never", "never", "never", missing))
        assert result.safety[0].state == "unknown"


def test_a_refusal_may_count_as_positive() -> None:
    """SC020: a safety rule may list a missing code, which then fires."""
    rule = SAFETY | {"when": {"item": "q4", "answers": ["always", "refused"]}}
    made = card(safety=[rule])
    assert score(made, {"q4": "refused"}).safety[0].state == "positive"
    assert score(made, {"q4": "skipped"}).safety[0].state == "unknown"


def test_draft_safety_stays_on_and_locks() -> None:
    """SC021: a draft safety rule still signals, and locks the instrument whatever the permissions."""
    made = card(safety=[HARM | {"evidence": DRAFT}])
    assert score(made, {"q4": "always"}).safety[0].state == "positive"
    assert locked_because(made) == "draft_safety"
    assert lock(made, {"made_up"}) == "draft_safety"


def test_permission_lock() -> None:
    """SC022: an instrument whose owner wants to be asked is locked until that permission is recorded."""
    made = card(licence={"terms": "ask", "permission_required": True, "evidence": VERIFIED})
    assert lock(made, ()) == "permission_required"
    assert lock(made, {"another"}) == "permission_required"
    assert lock(made, {"made_up"}) is None
    assert locked_because(made) is None
    assert lock(card(), ()) is None


def test_cutoffs_apply_only_where_everything_matches() -> None:
    """SC023: a cut-off applies only where its population, sex, language and age are known and match."""
    cut = {
        "code": "here",
        "scale": "total",
        "population": "valley",
        "purpose": "screening",
        "at_least": 4,
        "sex": "F",
        "languages": ["ar"],
        "age_from": 18,
        "age_to": 60,
        "evidence": VERIFIED,
    }
    general = cut | {"code": "all", "population": "general", "sex": "F", "languages": [], "at_least": 5}
    made = card(cutoffs=[cut, {k: v for k, v in general.items() if k not in ("sex", "age_from", "age_to")}])
    answers = answered("once", "once", "once", "once")
    right: dict[str, Any] = {"population": "valley", "sex": "F", "language": "ar", "age": 18}
    assert score(made, answers, **right).cutoffs == {"here": True, "all": False}
    for wrong in ({"population": "hill"}, {"sex": "M"}, {"language": "fr"}, {"age": 61}, {"age": 17}):
        assert "here" not in score(made, answers, **(right | wrong)).cutoffs
    for key in right:
        assert "here" not in score(made, answers, **(right | {key: None})).cutoffs
    assert score(made, answered("once", "once", "once", None), **right).cutoffs == {"here": None, "all": None}


def test_a_cutoff_at_most() -> None:
    """SC024: a line may be met from below."""
    cut = {"code": "low", "scale": "total", "population": "general", "purpose": "p", "at_most": 3}
    made = card(cutoffs=[cut | {"evidence": VERIFIED}])
    assert score(made, answered("once", "once", "once", "never")).cutoffs == {"low": True}
    assert score(made, answered("once", "once", "once", "once")).cutoffs == {"low": False}


def test_ordered_rules_and_undetermined() -> None:
    """SC025: the first rule that holds names the result, and an unknown rule before it leaves it open."""
    rules = [
        {"label": "high", "when": {"items": ["q1", "q2"], "value": 2, "count": 1}},
        {"label": "low", "when": {"item": "q3", "value": 1}},
    ]
    made = card(algorithms=[{"code": "a", "otherwise": "none", "evidence": VERIFIED, "rules": rules}])
    for answers, label in (
        ({"q1": "twice"}, "high"),
        ({"q1": "never", "q2": "never", "q3": "once"}, "low"),
        ({"q1": "never", "q3": "once"}, "undetermined"),
        ({"q1": "never", "q2": "never", "q3": "never"}, "none"),
        ({}, "undetermined"),
    ):
        assert score(made, answers).algorithms["a"] == label


def test_missing_ignored_only_where_published() -> None:
    """SC026: where the rule ignores missing answers, only all of them missing leaves it open."""
    rules = [{"label": "yes", "when": {"items": list(FOUR), "value": 2, "count": 1}}]
    made = card(
        algorithms=[{"code": "a", "otherwise": "no", "evidence": VERIFIED, "missing": "ignored", "rules": rules}]
    )
    assert score(made, {"q1": "once"}).algorithms["a"] == "no"
    assert score(made, {"q1": "twice"}).algorithms["a"] == "yes"
    assert score(made, answered("refused", "refused", None, "skipped")).algorithms["a"] == "undetermined"


GATED = {
    "asked_if": {"item": "q1", "answers": ["always"]},
    "implied": "never",
    "answered_anyway": "keep",
    "evidence": VERIFIED,
}


def gated(**changes: Any) -> Card:
    skip = {key: value for key, value in (GATED | changes).items() if value is not None}
    items = [{"code": code, "topic": code} for code in FOUR]
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


def test_without_drafts_keeps_only_what_was_checked() -> None:
    """SC036: the card for use has no draft scale, cut-off, algorithm or change input, and all its safety."""
    made = card(
        scales=[scale(), scale(code="unsure", evidence=DRAFT)],
        cutoffs=[
            {"code": "c", "scale": "total", "population": "general", "purpose": "p", "at_least": 1}
            | {"evidence": DRAFT}
        ],
        algorithms=[
            {
                "code": "reads_a_draft",
                "otherwise": "no",
                "evidence": VERIFIED,
                "rules": [{"label": "yes", "when": {"scale": "unsure", "value": 1}}],
            }
        ],
        reliable_change=[{"scale": "total", "alpha": 0.9, "evidence": DRAFT}],
        safety=[HARM | {"evidence": DRAFT}],
    )
    usable = without_drafts(made)
    assert [s.code for s in usable.scales] == ["total"]
    assert (usable.cutoffs, usable.algorithms, usable.reliable_change) == ((), (), ())
    assert usable.safety == made.safety
    assert without_drafts(replace(made, total="unsure")).total is None
