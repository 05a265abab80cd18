"""The vault: two keys per participant, sealing and opening her fields, and destroying her keys for good.

Order without a common commit: keys are made durably before the data; an erasure is written in the ledger, then the
keys go, then the caller deletes the rows and calls ``settled``. Every step may be repeated. Unwrapped keys are
cached in memory; what another process erases stops opening here within one second (``key_cache``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Q

from karama.security import digests, envelope, key_store, keyring, ledger, places, traces
from karama.security.key_cache import KeyCache
from karama.security.key_store import changing
from karama.security.models import ErasedPerson, PersonKey, PersonLink
from karama.security.problems import CannotOpen, Erased, NoKeys, SweepRefused
from karama.security.routers import KEYS

StoreName = Literal["identity", "clinical"]
ORPHAN_AGE = timedelta(hours=24)
SWEEP_FLOOR = 1_000
SWEEP_SHARE = 0.10

__all__ = [
    "CannotOpen",
    "Erased",
    "NoKeys",
    "create_keys",
    "erase",
    "forget",
    "is_erased",
    "link",
    "open_installation",
    "open_sealed",
    "resume_erasures",
    "seal",
    "seal_installation",
    "settled",
    "sweep_orphans",
    "unlink",
    "warm",
]

_cache = KeyCache()


def create_keys(person_ids: Sequence[UUID], made_at: datetime | None = None) -> None:
    """Make an identity and a clinical key for each person who has none, durably, before her data is written.

    Calling it again changes nothing. It commits on its own, whatever happens to the caller's transaction.
    ``made_at``: what is written down as the moment, where the true one would tell who it was. Not a day ago: the
    sweep of unused keys would take it for a forgotten one before its data is written.

    Raises:
        Erased: one of them was erased; an erased id is never used again.
        KeyringMissing: the keys that wrap are not there.
    """
    key_store.create(person_ids, made_at)


def seal(person_id: UUID, store: StoreName, *, kind: int, row: UUID, field: str, value: bytes) -> bytes:
    """Seal one field of one row about a person; it will open only as this kind, row and field.

    ``kind`` is the record's permanent number (0 to 65,535). The result is 37 bytes longer than the value.

    Raises:
        NoKeys: ``create_keys`` was not called. Erased: she was erased. ValueError: no such store.
    """
    key = _cache.to_seal(person_id, store)
    return envelope.seal_field(key.cipher, key.head, value, places.installation_id(), kind, row, field)


def open_sealed(person_id: UUID, store: StoreName, *, kind: int, row: UUID, field: str, ciphertext: bytes) -> bytes:
    """Open a field in the place where it was sealed.

    Raises:
        Erased: the person was erased.
        CannotOpen: it was moved, changed, or sealed for somebody else or for the other store.
    """
    key = _cache.to_open(person_id, store, ciphertext)
    return envelope.open_field(key.cipher, ciphertext, places.installation_id(), kind, row, field)


def warm(person_ids: Iterable[UUID], store: StoreName) -> None:
    """Fetch the keys of several people with one query, before opening a list row by row."""
    _cache.warm(person_ids, store)


def forget() -> None:
    """Drop every unwrapped key and the keyring from this process's memory."""
    _cache.clear()
    keyring.forget()


def is_erased(person_id: UUID) -> bool:
    """Tell whether a person, or the one she was merged into, was erased."""
    return key_store.is_erased(person_id)


def erase(person_id: UUID) -> list[UUID]:
    """Destroy the keys of a person and of everyone merged into her; return all their ids.

    First the ledger, then the keys. The caller then deletes the rows of each id returned and calls ``settled``.
    Repeating it is harmless. The erasure is final once the next rotation has destroyed the wrapping keys
    (``rotation.final_on``). To erase a merged person, erase the one she was merged into.

    Raises:
        LedgerMissing, LedgerDamaged: nothing was destroyed.
    """
    with changing(invalidates=True) as state:
        people = key_store.merged_into(person_id)
        done = set(ErasedPerson.objects.using(KEYS).filter(person_id__in=people).values_list("person_id", flat=True))
        reached = state.ledger_position
        for person in people:
            if person not in done:
                reached = ledger.append("erasure", {"person": str(person)})
        key_store.destroy(people, reached)
    _cache.clear()
    return people


def settled(person_id: UUID) -> None:
    """Say that the rows of an erased person are gone as well, so that start-up need not return to her.

    Call it after the commit: it also empties the write-ahead log of the main database, where they still stand.
    """
    ErasedPerson.objects.using(KEYS).filter(person_id=person_id).update(settled_at=datetime.now(UTC))
    traces.empty_write_ahead_log()


