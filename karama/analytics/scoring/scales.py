"""The score of a scale over columns: the same order of arithmetic as `karama.rules.scoring.scales`.

The method; for a prorated sum round-half-to-even of sum * items / answered; then * multiply; then / divide.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from karama.analytics.scoring.block import Block, Flags, Numbers, both, everywhere, put
from karama.analytics.scoring.conditions import Compiler, ScaleOf, Score
from karama.analytics.scoring.values import Reading
from karama.rules.scoring import Card
from karama.rules.scoring.card import Scale

WIDTHS: tuple[tuple[int, int, str], ...] = (
    (0, 254, "uint8"),
    (-(2**15), 2**15 - 2, "int16"),
    (-(2**31), 2**31 - 2, "int32"),
)


def no_score(kind: np.dtype[Any]) -> float | int:
    """What stands in the values where there is no score: NaN, or the highest number, which no score reaches."""
    return float("nan") if kind.kind == "f" else int(np.iinfo(kind).max)


class ScaleColumns:
    """One scale of one card, compiled. ``kind`` is the type of its values: whole numbers or 64-bit floats."""

    def __init__(self, card: Card, scale: Scale, compiler: Compiler) -> None:
        recodes = dict(scale.recodes)
        rule = scale.missing
        self._scale = scale
        self._readings = tuple(compiler.reading(item, recodes.get(item)) for item in scale.items)
        total = card.scale(card.total) if rule.counted_over == "total" and card.total else scale
        self._of_another = tuple(compiler.reading(item) for item in total.items) if total is not scale else None
        self._allowed = 0 if rule.method == "no_score" else rule.allowed
        self._prorate = rule.method == "prorate" and scale.method in ("sum", "count")
        self._over_all = rule.method == "zero" and scale.method == "mean"
        self._whole = np.dtype(_width(scale, self._readings))
        fraction = scale.method == "mean" or isinstance(scale.multiply, float) or scale.divide != 1
        self.kind = np.dtype(np.float64) if fraction else self._whole

    def __call__(self, block: Block) -> Score:
        """The scores of the block."""
        missing = _missing(self._readings, block)
        values = self._combined(block, missing)
        if self._scale.multiply != 1:
            values = np.multiply(values, self._scale.multiply, dtype=self.kind)
        if self._scale.divide != 1:
            values = np.divide(values, self._scale.divide, dtype=np.float64)
        valid = self._valid(block, missing)
        if valid is not None:
            values = put(values, np.logical_not(valid), no_score(self.kind))
        return Score(values, valid)

    def _valid(self, block: Block, missing: Numbers | None) -> Flags | None:
        over = missing if self._of_another is None else _missing(self._of_another, block)
        if self._allowed == 0 and self._of_another is None:
            return everywhere([reading.given(block) for reading in self._readings])
        some = None if missing is None else missing < len(self._readings)
        few = None if over is None else over <= self._allowed
        return both(some, few)

    def _combined(self, block: Block, missing: Numbers | None) -> Numbers:
        n = len(self._readings)
        match self._scale.method:
            case "sum" | "mean":
                result = self._sum(block)
            case "count":
                result = self._counted(block)
            case "max":
                return self._highest(block)
        if self._scale.method == "mean":
            answered = n if missing is None or self._over_all else _answered(n, missing)
            return np.divide(result, answered, dtype=np.float64)
        if self._prorate and missing is not None:
            scaled = np.multiply(result, n, dtype=np.float64)
            return np.rint(scaled / _answered(n, missing)).astype(self._whole)
        return result

    def _sum(self, block: Block) -> Numbers:
        result = self._readings[0].of(block).astype(self._whole)
        for reading in self._readings[1:]:
            np.add(result, reading.of(block), out=result, casting="same_kind")
        return result

    def _counted(self, block: Block) -> Numbers:
        result = np.zeros(block.n, self._whole)
        for reading in self._readings:
            np.add(result, reading.at_least(block, self._scale.count_from).view(np.uint8), out=result)
        return result

    def _highest(self, block: Block) -> Numbers:
        lowest = min(reading.lowest for reading in self._readings)
        result = np.full(block.n, lowest, self._whole)
        for reading in self._readings:
            values, given = reading.of(block), reading.given(block)
            known = values if given is None else np.where(given, values, self._whole.type(lowest))
            np.maximum(result, known, out=result, casting="same_kind")
        return result


def add_scales(card: Card, compiler: Compiler) -> tuple[tuple[Scale, ScaleColumns, ScaleOf], ...]:
    """Compile every scale of the card, and let conditions read them."""
    compiled = ((scale, ScaleColumns(card, scale, compiler)) for scale in card.scales)
    return tuple((scale, columns, compiler.add_scale(scale.code, columns)) for scale, columns in compiled)


def _missing(readings: tuple[Reading, ...], block: Block) -> Numbers | None:
    """How many of the items are missing in each row; ``None`` when none is anywhere."""
    gaps = [given for reading in readings if (given := reading.given(block)) is not None]
    if not gaps:
        return None
    answered = np.zeros(block.n, np.uint8 if len(gaps) < 256 else np.uint16)
    for given in gaps:
        np.add(answered, given.view(np.uint8), out=answered)
    missing: Numbers = np.subtract(len(gaps), answered, dtype=answered.dtype)
    return missing


def _answered(n: int, missing: Numbers) -> Numbers:
    """How many of ``n`` items are answered; 1 where none is, which has no score anyway."""
    answered: Numbers = np.maximum(n - missing.astype(np.int32), 1)
    return answered


def _width(scale: Scale, readings: tuple[Reading, ...]) -> str:
    """The narrowest whole numbers that hold every value on the way to the score, and one more above."""
    n = len(readings)
    lows, highs = [0, *(r.lowest for r in readings)], [0, *(r.highest for r in readings)]
    low, high = {"count": (0, n), "max": (min(lows), max(highs))}.get(scale.method, (n * min(lows), n * max(highs)))
    times = scale.multiply if isinstance(scale.multiply, int) else 1
    ends = (low, high, low * times, high * times)
    return next((kind for least, most, kind in WIDTHS if least <= min(ends) and max(ends) <= most), "int64")
