"""The files that are one person: hers, and those joined with it."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.actors import NOBODY
from karama.journal.asking import once
from karama.journal.readymade import readymade
from karama.journal.records import Record
from karama.journal.together import Asks, asks
from karama.people.access import ATTRIBUTES, JOINED, purpose_of, rows_near
from karama.people.joined import last_file
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.rules.permission import Policy

Row = TypeVar("Row", bound=Record)


def clinical_words(by: Actor, row: Record, name: str) -> str:
    """What was told in care, for duties that open it; empty for the others."""
    return row.text_of(name) if "clinical" in by.compartments else ""


@once
@asks
def files_of(by: Actor, person: Person) -> Asks[list[UUID]]:
    """The ids of this file and of all files joined with it that the actor is not kept away from."""
    found, layer = [person.id], [person.id]
    while layer:
        layer = [one for one in (yield _joined_with.later(by, layer)) if one not in found]
        found += layer
    return found


@readymade
def _joined_with(by: Actor, files: list[UUID]) -> QuerySet[Any]:
    rows = Person.objects.filter(merged_into__in=files, status="merged_into")
    seen = visible_to(
        rows, by=by, policy=JOINED, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES
    )  # fmt: skip
    return seen.values_list("id", flat=True)


def living_rows(rows: QuerySet[Row, Row], *, by: Actor, policy: Policy, deep: int | None = None) -> QuerySet[Row, Row]:
    """Of rows about people, those that a policy opens in the file that a person now has: what lies in a folded file is
    reached by way of the one that remains. `deep`: what `deepest` answers, for a question that is put together once."""
    path, times = "person", deepest() if deep is None else deep
    if not times:
        return rows_near(rows, by=by, policy=policy, path=path)
    near = Q(pk__in=rows_near(rows, by=by, policy=policy, path=path).values("pk"))
    for _once_more in range(times):
        path += "__merged_into"
        folded = rows.filter(**{f"{path}__gt": NOBODY})
        near |= Q(pk__in=rows_near(folded, by=by, policy=policy, path=path).values("pk"))
    return rows.filter(near)


@once
@asks
def deepest() -> Asks[int]:
    """How many times a file here was joined into one that was joined again: asked once for all lists of a page."""
    times = 0
    while (yield _joined.later(times)):
        times += 1
    return times


@readymade
def _joined(before: int) -> QuerySet[Any]:
    """One file that was joined with one that was joined so often before: an index finds it."""
    path = "__".join(["merged_into"] * (before + 1))
    return Person.objects.filter(**{f"{path}__gt": NOBODY}).values_list("pk")[:1]


def with_owner(by: Actor, row: Row | None, asked: UUID, policy: Policy) -> tuple[Row, Person]:
    """A row and the file that remains of its person; `asked`: the id that was asked for.

    Raises `Absent` where there is no row, or it is of a file that this actor may not see: as many queries either way.
    """
    person: Person | None = getattr(row, "person", None)
    found = person_in_reach(by, last_file(person).id if person is not None else asked, policy)
    if row is None or person is None or person.id not in files_of(by, found):
        raise Absent()
    return row, found
