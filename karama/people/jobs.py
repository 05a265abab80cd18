"""What happens without a click: finishing interrupted erasures, sweeping unused keys, renewing the search index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from karama.accounts.jobs import repeat_revocations
from karama.jobs.schedule import Job, scheduled
from karama.journal import Actor, clock, reading, registries
from karama.journal.access_log import opening_all
from karama.people import pairing
from karama.people.access import ERASURE_JOB, RESTORE_JOB, ROTATION_JOB
from karama.people.actions.erasing import settle_erasure
from karama.people.actions.identity import name_keys
from karama.people.actions.restoring import repeat_withdrawal
from karama.people.actions.rotating import begin_rotation, finish_rotation
from karama.people.models import Consent, NameKey, Person
from karama.security import backup, blind_index, ledger, restore, rotation, vault

ERASER = Actor(id=UUID("0190c0de-0000-7000-8000-00000000e5a5"), kind="job", duty=ERASURE_JOB, name="Erasure")


INDEXER = Actor(id=UUID("0190c0de-0000-7000-8000-00000000e5a6"), kind="job", duty="job:index", name="Search index")
ROTATOR = Actor(id=UUID("0190c0de-0000-7000-8000-00000000e5a9"), kind="job", duty=ROTATION_JOB, name="Rotation")
RESTORER = Actor(id=UUID("0190c0de-0000-7000-8000-00000000e5a7"), kind="job", duty=RESTORE_JOB, name="Restore")
PART = 500
AHEAD = timedelta(days=3)
"""A rotation that fails has three days to be tried again before erasures are later than they say."""


def finish_erasures() -> int:
    """Delete the rows of everyone whose keys are destroyed already; returns how many people. Called at start-up."""
    waiting = vault.resume_erasures()
    for person in waiting:
        settle_erasure(by=ERASER, person=person)
    return len(waiting)


def repeat_withdrawals() -> int:
    """Take back again what the restored data does not know to be taken back; returns how many.

    The whole ledger is looked through, not only what is younger than the backup: a withdrawal that was being saved
    while the backup was copied may stand on either side of its mark.
    """
    waiting = {UUID(entry.what["by"]): entry.what for entry in ledger.entries() if entry.kind == "withdrawal"}
    known = set(Consent.objects.filter(decision="withdrawn").values_list("pk", flat=True))
    done = 0
    for fact, what in waiting.items():
        person, consent = UUID(what["person"]), UUID(what["consent"])
        if fact in known or not Consent.objects.filter(pk=consent, decision="yes").exists():
            continue
        with reading(by=RESTORER, purpose="rights", route="people.repeat_withdrawal"):
            opening_all([person])
            done += repeat_withdrawal(by=RESTORER, person=person, consent=consent).value is not None
    return done


def finish_restore() -> tuple[int, int]:
    """Before a restored installation opens: erase again who was erased since, take back again what was taken back.

    Returns how many people were erased and how many decisions taken back. May be repeated after a crash. Telephones
    that were taken back since are taken back again, too. Publications have no room yet that could apply them: while one
    is pending, the installation stays closed.
    """
    repeat_revocations()
    erased, withdrawn = finish_erasures(), repeat_withdrawals()
    if all(entry.kind in ("withdrawal", "revocation") for entry in restore.pending_replay()):
        restore.replayed()
    return erased, withdrawn


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


def rotate_keys(
    folder: Path, *, by: Actor = ROTATOR, step: Callable[[str], None] = lambda _name: None
) -> rotation.Rotation:
    """Rotate all wrapping keys and the search index; the new bundle of keys lies in `folder` (`security.rotation`).

    Raises:
        RotationRunning, RestoreUnfinished, BundleRefused, BackupImpossible: nothing is lost.
    """
    begin_rotation(by=by)
    done = rotation.rotate(folder, rebuild_index, step=step)
    finish_rotation(by=by, rewrapped=done.rewrapped, destroyed=len(done.destroyed))
    forget_old_index()
    return done


def rotate_when_due() -> None:
    """The monthly rotation, some days before its last day, with a whole backup under the new keys.

    Only where `installation.toml` names a folder for backups: a bundle of keys on the same disk alone would be lost
    with it, and every older bundle is closed by the rotation. Elsewhere Today tells the administrator to do it.
    """
    due, folder = rotation.due_on(), settings.KARAMA_BACKUPS
    if folder is not None and due is not None and clock.day_in_utc() >= due - AHEAD:
        rotate_keys(folder)
        backup.write(folder, drill=True)


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
    """Put the daily and weekly rounds and the monthly rotation on the schedule."""
    scheduled(Job("people.compare", compare_files, every=timedelta(days=7)))
    scheduled(Job("people.tidy", tidy, every=timedelta(days=1)))
    scheduled(Job("people.rotate_keys", rotate_when_due, every=timedelta(days=1), longest=timedelta(hours=2)))


def _known(people: list[UUID]) -> set[UUID]:
    known = set(Person.objects.filter(pk__in=people).values_list("pk", flat=True))
    return known.union(*(answer(people) for _room, answer in registries.knows_keys))
