"""Unwrapped keys kept in the memory of one process, few, and never for long after they became invalid."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from uuid import UUID

from karama.security import envelope, key_store, keyring
from karama.security.key_store import STORES, OpenKey
from karama.security.models import KeyState
from karama.security.problems import CannotOpen, Erased, NoKeys
from karama.security.routers import KEYS

LIMIT = 16_384
RECHECK_SECONDS = 1.0


class KeyCache:
    """At most ``LIMIT`` unwrapped keys, the oldest dropped first.

    An erasure, link or rotation in this process takes effect at once. One in another process takes effect within
    ``RECHECK_SECONDS``: at the first use after that time the generation number is read from the key database (one
    query of one row a second), and a changed number empties the cache and re-reads the keyring. Python cannot
    overwrite the memory a dropped key lay in.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._writing: dict[tuple[UUID, str], OpenKey] = {}
        self._reading: dict[tuple[UUID, str, int], OpenKey] = {}
        self._generation: int | None = None
        self._check_after = 0.0

    def clear(self) -> None:
        """Drop every key; the next use asks the database."""
        with self._lock:
            self._writing.clear()
            self._reading.clear()
            self._check_after = 0.0

    def to_seal(self, person_id: UUID, store: str) -> OpenKey:
        """Return the key new values of a person are sealed with.

        Raises:
            Erased, NoKeys, KeyringMissing: see ``problems``.
            ValueError: no such store.
        """
        if time.monotonic() > self._check_after:
            self._recheck()
        key = self._writing.get((person_id, store))
        if key is None:
            self.warm([person_id], store)
            key = self._writing.get((person_id, store))
            if key is None:
                raise Erased if key_store.is_erased(person_id) else NoKeys
        return key

    def to_open(self, person_id: UUID, store: str, ciphertext: bytes) -> OpenKey:
        """Return the key named in a ciphertext, if it is this person's or that of one merged with her.

        Raises:
            Erased, CannotOpen, KeyringMissing: see ``problems``.
            ValueError: no such store.
        """
        if time.monotonic() > self._check_after:
            self._recheck()
        key_id = envelope.key_id_of(ciphertext)
        key = self._reading.get((person_id, store, key_id))
        return key or self._load(person_id, store, key_id)

    def warm(self, people: Iterable[UUID], store: str) -> None:
        """Unwrap the keys of several people with one query, before a list is opened row by row."""
        if store not in STORES:
            raise ValueError(f"unknown store: {store}")
        if time.monotonic() > self._check_after:
            self._recheck()
        missing = [person for person in people if (person, store) not in self._writing]
        for row in key_store.rows_of(missing, STORES[store]):
            key = key_store.opened(row)
            self._keep(row.person_id, store, key)
            with self._lock:
                self._writing[row.person_id, store] = key

    def _load(self, person_id: UUID, store: str, key_id: int) -> OpenKey:
        if store not in STORES:
            raise ValueError(f"unknown store: {store}")
        row = key_store.row_by_id(key_id)
        if row is None:
            raise Erased if key_store.is_erased(person_id) else CannotOpen
        if row.store != STORES[store] or not _same_person(row.person_id, person_id):
            raise CannotOpen
        key = key_store.opened(row)
        self._keep(person_id, store, key)
        return key

    def _keep(self, person_id: UUID, store: str, key: OpenKey) -> None:
        with self._lock:
            while len(self._reading) >= self._limit:
                self._reading.pop(next(iter(self._reading)))
            while len(self._writing) >= self._limit:
                self._writing.pop(next(iter(self._writing)))
            self._reading[person_id, store, key.key_id] = key

    def _recheck(self) -> None:
        found = KeyState.objects.using(KEYS).filter(pk=1).values_list("generation", flat=True).first()
        if found != self._generation:
            self.clear()
            keyring.forget()
            self._generation = found
        self._check_after = time.monotonic() + RECHECK_SECONDS


def _same_person(one: UUID, other: UUID) -> bool:
    return one == other or key_store.survivor(one) == key_store.survivor(other)
