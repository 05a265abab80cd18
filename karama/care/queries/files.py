"""The files that are one person: hers, and those joined with it."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor, clock, visible_to
from karama.journal.asking import once
from karama.journal.records import Record
from karama.people.access import ATTRIBUTES, JOINED, purpose_of
from karama.people.models import Person


def clinical_words(by: Actor, row: Record, name: str) -> str:
    """What was told in care, for duties that open it; empty for the others."""
    return row.text_of(name) if "clinical" in by.compartments else ""


@once
def files_of(by: Actor, person: Person) -> list[UUID]:
    """The ids of this file and of all files joined with it that the actor is not kept away from."""
    found, layer = [person.id], [person.id]
    while layer:
        rows = visible_to(
            Person.objects.filter(merged_into__in=layer, status="merged_into"),
            by=by,
            policy=JOINED,
            purpose=purpose_of(by),
            now=clock.now(),
            attributes=ATTRIBUTES,
        )
        layer = [one for one in rows.values_list("id", flat=True) if one not in found]
        found += layer
    return found
