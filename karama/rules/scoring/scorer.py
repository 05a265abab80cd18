"""Scoring one response. A card is compiled once, then each response costs microseconds.

Safety rules are evaluated from the answers alone, before and apart from every scale.
"""

from __future__ import annotations

from functools import lru_cache

from karama.rules.scoring.algorithms import result_of
from karama.rules.scoring.card import Card, Cutoff, Item, SafetyRule, Skip
from karama.rules.scoring.conditions import (
    MISSING_CODES,
    Answers,
    Number,
    compiled,
)
from karama.rules.scoring.drafts import without_drafts
from karama.rules.scoring.scales import Banded, ScaleScore, band_of, scale_score
from karama.rules.scoring.scored import SafetySignal, Scored, WhyNoTotal


class AnswersError(ValueError):
    """The answers do not belong to the instrument. The message names the item, never the answer."""


def score(
    card: Card,
    answers: Answers,
    *,
    age: int | None = None,
    sex: str | None = None,
    population: str | None = None,
    language: str | None = None,
    drafts: bool = False,
) -> Scored:
    """Score one response.

    ``answers`` maps item codes to answer codes; an absent item, ``None`` and the missing codes are missing.
    ``age`` is in completed years; ``sex`` is ``F`` or ``M`` where known. ``drafts`` also uses facts that were
    never checked against their source: for review only, never for a person's care.
    Raises ``AnswersError`` for an item or an answer the card does not know.
    """
    return _scorer(card, drafts)(answers, age, sex, population, language)


@lru_cache(maxsize=256)
def _scorer(card: Card, drafts: bool) -> _Scorer:
    return _Scorer(card, drafts)


class _Scorer:
    """One compiled card."""

    def __init__(self, card: Card, drafts: bool) -> None:
        usable = card if drafts else without_drafts(card)
        sets = {answer_set.code: answer_set.values() for answer_set in card.answer_sets}
        self._name = card.code
        self._known = frozenset(item.code for item in usable.items)
        self._worded = tuple(
            (item.code, item_values(item, sets[item.answers])) for item in usable.items if item.answers
        )
        self._unscored = tuple(item.code for item in usable.items if item.answers and not item.scored)
        self._n_items = sum(1 for item in usable.items if item.scored)
        self._skips = tuple(
            (item.code, compiled(item.skip.asked_if), item.skip, item_values(item, sets[item.answers]))
            for item in usable.items
            if item.skip and item.answers
        )
        self._age = card.age
        self._total = usable.total
        self._why_without_total: WhyNoTotal = "no_total" if card.total is None else "draft_rule"
        self._scales: tuple[tuple[str, ScaleScore], ...] = tuple(
            (scale.code, scale_score(usable, scale)) for scale in usable.scales
        )
        self._bandings: tuple[tuple[str, str, Banded], ...] = tuple(
            (banding.code, banding.scale, band_of(banding)) for banding in usable.bandings
        )
        self._band = next((b.code for b in usable.bandings if b.scale == usable.total), None)
        self._cutoffs = usable.cutoffs
        self._algorithms = tuple((a.code, result_of(a)) for a in usable.algorithms)
        self._safety = tuple((compiled(rule.when), _signals(rule)) for rule in usable.safety)

    def __call__(
        self, answers: Answers, age: int | None, sex: str | None, population: str | None, language: str | None
    ) -> Scored:
        values = self._values(answers)
        n_answered = len(values)
        for code in self._unscored:
            if code in values:
                n_answered -= 1
        if self._skips:
            answers = self._skipped(answers, values)
        safety = tuple([signals[test(answers, values, {})] for test, signals in self._safety])
        if age is not None and self._outside(age):
            unscored: dict[str, Number | None] = {c: None for c, _ in self._scales if c != self._total}
            return Scored(None, "outside_age", unscored, None, {}, {}, {}, n_answered, self._n_items, safety)
        scores: dict[str, Number | None] = {code: of(answers, values) for code, of in self._scales}
        bands = {code: of(scores[scale]) for code, scale, of in self._bandings}
        algorithms = {code: of(answers, values, scores) for code, of in self._algorithms}
        cutoffs = {
            cut.code: _met(cut, scores[cut.scale])
            for cut in self._cutoffs
            if applies(cut, age=age, sex=sex, population=population, language=language)
        }
        why: WhyNoTotal | None
        if self._total is None:
            total, why = None, self._why_without_total
        else:
            total = scores.pop(self._total)
            why = "missing_answers" if total is None else None
        band = bands[self._band] if self._band else None
        return Scored(total, why, scores, band, bands, algorithms, cutoffs, n_answered, self._n_items, safety)

    def _values(self, answers: Answers) -> dict[str, Number]:
        if not answers.keys() <= self._known:
            unknown = sorted(answers.keys() - self._known)[0]
            raise AnswersError(f"{self._name} has no item {unknown!r}.")
        values: dict[str, Number] = {}
        get = answers.get
        for code, table in self._worded:
            answer = get(code)
            if answer is not None:
                value = table.get(answer)
                if value is not None:
                    values[code] = value
                elif answer not in MISSING_CODES:
                    raise AnswersError(
                        f"{self._name} item {code!r} has an answer that is not one of: {', '.join(table)}, "
                        f"{', '.join(MISSING_CODES)}."
                    )
        return values

    def _skipped(self, answers: Answers, values: dict[str, Number]) -> Answers:
        """Apply the skips in item order: changes ``values`` and returns the answers in effect."""
        effective = dict(answers)
        for code, asked_if, skip, table in self._skips:
            if asked_if(effective, values, {}) is False:
                answer = answer_when_not_asked(skip, effective.get(code))
                effective[code] = answer
                values.pop(code, None)
                if answer is not None and answer in table:
                    values[code] = table[answer]
        return effective

    def _outside(self, age: int) -> bool:
        limit = self._age
        if limit is None:
            return False
        too_young = limit.lowest is not None and age < limit.lowest
        return too_young or (limit.highest is not None and age > limit.highest)


