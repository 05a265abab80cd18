"""What one response contributes to the numbers: scores, item values, algorithm results, and what is missing at most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from karama.care import cards
from karama.care.facts import ResponseRow
from karama.rules.scoring import MISSING_CODES, Card, Scored, score
from karama.rules.scoring.card import Cutoff
from karama.rules.scoring.conditions import Number
from karama.rules.scoring.drafts import without_drafts
from karama.rules.scoring.scorer import item_values


@dataclass(frozen=True)
class Marks:
    """Scores by scale (None without one), values of the total's items (None where missing), algorithm results.

    `lowest` and `highest`: the scores if every missing answer were the lowest, or the highest, of its item. They are
    the scores themselves where there is a total.
    """

    scores: Mapping[str, Number | None]
    items: tuple[Number | None, ...]
    algorithms: Mapping[str, str]
    lowest: Mapping[str, Number | None]
    highest: Mapping[str, Number | None]


def marks_of(row: ResponseRow) -> Marks:
    """Score one response with the row scorer. Population, sex, age and language of the person are not used here."""
    card = cards.card(row.instrument, row.version)
    scored = score(card, row.answers)
    scores = _scores(card, scored)
    lowest = highest = scores
    if scored.why_no_total == "missing_answers":
        lowest = _scores(card, score(card, _filled(row.answers, _ends(card)[0])))
        highest = _scores(card, score(card, _filled(row.answers, _ends(card)[1])))
    values = tuple(table.get(row.answers.get(item, "")) for item, table in _tables(card))
    return Marks(scores, values, scored.algorithms, lowest, highest)


@lru_cache(maxsize=256)
def usable(card: Card) -> Card:
    """The card without its drafts: what may be counted. Cached because cards are compared by identity."""
    return without_drafts(card)


def lines_of(card: Card) -> list[tuple[Cutoff, ...]]:
    """The published lines that can be counted for a whole group, those at one value of one scale together.

    A line set for one sex, age or language is left out: a group without these facts cannot be held against it.
    """
    found: dict[tuple[str, Number | None, Number | None], list[Cutoff]] = {}
    for cut in usable(card).cutoffs:
        if cut.sex is None and not cut.languages and cut.age_from is None and cut.age_to is None:
            found.setdefault((cut.scale, cut.at_least, cut.at_most), []).append(cut)
    return [tuple(cuts) for cuts in found.values()]


def beyond(cut: Cutoff, score: Number | None) -> bool | None:
    """Whether a score lies at the line or beyond it; None without a score."""
    if score is None:
        return None
    if cut.at_least is not None:
        return score >= cut.at_least
    return cut.at_most is not None and score <= cut.at_most


def _scores(card: Card, scored: Scored) -> dict[str, Number | None]:
    total = usable(card).total
    return {**scored.subscales, **({total: scored.total} if total else {})}


@lru_cache(maxsize=256)
def _tables(card: Card) -> tuple[tuple[str, Mapping[str, Number]], ...]:
    """The items of the total scale with the value of each answer, reversed where the item is."""
    if card.total is None:
        return ()
    scale = card.scale(card.total)
    recoded = dict(scale.recodes)
    found = []
    for code in scale.items:
        item = card.item(code)
        answers = recoded.get(code) or item.answers
        if answers is not None:
            found.append((code, item_values(item, card.answer_set(answers).values())))
    return tuple(found)


@lru_cache(maxsize=256)
def _ends(card: Card) -> tuple[dict[str, str], dict[str, str]]:
    """Item -> the answer with the lowest value, and item -> the answer with the highest."""
    return _chosen(_tables(card), min), _chosen(_tables(card), max)


def _chosen(
    tables: Iterable[tuple[str, Mapping[str, Number]]], end: Callable[[Iterable[Number]], Number]
) -> dict[str, str]:
    return {item: next(code for code, value in table.items() if value == end(table.values())) for item, table in tables}


def _filled(answers: Mapping[str, str], fill: Mapping[str, str]) -> dict[str, str]:
    """The answers with every missing one of the total's items replaced."""
    given = {item: answer for item, answer in answers.items() if answer not in MISSING_CODES}
    return {**answers, **fill, **given}
