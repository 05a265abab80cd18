"""Turning answers and scores into a named result."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from karama.rules.scoring.card import Algorithm
from karama.rules.scoring.conditions import Answers, Scores, Values, compiled, items_of

UNDETERMINED = "undetermined"

Result: TypeAlias = Callable[[Answers, Values, Scores], str]


def result_of(algorithm: Algorithm) -> Result:
    """Compile an algorithm to a function of (answers, values, scores) giving a label or ``undetermined``."""
    ignores = algorithm.missing == "ignored"
    rules = tuple((rule.label, compiled(rule.when, missing_fulfils_nothing=ignores)) for rule in algorithm.rules)
    reads = tuple(dict.fromkeys(item for rule in algorithm.rules for item in items_of(rule.when)))
    otherwise = algorithm.otherwise

    def of(answers: Answers, values: Values, scores: Scores) -> str:
        if ignores and not any(item in values for item in reads):
            return UNDETERMINED
        for label, test in rules:
            holds = test(answers, values, scores)
            if holds:
                return label
            if holds is None:
                return UNDETERMINED
        return otherwise

    return of
