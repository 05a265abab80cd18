"""From the numbers on a form to semantic answers, by a coding that is named, never guessed."""

from __future__ import annotations

from functools import lru_cache

from karama.rules.scoring.card import AnswerSet, Card
from karama.rules.scoring.conditions import MISSING_CODES

VALUES = "values"
"""The coding every card has: the raw number is the answer's own value on the card, before reversing."""


class CodingError(ValueError):
    """The coding is unknown, or the raw value is not in it. The message names the item, never the value."""


def codings(card: Card) -> tuple[str, ...]:
    """The names of the codings an importer may choose, ``values`` first."""
    return tuple(dict.fromkeys((VALUES, *(coding.code for coding in card.codings))))


def decode(card: Card, coding: str, item: str, raw: str | int | float | None) -> str:
    """The answer code (or missing code) that ``raw`` stands for on a form printed with ``coding``.

    Numbers may be written ``3``, ``3.0`` or in any Unicode digits. Nothing at all is ``not_asked``. Answer
    codes and missing codes stand for themselves. A named coding that says nothing about the item's answer
    set leaves that item with ``values``. Raises ``CodingError``.
    """
    table = _tables(card, coding).get(item)
    if table is None:
        raise CodingError(f"{card.code} has no item {item!r} with fixed answers.")
    key = _key(raw)
    if key == "":
        return "not_asked"
    answer = table.get(key)
    if answer is None:
        raise CodingError(f"{card.code} item {item!r}: the value is not in the coding {coding!r}.")
    return answer


def _key(raw: str | int | float | None) -> str:
    if raw is None:
        return ""
    text = str(raw).strip()
    try:
        number = float(text)
    except ValueError:
        return text
    if number != number:
        return ""
    return str(int(number)) if number.is_integer() else str(number)


@lru_cache(maxsize=256)
def _tables(card: Card, coding: str) -> dict[str, dict[str, str]]:
    if coding not in codings(card):
        raise CodingError(f"{card.code} has no coding {coding!r}: choose one of {', '.join(codings(card))}.")
    named = {c.answer_set: dict(c.raw) for c in card.codings if c.code == coding}
    by_set: dict[str, dict[str, str]] = {}
    for answer_set in card.answer_sets:
        raw = named.get(answer_set.code)
        if raw is None:
            raw = _by_value(answer_set)
        themselves = {code: code for code in (*MISSING_CODES, *answer_set.values())}
        by_set[answer_set.code] = themselves | raw
    return {item.code: by_set[item.answers] for item in card.items if item.answers}


def _by_value(answer_set: AnswerSet) -> dict[str, str]:
    """Value -> answer; a value that two answers share stands for neither."""
    values = [_key(answer.value) for answer in answer_set.answers]
    return {
        value: answer.code for value, answer in zip(values, answer_set.answers, strict=True) if values.count(value) == 1
    }