def resume_erasures() -> list[UUID]:
    """Finish what a crash interrupted: destroy the keys of everyone the ledger says was erased.

    Returns the erased people whose rows have not been settled yet, oldest first: delete their rows, call ``settled``.

    Raises:
        LedgerMissing, LedgerDamaged: see ``problems``.
    """
    erased = [UUID(entry.what["person"]) for entry in ledger.entries() if entry.kind == "erasure"]
    unfinished = []
    for part in key_store.chunks(dict.fromkeys(erased)):
        known = set(ErasedPerson.objects.using(KEYS).filter(person_id__in=part).values_list("person_id", flat=True))
        alive = set(PersonKey.objects.using(KEYS).filter(person_id__in=part).values_list("person_id", flat=True))
        unfinished += [person for person in part if person not in known or person in alive]
    if unfinished:
        with changing(invalidates=True):
            key_store.destroy(unfinished, ledger.position().seq)
        _cache.clear()
    waiting = ErasedPerson.objects.using(KEYS).filter(settled_at=None).order_by("erased_at", "person_id")
    return list(waiting.values_list("person_id", flat=True))


def link(person_id: UUID, into: UUID) -> None:
    """Record that a person was merged into another: both keep their keys, and each opens the other's fields.

    Raises:
        ValueError: the link would go round in a circle. Erased: one of them was erased.
    """
    with changing(invalidates=True):
        if key_store.survivor(into) == person_id or person_id == into:
            raise ValueError("A person cannot be merged into herself.")
        if key_store.is_erased(person_id) or key_store.is_erased(into):
            raise Erased
        PersonLink.objects.using(KEYS).update_or_create(
            person_id=person_id, defaults={"into_id": into, "linked_at": datetime.now(UTC)}
        )
    _cache.clear()


def unlink(person_id: UUID) -> None:
    """Undo ``link``: each opens only her own fields again."""
    with changing(invalidates=True):
        PersonLink.objects.using(KEYS).filter(person_id=person_id).delete()
    _cache.clear()


def sweep_orphans(known_ids: Callable[[list[UUID]], set[UUID]], older_than: timedelta = ORPHAN_AGE) -> int:
    """Delete keys of people whose data was never written; return how many people that were.

    ``known_ids`` is given some ids and returns those the main database knows (merged people included). People who
    take part in a link are always known.

    Raises:
        SweepRefused: more than 1,000 people and more than a tenth of all: more likely two databases that do not
            belong together than interrupted registrations. Nothing was deleted.
    """
    everyone = PersonKey.objects.using(KEYS).order_by().values_list("person_id", flat=True).distinct()
    old = list(everyone.filter(made_at__lt=datetime.now(UTC) - older_than))
    orphans: list[UUID] = []
    for part in key_store.chunks(old):
        links = PersonLink.objects.using(KEYS).filter(Q(person_id__in=part) | Q(into_id__in=part))
        linked = {person for pair in links.values_list("person_id", "into_id") for person in pair}
        known = known_ids(part) | linked
        orphans += [person for person in part if person not in known]
    if len(orphans) > max(SWEEP_FLOOR, SWEEP_SHARE * everyone.count()):
        raise SweepRefused
    if orphans:
        with changing(invalidates=True):
            for part in key_store.chunks(orphans):
                PersonKey.objects.using(KEYS).filter(person_id__in=part).delete()
        _cache.clear()
    return len(orphans)


def _installation_key(purpose: str, version: int | None = None) -> tuple[bytes, int]:
    if version is None:
        version = keyring.keyring().current(keyring.INSTALLATION).version
    key = keyring.find(keyring.INSTALLATION, version)
    return digests.derive(key.secret, "seal", purpose), key.version


def _installation_place(purpose: str) -> bytes:
    return key_store.installation().encode() + b"\0" + purpose.encode()


def seal_installation(purpose: str, value: bytes) -> bytes:
    """Seal a value that belongs to no person, such as a one-time-code secret; it opens only for this purpose.

    Put whatever must not be exchanged (a user's id) into the purpose. 33 bytes longer than the value.
    """
    secret, version = _installation_key(purpose)
    return envelope.seal_plain(secret, version, _installation_place(purpose), value)


def open_installation(purpose: str, ciphertext: bytes) -> bytes:
    """Open what ``seal_installation`` sealed for the same purpose.

    Raises:
        CannotOpen: another purpose or installation, or changed bytes. KeyringMissing: the key is not there.
    """
    secret, _version = _installation_key(purpose, envelope.plain_version(ciphertext))
    return envelope.open_plain(secret, _installation_place(purpose), ciphertext)
