"""KN204-KN207: lists that people read have their words in every language of the interface."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from karama.knowledge import value_sets
from karama.knowledge.languages import LANGUAGES, unread, unreviewed_languages
from karama.knowledge.value_sets.lists import words_in
from karama.rules.scoring.fields import CardError, Fields
from karama.ui import context

FILES = {path.stem: path for path in sorted(Path(value_sets.__file__).parent.glob("*.toml"))}
NOT_SHOWN = {
    "calling_codes": "numbers; the names of countries are those of the interface",
    "duties_said": "what people may call a duty, to be found in what they wrote; read by nobody",
}
"""Lists without words for readers, and why."""
ARABIC_LETTERS = ("ar", "ckb")
SAME_EVERYWHERE = {"medicines"}
"""Lists whose words may stand alike in several languages: a medicine is called what its package says."""


def read(name: str) -> dict[str, Any]:
    return tomllib.loads(FILES[name].read_text(encoding="utf-8"))


def entries(part: Any) -> Iterator[Mapping[str, Any]]:
    """Everything that has words, however deep: an entry, a caution, a chapter, a question, a choice."""
    if isinstance(part, dict):
        if "en" in part:
            yield part
        for inner in part.values():
            yield from entries(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from entries(inner)


def test_lists_speak_the_languages_of_the_interface() -> None:
    """KN204: lists are written in the languages in which pages are; a list is left out of this by name only."""
    assert set(LANGUAGES) == {code for code, _name in settings.LANGUAGES}
    assert set(NOT_SHOWN) <= set(FILES)
    assert all(not list(entries(read(name))) for name in NOT_SHOWN)


@pytest.mark.parametrize("name", sorted(set(FILES) - set(NOT_SHOWN)))
def test_each_entry_has_words_in_every_language(name: str) -> None:
    """KN205: whatever somebody reads of a list has words in all languages of the interface, in the letters of that
    language, and nowhere English in place of another language."""
    found = list(entries(read(name)))
    assert found
    for one in found:
        assert [code for code in LANGUAGES if not one.get(code, "").strip()] == [], one["code"]
        for code in ARABIC_LETTERS:
            assert any("\u0600" <= letter <= "\u06ff" for letter in one[code]), (one["code"], code)
            assert "," not in one[code], (one["code"], code)
            assert "?" not in one[code], (one["code"], code)
        alike = [code for code in LANGUAGES if code != "en" and one[code] == one["en"]]
        assert name in SAME_EVERYWHERE or len(alike) <= 2, (one["code"], alike)


def test_what_nobody_read_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """KN206: a list names the languages whose words nobody has read yet, and the switch of languages says so also of a
    language whose catalogue was read; a language that is none of the interface is refused, and so is English."""
    for code in unreviewed_languages():
        assert code in LANGUAGES
    monkeypatch.setattr(context, "is_reviewed", lambda code: True)
    monkeypatch.setattr(context, "unreviewed_languages", lambda: frozenset({"sw"}))
    assert [one.code for one in context.languages() if not one.reviewed] == ["sw"]
    for wrong in ("en", "xx"):
        with pytest.raises(CardError):
            unread(Fields({"unreviewed_languages": [wrong]}, "a list"))


def test_a_language_may_be_absent_never_empty() -> None:
    """KN207: an entry that was added without a language is read, and its English holds there; empty words are refused,
    and so is an entry without English, Spanish or Arabic."""
    least = {"en": "Pain", "es": "Dolor", "ar": "ألم"}
    assert words_in(Fields(least, "a list")) == least
    assert words_in(Fields(least | {"sw": "Maumivu"}, "a list"))["sw"] == "Maumivu"
    for wrong in ({"en": "Pain", "es": "Dolor"}, least | {"sw": " "}):
        with pytest.raises(CardError):
            words_in(Fields(wrong, "a list"))
