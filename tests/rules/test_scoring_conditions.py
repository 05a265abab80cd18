"""Three-valued conditions, and reading and checking cards."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.scoring import CardError, card_from, validate
from karama.rules.scoring.conditions import (
    AnswerIs,
    Condition,
    CountOf,
    Not,
    ScaleAtLeast,
    ValueAtLeast,
    compiled,
    every,
    holds,
    items_of,
    scales_of,
    some,
)
from karama.rules.scoring.written_conditions import condition_from

ITEMS = ("a", "b", "c")
LEAVES: st.SearchStrategy[Condition] = st.one_of(
    st.builds(ValueAtLeast, st.sampled_from(ITEMS), st.integers(0, 3)),
    st.builds(AnswerIs, st.sampled_from(ITEMS), st.sampled_from([("0",), ("1", "2"), ("3", "refused")])),
)


def grown(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        several.flatmap(lambda c: st.builds(CountOf, st.integers(1, len(c)), st.just(c))), st.builds(Not, parts)
    )


CONDITIONS = st.recursive(LEAVES, grown, max_leaves=8)
ANSWERS = st.fixed_dictionaries(
    {item: st.sampled_from(["0", "1", "2", "3", None, "refused", "skipped"]) for item in ITEMS}
)


def values_of(answers: dict[str, str | None]) -> dict[str, int | float]:
    return {item: int(answer) for item, answer in answers.items() if answer is not None and answer.isdigit()}


@given(CONDITIONS, ANSWERS)
def test_what_is_known_stays_true_however_the_gaps_are_filled(
    condition: Condition, answers: dict[str, str | None]
) -> None:
    """SC050: a condition that is known with gaps stays so however the open gaps are answered."""
    known = holds(condition, answers, values_of(answers), {})
    gaps = [item for item in ITEMS if answers[item] is None]
    if known is None:
        return
    for fill in itertools.product("0123", repeat=len(gaps)):
        filled = answers | dict(zip(gaps, fill, strict=True))
        assert holds(condition, filled, values_of(filled), {}) is known


@given(CONDITIONS, ANSWERS)
def test_not_turns_and_keeps_unknown(condition: Condition, answers: dict[str, str | None]) -> None:
    """SC051: "not" turns true and false round and leaves unknown alone."""
    result = holds(condition, answers, values_of(answers), {})
    assert holds(Not(condition), answers, values_of(answers), {}) is (None if result is None else not result)


@given(st.lists(st.sampled_from(["0", "1", None]), min_size=3, max_size=3), st.integers(1, 3))
def test_counting_values_is_the_same_either_way(given_answers: list[str | None], least: int) -> None:
    """SC052: the quick way to count values and the general one agree."""
    answers = dict(zip(ITEMS, given_answers, strict=True))
    leaves = tuple(ValueAtLeast(item, 1) for item in ITEMS)
    quick = compiled(CountOf(least, leaves))
    general = compiled(CountOf(least, (*leaves[:2], every(leaves[2]))))
    assert quick(answers, values_of(answers), {}) is general(answers, values_of(answers), {})


def test_any_and_all_with_unknowns() -> None:
    """SC053: any is true at once, all is false at once, and otherwise a gap leaves both unknown."""
    yes, gap, no = (ValueAtLeast(item, 1) for item in ITEMS)
    values: dict[str, int | float] = {"a": 1, "c": 0}
    assert holds(some(gap, yes), {}, values, {}) is True
    assert holds(every(gap, no), {}, values, {}) is False
    assert holds(some(gap, no), {}, values, {}) is None
    assert holds(every(gap, yes), {}, values, {}) is None


def test_a_scale_without_score_is_unknown() -> None:
    """SC054: a condition on a scale without a score is unknown."""
    condition = ScaleAtLeast("total", 5)
    assert holds(condition, {}, {}, {"total": None}) is None
    assert holds(condition, {}, {}, {"total": 5}) is True
    assert holds(condition, {}, {}, {"total": 4}) is False


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ({"item": "a", "value": 2}, ValueAtLeast("a", 2)),
        ({"item": "a", "answers": ["yes"]}, AnswerIs("a", ("yes",))),
        ({"scale": "s", "value": 2}, ScaleAtLeast("s", 2)),
        (
            {"items": ["a", "b"], "value": 2, "values": {"b": 1}, "count": 2},
            CountOf(2, (ValueAtLeast("a", 2), ValueAtLeast("b", 1))),
        ),
        (
            {"items": ["a", "b"], "answers": ["y"], "count": 1},
            some(AnswerIs("a", ("y",)), AnswerIs("b", ("y",))),
        ),
        ({"all": [{"item": "a", "value": 1}]}, every(ValueAtLeast("a", 1))),
        ({"any": [{"item": "a", "value": 1}]}, some(ValueAtLeast("a", 1))),
        ({"count": 1, "of": [{"item": "a", "value": 1}]}, CountOf(1, (ValueAtLeast("a", 1),))),
        ({"not": {"item": "a", "value": 1}}, Not(ValueAtLeast("a", 1))),
    ],
)
def test_written_conditions(written: dict[str, Any], condition: Condition) -> None:
    """SC055: each written form stands for one tree of the five nodes."""
    assert condition_from(written) == condition


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"item": "a"},
        {"item": "a", "value": "2"},
        {"item": "a", "value": True},
        {"items": ["a"], "count": 1},
        {"items": ["a"], "value": 1},
        {"item": "a", "value": 1, "else": 2},
        {"all": [{"item": "a"}]},
        {"not": 3},
        {"any": [3]},
    ],
)
def test_badly_written_conditions_are_refused(written: dict[str, Any]) -> None:
    """SC056: a condition that is not whole is refused by its key."""
    with pytest.raises(CardError, match="condition"):
        condition_from(written)


def test_what_a_condition_reads() -> None:
    """SC057: a condition can say which items and scales it reads, each once."""
    condition = every(ValueAtLeast("a", 1), Not(AnswerIs("b", ("y",))), ScaleAtLeast("s", 1), ValueAtLeast("a", 2))
    assert items_of(condition) == ("a", "b")
    assert scales_of(condition) == ("s",)


OK = "verified: made for this test"


def data() -> dict[str, Any]:
    band = [{"low": 0, "high": 1, "label": "low"}, {"low": 2, "high": 2, "label": "high"}]
    scale = {"code": "total", "label": "t", "items": ["a", "b"], "method": "sum", "lowest": 0, "highest": 2}
    return {
        "code": "x", "version": "1", "name": "X", "audience": "participant", "recall": "now", "total": "total",
        "reviewer": "not yet reviewed", "review_date": "", "topics_evidence": OK, "answers": "yn",
        "items": [{"code": "a", "topic": "a"}, {"code": "b", "topic": "b"}],
        "answer_sets": {"yn": {"no": 0, "yes": 1}},
        "licence": {"terms": "free", "permission_required": False, "evidence": OK},
        "scales": [scale | {"higher": "worse", "evidence": OK}],
        "bandings": [{"code": "bands", "scale": "total", "evidence": OK, "bands": band}],
        "cutoffs": [
            {"code": "c", "scale": "total", "population": "general", "purpose": "p", "at_least": 1, "evidence": OK}
        ],
        "algorithms": [
            {"code": "g", "otherwise": "no", "evidence": OK,
             "rules": [{"label": "yes", "when": {"item": "a", "value": 1}}]}
        ],
        "safety": [
            {"code": "s", "kind": "suicide", "grade": "now", "evidence": OK, "when": {"item": "b", "value": 1}}
        ],
    }  # fmt: skip


def changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    whole = data()
    part: Any = whole
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return whole


def test_a_whole_card_is_valid() -> None:
    """SC058: a card with every part in order has nothing wrong."""
    assert validate(card_from(data())) == []


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("total",), "none", "total names the scale"),
        (("reviewer",), "", "reviewer is empty"),
        (("reviewer",), "A. Person", "review_date is empty"),
        (("items", 1, "code"), "a", "stands twice"),
        (("items", 0, "topic"), " ", "no topic"),
        (("items", 0, "answers"), "other", "does not exist"),
        (("items", 0, "loinc"), "1-1", "cites no source"),
        (("answer_sets", "yn", "refused"), 2, "missing code"),
        (("scales", 0, "items"), ["a", "z"], "no scored item"),
        (("scales", 0, "items"), ["a", "a"], "repeats an item"),
        (("scales", 0, "highest"), 3, "should run from 0 to 2"),
        (("scales", 0, "missing"), {"method": "zero", "allowed": 2, "evidence": OK}, "every item to be missing"),
        (("bandings", 0, "bands", 0, "high"), 0, "gap"),
        (("bandings", 0, "bands", 1, "low"), 1, "overlaps"),
        (("bandings", 0, "bands", 1, "high"), 3, "does not cover"),
        (("bandings", 0, "bands", 0, "low"), 1, "does not cover"),
        (("bandings", 0, "scale"), "z", "no scale"),
        (("cutoffs", 0, "at_most"), 1, "exactly one"),
        (("cutoffs", 0, "at_least"), 9, "within its scale"),
        (("cutoffs", 0, "scale"), "z", "does not exist"),
        (("cutoffs", 0, "population"), "", "no population"),
        (("algorithms", 0, "rules", 0, "when"), {"item": "z", "value": 1}, "no item with fixed answers"),
        (("algorithms", 0, "rules", 0, "when"), {"item": "a", "answers": ["maybe"]}, "answer 'maybe'"),
        (("algorithms", 0, "rules", 0, "when"), {"items": ["a"], "value": 1, "count": 2}, "asks for 2 of 1"),
        (("algorithms", 0, "rules", 0, "when"), {"scale": "z", "value": 1}, "reads the scale"),
        (("algorithms", 0, "rules", 0, "label"), "undetermined", "undetermined"),
        (("safety", 0, "when"), {"scale": "total", "value": 1}, "must read answers"),
    ],
)
def test_validate_says_what_is_wrong(path: tuple[str | int, ...], value: Any, says: str) -> None:
    """SC059: each inconsistency of a card is named in a sentence."""
    problems = validate(card_from(changed(path, value)))
    assert any(says in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("licence", "evidence"), "CamCOPS", "licence: 'evidence' must read"),
        (("licence", "evidence"), "verified:", "licence: 'evidence' must read"),
        (("licence", "permission_required"), "no", "'permission_required' holds the wrong kind"),
        (("scales", 0, "method"), "product", "scales total: 'method' must be one of"),
        (("scales", 0, "colour"), "red", "scales total: the key 'colour' is not known"),
        (("cutoffs", 0, "sex"), "woman", "cutoffs c: 'sex' must be one of"),
        (("safety", 0, "grade"), "later", "safety s: 'grade' must be one of"),
        (("items", 0), "a", "items 1: must be a table"),
    ],
)
def test_errors_name_the_key(path: tuple[str | int, ...], value: Any, says: str) -> None:
    """SC060: data that is no card is refused in a sentence that names the part and the key."""
    with pytest.raises(CardError, match=says):
        card_from(changed(path, value))


def test_an_absent_key_is_named() -> None:
    """SC061: an absent key is named together with its part."""
    for key in ("code", "licence", "reviewer", "review_date", "answer_sets"):
        without = {name: value for name, value in data().items() if name != key}
        with pytest.raises(CardError, match=f"'{key}' is missing"):
            card_from(without)
