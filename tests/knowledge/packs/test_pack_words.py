"""KN208: what a programme names stands in each of its languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from karama.knowledge.languages import LANGUAGES
from karama.knowledge.pack_contact import USUAL
from karama.knowledge.packs import packs, programme

READ_ALOUD = "texts.toml"
"""Consent and its limits: a speaker of the language writes them, and the programme's page says which are missing."""


def texts(part: Any, where: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every table of words by language, with where it stands."""
    if isinstance(part, dict):
        if part and set(part) <= set(LANGUAGES) and all(isinstance(words, str) for words in part.values()):
            yield where, part
        else:
            for key, inner in part.items():
                yield from texts(inner, f"{where}.{key}")
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from texts(inner, f"{where}[{number}]")


@pytest.mark.parametrize("code", packs())
def test_names_stand_in_the_languages_of_the_programme(code: str) -> None:
    """KN208: every name a programme's files give has words in each language of the programme, texts that are read aloud
    apart; the services of the house have them in every language of the interface."""
    folder = files("karama.knowledge") / "programmes" / code
    found = [
        (path.name, where, words)
        for path in folder.iterdir()
        if path.name.endswith(".toml") and path.name != READ_ALOUD
        for where, words in texts(tomllib.loads(path.read_text(encoding="utf-8")))
    ]
    assert len(found) > 40
    wanted = set(programme(code).languages)
    assert [(name, where) for name, where, words in found if not wanted <= set(words)] == []
    assert all(set(way.names) == set(LANGUAGES) for way in USUAL.ways)
