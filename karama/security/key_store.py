"""The rows of the key database: made, found, wrapped anew, destroyed. Only ``vault`` and ``rotation`` call this."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connections, transaction
from django.db.models import F

from karama.security import envelope, keyring, places
from karama.security.models import ErasedPerson, KeyState, PersonKey, PersonLink, Store
from karama.security.problems import Erased, KeyringMissing
from karama.security.routers import KEYS

STORES = {"identity": Store.IDENTITY, "clinical": Store.CLINICAL}
KEK_OF = {Store.IDENTITY: keyring.IDENTITY, Store.CLINICAL: keyring.CLINICAL}
_CHUNK = 900


class OpenKey(NamedTuple):
    """A participant's unwrapped key, ready to use, with the header its ciphertexts begin with."""

    key_id: int
    head: bytes
    cipher: AESGCM


def chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Yield ids in lists that fit into one query on every database."""
    source = iter(ids)
    while part := list(islice(source, _CHUNK)):
        yield part


def installation() -> str:
    """Return the installation id.

    Raises:
        KeyringMissing: it is empty, so nothing may be sealed.
    """
    name = places.installation_id()
    if not name:
        raise KeyringMissing
    return name


def read_state() -> KeyState | None:
    """Return the state row, or nothing before the first key was made."""
    return KeyState.objects.using(KEYS).filter(pk=1).first()


@contextmanager
def changing(*, invalidates: bool) -> Iterator[KeyState]:
    """Run one durable change of the key database, alone among all processes, and yield the locked state row.

    ``invalidates`` makes every other process drop its unwrapped keys at its next look. The wrapping versions to
    use are those of the row, so that a key made during a rotation is wrapped by the key that stays.
    """
    with transaction.atomic(using=KEYS, durable=True):
        _ensure_state()
        step = {"serial": F("serial") + 1, "generation": F("generation") + (1 if invalidates else 0)}
        KeyState.objects.using(KEYS).filter(pk=1).update(**step)
        yield KeyState.objects.using(KEYS).get(pk=1)


def _ensure_state() -> None:
    if read_state() is None:
        ring = keyring.keyring()
        versions = {f"{kind}_version": ring.current(kind).version for kind in keyring.ROTATED}
        first = {**versions, "rotated_at": datetime.now(UTC)}
        KeyState.objects.using(KEYS).get_or_create(pk=1, defaults=first)


def version_of(state: KeyState, store: int) -> int:
    """Return the version of the key-encryption key in use for a store."""
    return state.identity_version if store == Store.IDENTITY else state.clinical_version


def kek(store: int, version: int) -> AESGCM:
    """Return a key-encryption key, reading the keyring again when this process does not know the version yet.

    Raises:
        KeyringMissing: it is not in the keyring.
    """
    return AESGCM(keyring.find(KEK_OF[Store(store)], version).secret)


def create(person_ids: Sequence[UUID], made_at: datetime | None = None) -> None:
    """Make the missing keys of these people in one durable transaction.

    Raises:
        Erased: one of them was erased; an erased id never comes back.
    """
    name = installation()
    wanted = list(dict.fromkeys(person_ids))
    with changing(invalidates=False) as state:
        have: set[tuple[UUID, int]] = set()
        for part in chunks(wanted):
            if ErasedPerson.objects.using(KEYS).filter(person_id__in=part).exists():
                raise Erased
            have.update(_held(part))
        rows: list[tuple[UUID, Store, int, int, bytes]] = []
        for store in Store:
            version = version_of(state, store)
            wrapping = kek(store, version)
            for person in wanted:
                if (person, int(store)) not in have:
                    rows.append(_fresh(wrapping, name, person, store, version))
        _insert(rows, made_at or datetime.now(UTC))


def _held(people: list[UUID]) -> Iterable[tuple[UUID, int]]:
    return PersonKey.objects.using(KEYS).filter(person_id__in=people).values_list("person_id", "store")


def _fresh(
    wrapping: AESGCM, name: str, person: UUID, store: Store, version: int
) -> tuple[UUID, Store, int, int, bytes]:
    key_id = secrets.randbits(63) or 1
    secret = secrets.token_bytes(keyring.KEY_BYTES)
    wrapped = envelope.wrap(wrapping, secret, name, person, int(store), key_id, version)
    return person, store, key_id, version, wrapped


def _insert(rows: list[tuple[UUID, Store, int, int, bytes]], made_at: datetime) -> None:
    """Insert many rows by one statement, three times as fast as building model objects."""
    connection = connections[KEYS]
    into = "INSERT INTO security_person_key (person_id, store, key_id, kek_version, wrapped, made_at)"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * 5
            types = "unnest(%s::uuid[], %s::smallint[], %s::bigint[], %s::integer[], %s::bytea[])"
            cursor.execute(f"{into} SELECT made.*, %s FROM {types} AS made", [made_at, *columns])
            return
        moment = connection.ops.adapt_datetimefield_value(made_at)
        cursor.executemany(
            f"{into} VALUES (%s, %s, %s, %s, %s, %s)",
            [
                (person.hex, int(store), key_id, version, wrapped, moment)
                for person, store, key_id, version, wrapped in rows
            ],
        )


def opened(row: PersonKey) -> OpenKey:
    """Unwrap one row.

    Raises:
        KeyringMissing: the wrapping key is not here.
        CannotOpen: the row was changed or moved.
    """
    secret = envelope.unwrap(
        kek(row.store, row.kek_version),
        bytes(row.wrapped),
        installation(),
        row.person_id,
        row.store,
        row.key_id,
        row.kek_version,
    )
    return OpenKey(row.key_id, envelope.field_head(row.key_id), AESGCM(secret))


def rows_of(people: Sequence[UUID], store: Store) -> Iterator[PersonKey]:
    """Yield the key rows of people for one store."""
    for part in chunks(people):
        yield from PersonKey.objects.using(KEYS).filter(person_id__in=part, store=store)


def row_by_id(key_id: int) -> PersonKey | None:
    """Return the row with a key id."""
    return PersonKey.objects.using(KEYS).filter(key_id=key_id).first()


def is_erased(person_id: UUID) -> bool:
    """Tell whether a person, or the one she was merged into, was erased."""
    return ErasedPerson.objects.using(KEYS).filter(person_id__in=[person_id, survivor(person_id)]).exists()


def survivor(person_id: UUID) -> UUID:
    """Return the person somebody was merged into, followed to the end; herself if she was not merged."""
    seen = {person_id}
    while link := PersonLink.objects.using(KEYS).filter(person_id=person_id).first():
        person_id = link.into_id
        if person_id in seen:
            break
        seen.add(person_id)
    return person_id


def merged_into(person_id: UUID) -> list[UUID]:
    """Return a person and everyone merged into her, however many steps away."""
    found, fresh = [person_id], [person_id]
    while fresh:
        links = PersonLink.objects.using(KEYS).filter(into_id__in=fresh).values_list("person_id", flat=True)
        fresh = [person for person in links if person not in found]
        found += fresh
    return found


def destroy(people: Sequence[UUID], ledger_position: int) -> None:
    """Delete the keys and links of people and leave tombstones; call inside ``changing(invalidates=True)``."""
    now = datetime.now(UTC)
    for part in chunks(people):
        tombstones = [ErasedPerson(person_id=person, erased_at=now) for person in part]
        ErasedPerson.objects.using(KEYS).bulk_create(tombstones, ignore_conflicts=True)
        PersonKey.objects.using(KEYS).filter(person_id__in=part).delete()
        PersonLink.objects.using(KEYS).filter(person_id__in=part).delete()
        PersonLink.objects.using(KEYS).filter(into_id__in=part).delete()
    KeyState.objects.using(KEYS).filter(pk=1).update(ledger_position=ledger_position)
