"""The files of one person: those that were joined with hers, and the one that remains. It asks nobody who reads."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.models import Person


@asks
def files_of(person: UUID) -> Asks[list[UUID]]:
    """The ids of a person's file and of every file that was joined with it."""
    found, layer = [person], [person]
    while layer:
        layer = [one for one in (yield _joined_with.later(layer)) if one not in found]
        found += layer
    return found


@readymade
def _joined_with(files: list[UUID]) -> QuerySet[Any]:
    return Person.objects.filter(merged_into__in=files).values_list("id", flat=True)


def file_that_remains(person: UUID) -> UUID:
    """The file that a person now has: another one where hers was joined with it."""
    while (into := _joined_into.first([person])) is not None:
        person = into[1]
    return person


@readymade
def _joined_into(files: list[UUID]) -> QuerySet[Any]:
    return Person.objects.filter(pk__in=files, merged_into__isnull=False).values_list("id", "merged_into_id")


def all_files_of(person: UUID) -> list[UUID]:
    """The ids of every file of a person, whichever of them is asked about; the one that remains comes first."""
    return files_of(file_that_remains(person))


def last_file(person: Person) -> Person:
    """The same of a row that was read already."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def last_files(people: Collection[UUID]) -> dict[UUID, UUID]:
    """Each of many files -> the one that remains of its person."""
    found = {one: one for one in people}
    waiting = set(people)
    while waiting:
        rows = dict(_joined_into(list(waiting)))
        for file, now in list(found.items()):
            if now in rows and rows[now] is not None:
                found[file] = rows[now]
        waiting = {one for one in rows.values() if one is not None}
    return found
