"""The five words of the scoring language, and their three-valued meaning.

A condition is true, false or unknown (``None``). Only a missing answer makes it unknown, and a missing
answer never makes it false: "not asked" is not "no". The five node types compile to columns and to
other languages as they stand:

=================  =======================================================================================
``AnswerIs``       the item's answer is one of these codes (a missing code may be listed: ASQ's ``refused``)
``ValueAtLeast``   the item's value, after reversing, is at least this
``ScaleAtLeast``   the scale's score is at least this
``CountOf``        at least n of these conditions hold (``any`` is n = 1, ``all`` is n = their number)
``Not``            the condition does not hold
=================  =======================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Number: TypeAlias = int | float

MISSING_CODES: tuple[str, ...] = ("skipped", "refused", "not_asked", "dont_know")
"""What stands in place of an answer. None of them has a value, least of all zero."""


@dataclass(frozen=True, slots=True)
class AnswerIs:
    """True when the answer is in ``answers``; unknown when it is missing and not listed there."""

    item: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValueAtLeast:
    """True when the item's value (after reversing) is ``value`` or more; unknown when it is missing."""

    item: str
    value: Number


@dataclass(frozen=True, slots=True)
class ScaleAtLeast:
    """True when the scale's score is ``value`` or more; unknown when the scale has no score."""

    scale: str
    value: Number


@dataclass(frozen=True, slots=True)
class CountOf:
    """True when ``at_least`` of the conditions are true, false when they can no longer be, else unknown."""

    at_least: int
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the condition is false, false when it is true, unknown when it is unknown."""

    condition: Condition


Condition: TypeAlias = AnswerIs | ValueAtLeast | ScaleAtLeast | CountOf | Not


def every(*conditions: Condition) -> CountOf:
    """All of the conditions."""
    return CountOf(len(conditions), conditions)


def some(*conditions: Condition) -> CountOf:
    """Any of the conditions."""
    return CountOf(1, conditions)


def leaves(condition: Condition) -> Iterator[AnswerIs | ValueAtLeast | ScaleAtLeast]:
    """Every leaf of the tree, left to right, repeats included."""
    if isinstance(condition, CountOf):
        for part in condition.conditions:
            yield from leaves(part)
    elif isinstance(condition, Not):
        yield from leaves(condition.condition)
    else:
        yield condition


def items_of(condition: Condition) -> tuple[str, ...]:
    """The item codes the condition reads directly, each once, in order."""
    return tuple(dict.fromkeys(leaf.item for leaf in leaves(condition) if not isinstance(leaf, ScaleAtLeast)))


def scales_of(condition: Condition) -> tuple[str, ...]:
    """The scale codes the condition reads, each once, in order."""
    return tuple(dict.fromkeys(leaf.scale for leaf in leaves(condition) if isinstance(leaf, ScaleAtLeast)))


Truth: TypeAlias = bool | None
Answers: TypeAlias = Mapping[str, str | None]
Values: TypeAlias = Mapping[str, Number]
Scores: TypeAlias = Mapping[str, Number | None]
Test: TypeAlias = Callable[[Answers, Values, Scores], Truth]


def compiled(condition: Condition, *, missing_fulfils_nothing: bool = False) -> Test:
    """Turn a condition into a function of (answers, values, scores) that says true, false or ``None``.

    ``answers`` maps item to answer code (missing codes and absence are missing), ``values`` maps each
    *answered* item to its value after reversing, ``scores`` maps scale to score or ``None``. With
    ``missing_fulfils_nothing`` an unknown leaf is false: only for algorithms whose published rule says so.
    """
    unknown: Truth = False if missing_fulfils_nothing else None
    if isinstance(condition, ValueAtLeast):
        return _value_test(condition.item, condition.value, unknown)
    if isinstance(condition, AnswerIs):
        return _answer_test(condition.item, frozenset(condition.answers), unknown)
    if isinstance(condition, ScaleAtLeast):
        return _scale_test(condition.scale, condition.value, unknown)
    if isinstance(condition, Not):
        return _not_test(compiled(condition.condition, missing_fulfils_nothing=missing_fulfils_nothing))
    parts = condition.conditions
    if all(isinstance(part, ValueAtLeast) for part in parts):
        pairs = tuple((part.item, part.value) for part in parts if isinstance(part, ValueAtLeast))
        return _values_count_test(condition.at_least, pairs, unknown)
    tests = tuple(compiled(part, missing_fulfils_nothing=missing_fulfils_nothing) for part in parts)
    return _count_test(condition.at_least, tests)


def holds(condition: Condition, answers: Answers, values: Values, scores: Scores) -> Truth:
    """Evaluate a condition once; see ``compiled`` for the arguments."""
    return compiled(condition)(answers, values, scores)


def _value_test(item: str, least: Number, unknown: Truth) -> Test:
    def test(_answers: Answers, values: Values, _scores: Scores) -> Truth:
        value = values.get(item)
        return unknown if value is None else value >= least

    return test


def _answer_test(item: str, codes: frozenset[str], unknown: Truth) -> Test:
    def test(answers: Answers, _values: Values, _scores: Scores) -> Truth:
        answer = answers.get(item)
        if answer in codes:
            return True
        return unknown if answer is None or answer in MISSING_CODES else False

    return test


def _scale_test(scale: str, least: Number, unknown: Truth) -> Test:
    def test(_answers: Answers, _values: Values, scores: Scores) -> Truth:
        score = scores.get(scale)
        return unknown if score is None else score >= least

    return test


def _not_test(inner: Test) -> Test:
    def test(answers: Answers, values: Values, scores: Scores) -> Truth:
        result = inner(answers, values, scores)
        return None if result is None else not result

    return test


def _count_test(at_least: int, tests: tuple[Test, ...]) -> Test:
    def test(answers: Answers, values: Values, scores: Scores) -> Truth:
        true = unknown = 0
        for part in tests:
            result = part(answers, values, scores)
            if result:
                true += 1
                if true >= at_least:
                    return True
            elif result is None:
                unknown += 1
        return None if true + unknown >= at_least else False

    return test


def _values_count_test(at_least: int, pairs: tuple[tuple[str, Number], ...], unknown: Truth) -> Test:
    """The same as ``_count_test`` over values only, without a call for each item."""
    one_unknown = 1 if unknown is None else 0

    def test(_answers: Answers, values: Values, _scores: Scores) -> Truth:
        true = unsure = 0
        for item, least in pairs:
            value = values.get(item)
            if value is None:
                unsure += one_unknown
            elif value >= least:
                true += 1
        if true >= at_least:
            return True
        return None if true + unsure >= at_least else False

    return test
