"""Who may ask in a child's place, and what a guardian may be told: one place, for the rooms above.

It asks nobody who reads: the caller has the person in reach.
"""

from __future__ import annotations

from uuid import UUID

from karama.people import deciding
from karama.people.joined import files_of
from karama.people.models import Guardian, Person


def guardians_now(person: Person) -> list[Guardian]:
    """Those on record who may decide for this person today, in whichever of her files; nobody once she is an adult."""
    if deciding.standing_of(person) == "adult":
        return []
    rows = Guardian.objects.filter(person_id__in=files_of(person.id), until__isnull=True)
    return list(rows.order_by("since", "id"))


def agreed_with(guardian: Guardian) -> frozenset[str]:
    """Codes of `Topic` that the child and a protection duty agreed to; nothing for a guardian who is not safe."""
    if not is_safe(guardian):
        return frozenset()
    return frozenset(guardian.unseal("may_know") or ())


def is_safe(guardian: Guardian) -> bool:
    """Whether it was noted that it is safe when this guardian decides: unsure is not safe."""
    return bool(guardian.unseal("trust") == "safe")


def guardian_now(person: Person, guardian: UUID | None) -> Guardian | None:
    """One of those who may decide today; None for anybody else's, for one that has ended, and for an adult's."""
    return next((one for one in guardians_now(person) if one.id == guardian), None)
