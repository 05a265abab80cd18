"""Turning answers into a scale's score, and a score into its band."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TypeAlias

from karama.rules.scoring.card import Banding, Card, Scale
from karama.rules.scoring.conditions import Answers, Number, Values

ScaleScore: TypeAlias = Callable[[Answers, Values], Number | None]
Banded: TypeAlias = Callable[[Number | None], str | None]


def scale_score(card: Card, scale: Scale) -> ScaleScore:
    """Compile a scale to a function of (answers, values) giving its score or ``None``.

    Order of arithmetic, the same in every engine: the method; for a prorated sum round-half-to-even of
    sum * items / answered; then * multiply; then / divide.
    """
    combine = _METHODS[scale.method](scale)
    found = _values_of(card, scale)
    items, rule = scale.items, scale.missing
    total = card.scale(card.total) if rule.counted_over == "total" and card.total else scale
    allowed = 0 if rule.method == "no_score" else rule.allowed
    prorate = rule.method == "prorate" and scale.method in ("sum", "count")
    fill_zero = rule.method == "zero" and scale.method == "mean"
    multiply, divide = scale.multiply, scale.divide

    def of(answers: Answers, values: Values) -> Number | None:
        given = found(answers, values)
        answered = len(given)
        if answered < len(items) or total is not scale:
            missing = sum(1 for item in total.items if item not in values)
            if missing > allowed or not given:
                return None
        result = combine(given)
        if answered < len(items):
            if prorate:
                result = round(result * len(items) / answered)
            elif fill_zero:
                result = sum(given) / len(items)
        if multiply != 1:
            result = result * multiply
        return result if divide == 1 else result / divide

    return of


def band_of(banding: Banding) -> Banded:
    """Compile a banding to a function giving the label of the last band whose ``low`` the score reaches."""
    lows = [band.low for band in banding.bands]
    labels = [band.label for band in banding.bands]

    def of(score: Number | None) -> str | None:
        if score is None or score < lows[0]:
            return None
        return labels[bisect_right(lows, score) - 1]

    return of


def _values_of(card: Card, scale: Scale) -> Callable[[Answers, Values], list[Number]]:
    items = scale.items
    if not scale.recodes:

        def plain(_answers: Answers, values: Values) -> list[Number]:
            return [values[item] for item in items if item in values]

        return plain
    sets = dict(scale.recodes)
    tables = [(item, card.answer_set(sets[item]).values() if item in sets else None) for item in items]

    def recoded(answers: Answers, values: Values) -> list[Number]:
        return [
            values[item] if table is None else table[answers[item] or ""] for item, table in tables if item in values
        ]

    return recoded


def _sum(_scale: Scale) -> Callable[[list[Number]], Number]:
    return sum


def _mean(_scale: Scale) -> Callable[[list[Number]], Number]:
    return lambda given: sum(given) / len(given)


def _count(scale: Scale) -> Callable[[list[Number]], Number]:
    least = scale.count_from
    return lambda given: sum(1 for value in given if value >= least)


def _max(_scale: Scale) -> Callable[[list[Number]], Number]:
    return max


_METHODS: dict[str, Callable[[Scale], Callable[[list[Number]], Number]]] = {
    "sum": _sum,
    "mean": _mean,
    "count": _count,
    "max": _max,
}
