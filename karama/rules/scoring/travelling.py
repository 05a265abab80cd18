"""The card as it travels: plain JSON data with everything a telephone needs to score, and no draft fact.

Read by ``field/rules/cards.ts``; ``field/rules/scoring.ts`` gives the same results from it as ``score`` does here.
Evidence, licences, codings of paper forms and LOINC codes stay: nothing is decided by them on a telephone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from karama.rules.scoring.card import Algorithm, AnswerSet, Banding, Card, Cutoff, Item, SafetyRule, Scale
from karama.rules.scoring.conditions import AnswerIs, Condition, Not, ScaleAtLeast, ValueAtLeast
from karama.rules.scoring.drafts import without_drafts

Plain: TypeAlias = dict[str, Any]


def plain(card: Card, *, topics: Mapping[str, Mapping[str, str]] | None = None, drafts: bool = False) -> Plain:
    """The card as JSON data. Hand it the card as the loader gives it: then "still draft" is told from "has no total".

    ``topics`` are labels in other languages than English: language -> item -> words. ``drafts`` also writes facts
    that were never checked against their source: for review and proofs only, never for a telephone in use.
    """
    usable = card if drafts else without_drafts(card)
    age = card.age
    return {
        "code": usable.code,
        "version": usable.version,
        "name": usable.name,
        "audience": usable.audience,
        "recall": usable.recall,
        "age": None if age is None else {"lowest": age.lowest, "highest": age.highest},
        "answers": {answers.code: _answers(answers) for answers in usable.answer_sets},
        "items": [_item(item, topics or {}) for item in usable.items],
        "scales": [_scale(scale) for scale in usable.scales],
        "total": usable.total,
        "whyWithoutTotal": "no_total" if card.total is None else "draft_rule",
        "bandings": [_banding(banding) for banding in usable.bandings],
        "cutoffs": [_cutoff(cut) for cut in usable.cutoffs],
        "algorithms": [_algorithm(algorithm) for algorithm in usable.algorithms],
        "safety": [_safety(rule) for rule in usable.safety],
    }


def _answers(answers: AnswerSet) -> list[list[Any]]:
    """Pairs, because their order is the one in which they are shown."""
    return [[answer.code, answer.value] for answer in answers.answers]


def _item(item: Item, topics: Mapping[str, Mapping[str, str]]) -> Plain:
    said = {language: words[item.code] for language, words in topics.items() if words.get(item.code)}
    return {
        "code": item.code,
        "topic": {**said, "en": item.topic},
        "answers": item.answers,
        "reverse": item.reverse,
        "scored": item.scored,
        "skip": None
        if item.skip is None
        else {
            "askedIf": _condition(item.skip.asked_if),
            "implied": item.skip.implied,
            "answeredAnyway": item.skip.answered_anyway,
        },
    }


def _scale(scale: Scale) -> Plain:
    return {
        "code": scale.code,
        "label": scale.label,
        "items": list(scale.items),
        "method": scale.method,
        "lowest": scale.lowest,
        "highest": scale.highest,
        "higher": scale.higher,
        "missing": {
            "method": scale.missing.method,
            "allowed": scale.missing.allowed,
            "countedOver": scale.missing.counted_over,
        },
        "multiply": scale.multiply,
        "divide": scale.divide,
        "countFrom": scale.count_from,
        "recodes": [list(pair) for pair in scale.recodes],
    }


def _banding(banding: Banding) -> Plain:
    return {
        "code": banding.code,
        "scale": banding.scale,
        "bands": [{"low": band.low, "high": band.high, "label": band.label} for band in banding.bands],
    }


def _cutoff(cut: Cutoff) -> Plain:
    return {
        "code": cut.code,
        "scale": cut.scale,
        "population": cut.population,
        "purpose": cut.purpose,
        "atLeast": cut.at_least,
        "atMost": cut.at_most,
        "sex": cut.sex,
        "languages": list(cut.languages),
        "ageFrom": cut.age_from,
        "ageTo": cut.age_to,
    }


def _algorithm(algorithm: Algorithm) -> Plain:
    return {
        "code": algorithm.code,
        "rules": [{"label": rule.label, "when": _condition(rule.when)} for rule in algorithm.rules],
        "otherwise": algorithm.otherwise,
        "missing": algorithm.missing,
    }


def _safety(rule: SafetyRule) -> Plain:
    return {"code": rule.code, "kind": rule.kind, "grade": rule.grade, "when": _condition(rule.when)}


def _condition(condition: Condition) -> Plain:
    """The five words of the scoring language, each with its name."""
    if isinstance(condition, AnswerIs):
        return {"is": "answer", "item": condition.item, "answers": list(condition.answers)}
    if isinstance(condition, ValueAtLeast):
        return {"is": "value", "item": condition.item, "atLeast": condition.value}
    if isinstance(condition, ScaleAtLeast):
        return {"is": "scale", "scale": condition.scale, "atLeast": condition.value}
    if isinstance(condition, Not):
        return {"is": "not", "of": _condition(condition.condition)}
    return {"is": "count", "atLeast": condition.at_least, "of": [_condition(part) for part in condition.conditions]}
