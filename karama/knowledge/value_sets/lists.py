"""Lists of codes with words in each language. A file `<name>.toml` that is there is a list."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from karama.knowledge.languages import LANGUAGES, unread
from karama.knowledge.loader import KnowledgeError
from karama.rules.scoring.evidence import Evidence
from karama.rules.scoring.fields import CardError, Fields

Texts = Mapping[str, str]
GRADES = ("now", "today")
NEEDED: Final = ("en", "es", "ar")
"""No entry is read without these; where another one is absent, English holds."""


@dataclass(frozen=True)
class Coded:
    """A code with its words in each language."""

    code: str
    names: Texts
    evidence: Evidence


@dataclass(frozen=True)
class RedFlag(Coded):
    """A sign that somebody needs a doctor. `grade`: how soon."""

    grade: str


@lru_cache(maxsize=32)
def coded(name: str) -> tuple[Coded, ...]:
    """Every entry of a list, in its order. Raises KnowledgeError naming the file and the key."""
    return _entries(name, lambda each: Coded(*said_in(each)))


@lru_cache(maxsize=1)
def red_flags() -> tuple[RedFlag, ...]:
    """Signs that end a session of physiotherapy with a call. Raises KnowledgeError."""
    return _entries("red_flags", lambda each: RedFlag(*said_in(each), grade=each.choose("grade", GRADES)))


def offered(entries: tuple[Any, ...]) -> list[tuple[str, Texts]]:
    """(code, words) of what may be chosen: an entry that is still a draft is not."""
    return [(one.code, one.names) for one in entries if not one.evidence.draft]


def table(name: str) -> Fields:
    """The parsed file of a list. Raises KnowledgeError."""
    path = files("karama.knowledge") / "value_sets" / f"{name}.toml"
    try:
        return Fields(tomllib.loads(path.read_text(encoding="utf-8")), f"value_sets/{name}.toml")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"value_sets/{name}.toml: {error}") from error


def once(name: str, entries: tuple[Any, ...]) -> None:
    """Raises KnowledgeError when a code stands twice, or when there is none."""
    codes = [one.code for one in entries]
    if not codes or len(set(codes)) != len(codes):
        raise KnowledgeError(f"value_sets/{name}.toml: each code must stand there once.")


def _entries(name: str, make: Any) -> tuple[Any, ...]:
    fields = table(name)
    try:
        fields.take("version", str)
        unread(fields)
        found = fields.each("entries", make)
        fields.finish()
    except CardError as error:
        raise KnowledgeError(str(error)) from error
    once(name, found)
    return found


def said_in(each: Fields) -> tuple[str, Texts, Evidence]:
    """Code, words in each language, evidence: what every entry has."""
    code = each.take("code", str)
    return code, words_in(each), each.evidence()


def words_in(each: Fields) -> Texts:
    """The words of an entry, by language. Raises CardError."""
    there = [one for one in LANGUAGES if one in NEEDED or each.has(one)]
    names = {language: each.take(language, str) for language in there}
    if not all(words.strip() for words in names.values()):
        raise CardError(f"{each.where}: the words are empty.")
    return names