def item_values(item: Item, values: dict[str, Number]) -> dict[str, Number]:
    """Answer code -> value of this item, reversed where the item is (lowest + highest - value)."""
    if not item.reverse:
        return values
    ends = min(values.values()) + max(values.values())
    return {code: ends - value for code, value in values.items()}


def answer_when_not_asked(skip: Skip, answer: str | None) -> str | None:
    """The answer in effect for an item whose ``asked_if`` is false. See ``Skip``."""
    if answer is None or answer == "not_asked":
        return skip.implied if skip.implied is not None else answer
    if skip.answered_anyway == "missing" and answer not in MISSING_CODES and answer != skip.implied:
        return "not_asked"
    return answer


def applies(cut: Cutoff, *, age: int | None, sex: str | None, population: str | None, language: str | None) -> bool:
    """True when everything the cut-off states (population, sex, language, age) is known and matches."""
    if cut.population not in ("general", population):
        return False
    if cut.sex is not None and cut.sex != sex:
        return False
    if cut.languages and language not in cut.languages:
        return False
    if cut.age_from is not None and (age is None or age < cut.age_from):
        return False
    return cut.age_to is None or (age is not None and age <= cut.age_to)


def _met(cut: Cutoff, score: Number | None) -> bool | None:
    if score is None:
        return None
    if cut.at_least is not None:
        return score >= cut.at_least
    return cut.at_most is not None and score <= cut.at_most


def _signals(rule: SafetyRule) -> dict[bool | None, SafetySignal]:
    return {
        True: SafetySignal(rule.code, rule.kind, rule.grade, "positive"),
        False: SafetySignal(rule.code, rule.kind, rule.grade, "negative"),
        None: SafetySignal(rule.code, rule.kind, rule.grade, "unknown"),
    }
