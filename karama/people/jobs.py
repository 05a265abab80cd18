"""What happens without a click: finishing interrupted erasures, and sweeping keys nobody used."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor
from karama.people.access import ERASURE_JOB
from karama.people.actions.erasing import settle_erasure
from karama.people.models import Person
from karama.security import vault

ERASER = Actor(id=UUID("0190c0de-0000-7000-8000-00000000e5a5"), kind="job", duty=ERASURE_JOB, name="Erasure")


def finish_erasures() -> int:
    """Delete the rows of everyone whose keys are destroyed already; returns how many people. Called at start-up."""
    waiting = vault.resume_erasures()
    for person in waiting:
        settle_erasure(by=ERASER, person=person)
    return len(waiting)


def sweep_unused_keys() -> int:
    """Delete keys made for registrations that never came; returns how many. Raises `SweepRefused`."""
    return vault.sweep_orphans(_known)


def _known(people: list[UUID]) -> set[UUID]:
    return set(Person.objects.filter(pk__in=people).values_list("pk", flat=True))
