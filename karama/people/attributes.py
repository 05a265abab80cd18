"""What a policy may ask about one person."""

from __future__ import annotations

from uuid import UUID

from karama.journal import target_attributes
from karama.people.access import ATTRIBUTES
from karama.people.models import Person


def person_attributes(person: UUID) -> dict[str, object]:
    """The attributes of a person by name; empty when there is no such person, which denies everything."""
    return target_attributes(Person.objects.all(), person, ATTRIBUTES)
