"""What happens without a click: finishing interrupted erasures, sweeping unused keys, renewing the search index."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from karama.jobs.schedule import Job, scheduled
from karama.journal import Actor, reading
from karama.journal.access_log import opening_all
from karama.people import pairing
from karama.people.access import ERASURE_JOB
from karama.people.actions.erasing import settle_erasure
from karama.people.actions.identity import name_keys
from karama.people.models import NameKey, Person
from karama.security import blind_index, vault

ERASER = Actor(id=UUID("0190c0de-0000-7000-8000-00000000e5a5"), kind="job", duty=ERASURE_JOB, name="Erasure")


INDEXER = Actor(id=UUID("0190c0de-0000-7000-8000-00000000e5a6"), kind="job", duty="job:index", name="Search index")
PART = 500


def finish_erasures() -> int:
    """Delete the rows of everyone whose keys are destroyed already; returns how many people. Called at start-up."""
    waiting = vault.resume_erasures()
    for person in waiting:
        settle_erasure(by=ERASER, person=person)
    return len(waiting)


def sweep_unused_keys() -> int:
    """Delete keys made for registrations that never came; returns how many. Raises `SweepRefused`."""
    return vault.sweep_orphans(_known)


def rebuild_index(version: int) -> None:
    """File every named person under another index key: what `security.rotation` calls before it destroys the old one.

    The keys in use stay beside the new ones until `forget_old_index`, so a rotation that fails leaves search working.
    """
    people = Person.objects.filter(identity_mode="named", status__in=("active", "closed"), names__isnull=False)
    NameKey.objects.filter(version=version).delete()
    after = UUID(int=0)
    while part := list(people.filter(pk__gt=after).order_by("pk")[:PART]):
        with reading(by=INDEXER, purpose="administration", route="people.rebuild_index"):
            opening_all([person.id for person in part])
            vault.warm([person.id for person in part], "identity")
            NameKey.objects.bulk_create([key for person in part for key in _keys_of(person, version)])
        after = part[-1].pk


def _keys_of(person: Person, version: int) -> list[NameKey]:
    names, birth = person.unseal("names") or {}, person.unseal("birth") or {}
    return name_keys(person, names, birth.get("year"), version)


def forget_old_index() -> None:
    """Delete the blind keys of index keys that are no longer in use."""
    NameKey.objects.filter(version__lt=blind_index.current_version()).delete()


def tidy() -> None:
    """The daily round: unused keys and old blind keys."""
    sweep_unused_keys()
    forget_old_index()


def compare_files() -> None:
    """The weekly round of the comparison by machine."""
    pairing.compare_all()


def install() -> None:
    """Put the daily round on the schedule."""
    scheduled(Job("people.compare", compare_files, every=timedelta(days=7)))
    scheduled(Job("people.tidy", tidy, every=timedelta(days=1)))


def _known(people: list[UUID]) -> set[UUID]:
    return set(Person.objects.filter(pk__in=people).values_list("pk", flat=True))
