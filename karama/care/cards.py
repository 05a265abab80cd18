"""From an instrument's card to what this room keeps: its compartment, whole answers, safety signals, a safe scoring."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from karama.care.problems import AnswersDoNotFit, ItemUnknown, NothingAnswered, UnknownInstrument
from karama.knowledge.loader import KnowledgeError, instrument, instruments
from karama.rules.scoring import MISSING_CODES, AnswersError, Card, SafetySignal, score
from karama.rules.scoring.conditions import leaves

LONGEST_WORDS: Final = 2000
"""Characters of an answer in free words."""


def card(code: str, version: str | None = None) -> Card:
    """The card, in its current version or the one named. Raises `UnknownInstrument`."""
    try:
        return instrument(code, version)
    except KnowledgeError:
        raise UnknownInstrument() from None


def cards() -> list[Card]:
    """Every instrument for participants, by name."""
    found = [instrument(code) for code in instruments()]
    return sorted((one for one in found if one.audience == "participant"), key=lambda one: one.name)


@lru_cache(maxsize=256)
def compartment_of(code: str) -> str:
    """Who may open the answers: `gbv` for an instrument about violence, else `clinical`."""
    return "gbv" if any(rule.kind == "gbv" for rule in card(code).safety) else "clinical"


def whole(card: Card, answers: Mapping[str, str | None]) -> dict[str, str]:
    """Every item of the card with its answer; an item that is absent, empty or None is `not_asked`, never zero.

    Raises:
        AnswersDoNotFit, ItemUnknown, NothingAnswered: see `problems`; they name the item, never the answer.
    """
    if not answers:
        raise NothingAnswered()
    known, allowed = _allowed(card)
    if not answers.keys() <= known:
        raise ItemUnknown()
    found: dict[str, str] = {}
    for item, codes in allowed:
        answer = answers.get(item) or "not_asked"
        if codes is not None and answer not in codes:
            raise AnswersDoNotFit(item)
        if codes is None and len(answer) > LONGEST_WORDS:
            raise AnswersDoNotFit(item)
        found[item] = answer
    return found


@lru_cache(maxsize=256)
def _allowed(card: Card) -> tuple[frozenset[str], tuple[tuple[str, frozenset[str] | None], ...]]:
    sets = {one.code: frozenset((*one.values(), *MISSING_CODES)) for one in card.answer_sets}
    items = tuple((item.code, sets[item.answers] if item.answers else None) for item in card.items)
    return frozenset(item.code for item in card.items), items


def signals(card: Card, answers: Mapping[str, str]) -> tuple[SafetySignal, ...]:
    """The state of each safety rule, also for a partial response. Unknown means: somebody must ask."""
    if not card.safety:
        return ()
    try:
        return score(card, answers).safety
    except AnswersError:
        raise ItemUnknown() from None


@lru_cache(maxsize=256)
def safety_items(card: Card) -> dict[str, frozenset[str]]:
    """Item -> the kinds of the safety rules that read it: what is hidden while nobody can answer."""
    found: dict[str, frozenset[str]] = {}
    for rule in card.safety:
        for leaf in leaves(rule.when):
            item = getattr(leaf, "item", None)
            if item is not None:
                found[item] = found.get(item, frozenset()) | {rule.kind}
    return found
