"""Labels of measures in the language of the reader, and in the language somebody is asked in."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from karama.ui.labels import said, said_in
from karama.ui.messages import compile_all


@pytest.fixture(autouse=True)
def _words() -> None:
    compile_all()


def test_a_label_is_said_in_the_language_of_the_reader() -> None:
    """CA095: a range, an answer and a population are words of the reader's language, not of the card."""
    with override("ar"):
        assert [said(one) for one in ("mild", "not_at_all", "nhs_talking_therapies")] == [
            "خفيف",
            "أبدًا",
            "العلاج بالكلام في NHS",
        ]
    assert [said(one) for one in ("mild", "not_at_all", "nhs_talking_therapies", None)] == [
        "mild",
        "not at all",
        "NHS talking therapies",
        "",
    ]


@pytest.mark.parametrize(("language", "words"), [("es-CO", "sueño"), ("ar", "النوم"), ("kmr", "sleep"), ("", "sleep")])
def test_a_question_is_in_the_language_it_is_asked_in(language: str, words: str) -> None:
    """CA096: whoever asks reads the topic in the language of the questions, whatever language the page is in."""
    assert said_in(language, "sleep") == words
