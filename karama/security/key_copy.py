"""Copies of the key database: always a small SQLite file, whichever database is in use, checked without Django."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from karama.security import envelope, keyring
from karama.security.key_store import KEK_OF
from karama.security.models import ErasedPerson, KeyState, PersonKey, PersonLink, Store
from karama.security.problems import BundleRefused, CannotOpen, KeyringMissing
from karama.security.routers import KEYS

TABLES: tuple[type[models.Model], ...] = (KeyState, PersonKey, ErasedPerson, PersonLink)


@dataclass(frozen=True)
class KeyFacts:
    """How far a copy reaches, and which wrapping keys it needs."""

    serial: int
    ledger_position: int
    keks: dict[str, list[int]]


def facts(path: Path) -> KeyFacts:
    """Read the state of a key database file; an installation without any key has serial 0."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if PersonKey._meta.db_table not in tables:
            return KeyFacts(0, 0, {})
        state = db.execute("SELECT serial, ledger_position FROM security_key_state WHERE id = 1").fetchone() or (0, 0)
        pairs = db.execute("SELECT DISTINCT store, kek_version FROM security_person_key ORDER BY 1, 2").fetchall()
    keks: dict[str, list[int]] = {}
    for store, version in pairs:
        keks.setdefault(KEK_OF[Store(store)], []).append(version)
    return KeyFacts(state[0], state[1], keks)


def verify(path: Path, ring: keyring.Keyring, installation: str) -> int:
    """Unwrap every key of a copy with a keyring; return how many there are.

    Raises:
        BundleRefused: one does not unwrap. KeyringMissing: its wrapping key was destroyed at a rotation.
    """
    count = 0
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        ciphers: dict[tuple[int, int], AESGCM] = {}
        rows = db.execute("SELECT key_id, person_id, store, kek_version, wrapped FROM security_person_key")
        for key_id, person, store, version, wrapped in rows:
            if (store, version) not in ciphers:
                ciphers[store, version] = AESGCM(ring.version(KEK_OF[Store(store)], version).secret)
            try:
                envelope.unwrap(ciphers[store, version], wrapped, installation, UUID(person), store, key_id, version)
            except CannotOpen:
                raise BundleRefused from None
            count += 1
    return count


def replay(path: Path, erased: Iterable[UUID], ledger_position: int) -> int:
    """Delete the keys of erased people from a copy and mark every erasure as unsettled; return how many lost keys.

    Unsettled, because the data restored beside it may hold their rows again: start-up then deletes those.
    """
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    people = [(person.hex,) for person in erased]
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA secure_delete = ON")
        with db:
            before = db.execute("SELECT count(DISTINCT person_id) FROM security_person_key").fetchone()[0]
            db.executemany("DELETE FROM security_person_key WHERE person_id = ?", people)
            db.executemany("DELETE FROM security_person_link WHERE person_id = ? OR into_id = ?1", people)
            db.executemany(  # a copy of a PostgreSQL database carries no unique index that could ignore a second one
                "INSERT INTO security_erased_person (person_id, erased_at) SELECT ?1, ?2 "
                "WHERE NOT EXISTS (SELECT 1 FROM security_erased_person WHERE person_id = ?1)",
                [(person, now) for (person,) in people],
            )
            db.execute("UPDATE security_erased_person SET settled_at = NULL")
            db.execute(
                "UPDATE security_key_state SET generation = generation + 1, ledger_position = ?", (ledger_position,)
            )
            after = db.execute("SELECT count(DISTINCT person_id) FROM security_person_key").fetchone()[0]
    return int(before - after)


def _to_file(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    return bytes(value) if isinstance(value, memoryview) else value


def _from_file(column: models.Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column, models.UUIDField):
        return UUID(value)
    if isinstance(column, models.DateTimeField):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value


def export(path: Path) -> dict[str, int]:
    """Write the key tables of a PostgreSQL key database into a new SQLite file; return the rows of each table."""
    rows: dict[str, int] = {}
    with closing(sqlite3.connect(path)) as db, transaction.atomic(using=KEYS), db:
        for model in TABLES:
            table = model._meta.db_table
            columns = [str(column.column) for column in model._meta.concrete_fields]
            db.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
            found = model._default_manager.using(KEYS).values_list(*columns)
            marks = ", ".join("?" * len(columns))
            db.executemany(
                f"INSERT INTO {table} VALUES ({marks})", ([_to_file(value) for value in row] for row in found)
            )
            rows[table] = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return rows


def load(path: Path) -> None:
    """Replace the rows of a PostgreSQL key database by those of a copy; call inside a transaction on it."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        for model in TABLES:
            manager = model._default_manager.using(KEYS)
            manager.all().delete()
            columns = list(model._meta.concrete_fields)
            names = ", ".join(str(column.column) for column in columns)
            for row in db.execute(f"SELECT {names} FROM {model._meta.db_table}").fetchall():
                values = {c.attname: _from_file(c, value) for c, value in zip(columns, row, strict=True)}
                manager.bulk_create([model(**values)])


def missing_keks(found: KeyFacts, ring: keyring.Keyring) -> None:
    """Check that a keyring holds the keys a copy was wrapped with.

    Raises:
        KeyringMissing: one was destroyed at a rotation: a newer keys bundle opens the same data.
    """
    for kind, versions in found.keks.items():
        if set(versions) - set(ring.versions(kind)):
            raise KeyringMissing(
                _("This keys bundle is older than the last rotation and can never be opened again."),
                _("Use the newest keys bundle: it opens older data bundles as well."),
            )
