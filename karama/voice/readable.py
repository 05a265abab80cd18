"""The readable copy: what every room keeps about a person, in her language, as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import translation

from karama.journal import Actor
from karama.people.registries import copy_of


@dataclass(frozen=True)
class Section:
    """One part of the copy: label and value, already in words of one language."""

    title: str
    rows: tuple[tuple[str, str], ...]


def spoken(languages: Sequence[str], otherwise: str) -> str:
    """The first of a person's languages that this software speaks; else the reader's own."""
    known = {code for code, _name in settings.LANGUAGES}
    return next((one.split("-")[0] for one in languages if one.split("-")[0] in known), otherwise)


def gathered(by: Actor, person: UUID, language: str) -> list[Section]:
    """Every section in this language. The person must be in the reader's reach, whose duty opens all of it."""
    with translation.override(language):
        return [
            Section(str(one.title), tuple((str(label), str(value)) for label, value in one.rows))
            for one in copy_of(by=by, person=person, language=language)
        ]
