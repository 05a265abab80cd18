"""From the questions of somebody's file to the wording of a card: matched by code, never by guess.

A question fits an item by its LOINC code or by its name (`q3`, `/q3`, `phq9_q3`, `PHQ-9.q3`). An option fits an answer
by its LOINC code, its name, its value, or, where it carries none of these, by its place in the order of the card.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from karama.care import wording
from karama.care.problems import WordingDoesNotFit
from karama.care.wording import Wording
from karama.rules.scoring import Card
from karama.rules.scoring.card import Item


@dataclass(frozen=True)
class Option:
    """One answer of a file: any of its codes may be empty, `value` None."""

    label: str
    name: str = ""
    loinc: str = ""
    value: float | None = None


@dataclass(frozen=True)
class Question:
    """One question of a file. `where` names it in a sentence about what does not fit."""

    where: str
    text: str
    names: tuple[str, ...] = ()
    loinc: str = ""
    options: tuple[Option, ...] = ()


def fit(
    card: Card, questions: Iterable[Question], *, language: str, title: str = "", instructions: str = ""
) -> Wording:
    """The wording of the card in these questions. Raises `WordingDoesNotFit` with the question or item it is about."""
    items: dict[str, str] = {}
    answers: dict[str, dict[str, str]] = {}
    for question in questions:
        item = _item(card, question)
        if item is None:
            raise WordingDoesNotFit(
                _("The question %(where)s of the file fits no item of %(card)s.")
                % {"where": question.where, "card": card.name}
            )
        if item.code in items:
            raise WordingDoesNotFit(_("Item %(item)s stands twice in the file.") % {"item": item.code})
        items[item.code] = question.text.strip()
        if item.answers is not None:
            _take(card, item, question, answers)
    found = Wording(
        instrument=card.code,
        version=card.version,
        language=language,
        items=items,
        answers=answers,
        title=title.strip()[:200],
        instructions=instructions.strip()[:2000],
    )
    wording.check(card, found)
    return found


def is_total(card: Card, loinc: str) -> bool:
    """Whether a question of a file is the instrument's total, which is computed here and never asked."""
    return bool(loinc) and card.loinc is not None and loinc == card.loinc.total


def _item(card: Card, question: Question) -> Item | None:
    by_loinc = {item.loinc: item for item in card.items if item.loinc}
    if question.loinc and question.loinc in by_loinc:
        return by_loinc[question.loinc]
    by_code = {_plain(item.code): item for item in card.items}
    for name in question.names:
        last = re.split(r"[/.]", name)[-1]
        for spelling in (name, last, _without_prefix(card, last)):
            if _plain(spelling) in by_code:
                return by_code[_plain(spelling)]
    return None


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _without_prefix(card: Card, name: str) -> str:
    plain, prefix = _plain(name), _plain(card.code) + "_"
    return plain.removeprefix(prefix)


def _take(card: Card, item: Item, question: Question, answers: dict[str, dict[str, str]]) -> None:
    """Add the labels of this question's options to its answer set; two items of one set must say the same."""
    if not question.options:
        raise WordingDoesNotFit(
            _(
                "Item %(item)s has no answers in the file: a set of answers kept elsewhere cannot be read. Write them "
                "into the file, as answerOption or as a contained ValueSet, or load an XLSForm."
            )
            % {"item": item.code}
        )
    labels = _labels(card, item, question.options)
    known = answers.setdefault(item.answers or "", labels)
    if known != labels:
        raise WordingDoesNotFit(
            _("Item %(item)s has other answers than an earlier item of the same kind.") % {"item": item.code}
        )


def _labels(card: Card, item: Item, options: tuple[Option, ...]) -> dict[str, str]:
    known = card.answer_set(item.answers or "").answers
    if len(options) != len(known):
        raise WordingDoesNotFit(
            _("Item %(item)s has %(found)d answers in the file and needs %(wanted)d.")
            % {"item": item.code, "found": len(options), "wanted": len(known)}
        )
    bare = all(not one.loinc and one.value is None for one in options)
    found: dict[str, str] = {}
    for place, option in enumerate(options):
        fitting = [
            answer.code
            for answer in known
            if (option.loinc and option.loinc == answer.loinc)
            or _plain(option.name) == answer.code
            or (option.value is not None and not (option.loinc and answer.loinc) and option.value == answer.value)
        ]
        if not fitting and (bare or (option.value is None and not any(answer.loinc for answer in known))):
            fitting = [known[place].code]
        if len(set(fitting)) != 1 or fitting[0] in found:
            raise WordingDoesNotFit(
                _("An answer of item %(item)s (number %(place)d) fits none of the card's, or more than one.")
                % {"item": item.code, "place": place + 1}
            )
        found[fitting[0]] = option.label.strip()
    return found
