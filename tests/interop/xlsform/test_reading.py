"""Reading wording from an XLSForm. Every text here is our own."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook

from karama.care import cards
from karama.care.problems import WordingDoesNotFit
from karama.interop.xlsform import reading


def own_form(**changes: Any) -> bytes:
    """A GAD-7 in shape, in two languages, with words of our own."""
    card = cards.card("gad7")
    book = Workbook()
    survey = book.active
    survey.title = "survey"
    survey.append(["type", "name", "label::English (en)", "label::Arabic (ar)"])
    survey.append(["note", "intro", "Our introduction", "مقدمتنا"])
    for item in card.items:
        name = changes.get(item.code, f"gad7_{item.code}")
        survey.append([f"select_one {item.answers}", name, f"Our words on {item.topic}", f"كلماتنا {item.code}"])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", "label::English (en)", "label::Arabic (ar)"])
    for one in card.answer_sets:
        for answer in one.answers[: changes.get("most", 99)]:
            choices.append([one.code, int(answer.value), f"our {answer.code}", f"لنا {answer.code}"])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_form_is_read_in_its_languages() -> None:
    """IM005: items are matched by name, answers by value, labels by language, the note is the instruction."""
    found = reading.read(own_form(), cards.card("gad7"), "ar")
    assert found.items["q1"] == "كلماتنا q1"
    assert found.instructions == "مقدمتنا"
    english = reading.read(own_form(), cards.card("gad7"), "en")
    assert english.answers["frequency"]["not_at_all"] == "our not_at_all"


def test_what_does_not_fit_is_named() -> None:
    """IM006: a foreign name, too few answers, a missing language or no workbook is refused in a sentence."""
    card = cards.card("gad7")
    with pytest.raises(WordingDoesNotFit, match="shoe"):
        reading.read(own_form(q2="shoe"), card, "en")
    with pytest.raises(WordingDoesNotFit, match="q1"):
        reading.read(own_form(most=2), card, "en")
    with pytest.raises(WordingDoesNotFit):
        reading.read(own_form(), card, "sw")
    with pytest.raises(WordingDoesNotFit):
        reading.read(b"no workbook", card, "en")
