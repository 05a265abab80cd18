"""The scoring language over columns, with the same three-valued meaning as `karama.rules.scoring.conditions`."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce
from typing import NamedTuple, TypeAlias

import numpy as np

from karama.analytics.scoring.block import Block, Flags, Numbers
from karama.analytics.scoring.codes import HIGH_BIT, MISSING, answer_codes
from karama.analytics.scoring.values import Reading
from karama.rules.scoring import Card
from karama.rules.scoring.conditions import (
    AnswerIs,
    Condition,
    CountOf,
    Not,
    Number,
    ScaleAtLeast,
    ValueAtLeast,
)


class Truth(NamedTuple):
    """Where a condition is true and where it is unknown (never both; ``None`` = nowhere); false elsewhere."""

    true: Flags
    unknown: Flags | None

    def false(self) -> Flags:
        """Where it is false."""
        return np.logical_not(self.true if self.unknown is None else self.true | self.unknown)


class Score(NamedTuple):
    """The score of a scale in a block: its values, and where there is one (``None`` = everywhere)."""

    values: Numbers
    valid: Flags | None

    def at_least(self, least: Number) -> Flags:
        """Where there is a score of ``least`` or more."""
        return self._where(self.reaches(least))

    def reaches(self, least: Number) -> Flags:
        """Where the value is ``least`` or more, of no meaning where there is no score."""
        reached: Flags = self.values >= (least if self.values.dtype.kind == "f" else math.ceil(least))
        return reached

    def at_most(self, most: Number) -> Flags:
        """Where there is a score of ``most`` or less."""
        return self._where(self.values <= (most if self.values.dtype.kind == "f" else math.floor(most)))

    def _where(self, reached: Flags) -> Flags:
        return reached if self.valid is None else reached & self.valid


Test: TypeAlias = Callable[[Block], Truth]
ScaleOf: TypeAlias = Callable[[Block], Score]
Tally: TypeAlias = Callable[[Block], tuple[Numbers, Numbers | None]]


class Compiler:
    """Turns the conditions of one card into functions of a block; what two conditions share is worked out once."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._numbers: dict[object, int] = {}
        self._readings: dict[tuple[str, str | None], Reading] = {}
        self._scales: dict[str, ScaleOf] = {}

    def reading(self, item: str, recode: str | None = None) -> Reading:
        """How the item's answers become values. Raises ``CardError``."""
        key = (item, recode)
        if key not in self._readings:
            self._readings[key] = Reading(self._card, self._card.item(item), recode, self._number(key))
        return self._readings[key]

    def add_scale(self, code: str, score: ScaleOf) -> ScaleOf:
        """Let conditions read the scale; returns it so that it is worked out once a block."""
        number = self._number(("scale", code))

        def remembered(block: Block) -> Score:
            found: Score | None = block.remembered.get(number)
            if found is None:
                found = block.remembered[number] = score(block)
            return found

        self._scales[code] = remembered
        return remembered

    def test(self, condition: Condition, *, missing_fulfils_nothing: bool = False) -> Test:
        """Compile a condition; ``missing_fulfils_nothing``: an unknown leaf is false."""
        if isinstance(condition, CountOf):
            return self._count(condition, missing_fulfils_nothing)
        if isinstance(condition, Not):
            return _not(self.test(condition.condition, missing_fulfils_nothing=missing_fulfils_nothing))
        leaf = self._leaf(condition)
        return _without_unknown(leaf) if missing_fulfils_nothing else leaf

    def _number(self, key: object) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def _leaf(self, condition: ValueAtLeast | AnswerIs | ScaleAtLeast) -> Test:
        if isinstance(condition, ValueAtLeast):
            return _value(self.reading(condition.item), condition.value, self._number(condition))
        if isinstance(condition, AnswerIs):
            return self._answer(condition)
        return _scale(self._scales[condition.scale], condition.value)

    def _answer(self, condition: AnswerIs) -> Test:
        item = condition.item
        table = {code: place for place, code in enumerate(answer_codes(self._card, item))} | MISSING
        numbers = [table[code] for code in condition.answers if code in table]
        names_missing = any(number >= HIGH_BIT for number in numbers)

        def test(block: Block) -> Truth:
            codes, missing = block.codes(item), block.missing(item)
            true = reduce(np.logical_or, (codes == number for number in numbers), np.zeros(block.n, np.bool_))
            return Truth(true, missing if missing is None or not names_missing else missing & ~true)

        return test

    def _count(self, condition: CountOf, missing_fulfils_nothing: bool) -> Test:
        least, parts = condition.at_least, condition.conditions
        tests = tuple(self.test(part, missing_fulfils_nothing=missing_fulfils_nothing) for part in parts)
        number = self._number((parts, missing_fulfils_nothing))

        def tally(block: Block) -> tuple[Numbers, Numbers | None]:
            found: tuple[Numbers, Numbers | None] | None = block.remembered.get(number)
            if found is None:
                found = block.remembered[number] = _tally(tests, block)
            return found

        return _at_least(least, tally)


def _value(reading: Reading, least: Number, number: int) -> Test:
    def test(block: Block) -> Truth:
        found: Truth | None = block.remembered.get(number)
        if found is None:
            found = Truth(reading.at_least(block, least), block.missing(reading.item))
            block.remembered[number] = found
        return found

    return test


def _scale(score: ScaleOf, least: Number) -> Test:
    def test(block: Block) -> Truth:
        scored = score(block)
        return Truth(scored.at_least(least), None if scored.valid is None else np.logical_not(scored.valid))

    return test


def _without_unknown(test: Test) -> Test:
    return lambda block: Truth(test(block).true, None)


def _not(test: Test) -> Test:
    def opposite(block: Block) -> Truth:
        inner = test(block)
        return Truth(inner.false(), inner.unknown)

    return opposite


def _tally(tests: tuple[Test, ...], block: Block) -> tuple[Numbers, Numbers | None]:
    """How many are true, and how many are true or unknown (``None``: none is unknown anywhere)."""
    counts = np.dtype(np.uint8 if len(tests) < 256 else np.uint16)
    true = np.zeros(block.n, counts)
    possible = np.zeros(block.n, counts)
    unsure = False
    for test in tests:
        result = test(block)
        np.add(true, result.true.view(np.uint8), out=true)
        if result.unknown is not None:
            np.add(possible, result.unknown.view(np.uint8), out=possible)
            unsure = True
    return true, np.add(possible, true, out=possible) if unsure else None


def _at_least(least: int, tally: Tally) -> Test:
    def test(block: Block) -> Truth:
        counted, possible = tally(block)
        true = counted >= least
        return Truth(true, None if possible is None else (possible >= least) & ~true)

    return test
