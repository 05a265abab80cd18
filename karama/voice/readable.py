"""The readable copy: what every room keeps about a person, in her language, as plain text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from karama.journal import Actor
from karama.people.models.minor import Topic
from karama.people.registries import CopySection, copy_of, told_of


@dataclass(frozen=True)
class Section:
    """One part of the copy: label and value, already in words of one language."""

    title: str
    rows: tuple[tuple[str, str], ...]


def gathered(by: Actor, person: UUID, language: str, topics: Collection[str] | None = None) -> list[Section]:
    """Every section in this language. The person must be in the reader's reach, whose duty opens all of it.

    `topics`: for a guardian, what was agreed; it comes first, and nothing else follows. None: whole, for the person.
    """
    with translation.override(language):
        if topics is None:
            return [_section(one) for one in copy_of(by=by, person=person, language=language)]
        cut = told_of(by=by, person=person, language=language, topics=topics)
        return [_agreed(topics, {one.topic for one in cut}), *(_section(one) for one in cut)]


def _section(one: CopySection) -> Section:
    return Section(str(one.title), tuple((str(label), str(value)) for label, value in one.rows))


def _agreed(topics: Collection[str], written: Collection[str]) -> Section:
    """What may be told, and where it is: written below, or only told."""
    rows = [
        (str(label), str(_("It stands below") if code in written else _("Ask whoever works with the young person")))
        for code, label in Topic.choices
        if code in topics
    ]
    return Section(str(_("What may be told to you")), tuple(rows))
