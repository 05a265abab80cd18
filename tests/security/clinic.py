"""A small main database of sealed notes, written as the real one is, for the tests of backups and erasure."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from karama.security import key_copy, sources, sqlite_settings, vault
from karama.security.identifiers import uuid7

KIND = 60


@dataclass(frozen=True)
class Clinic:
    """The files of one installation: sealed notes in ``data/karama.db``, wrapped keys in ``keys/keys.db``."""

    home: Path

    @property
    def main(self) -> Path:
        """The main database."""
        return self.home / "data" / "karama.db"

    @property
    def keys(self) -> Path:
        """The key database as a file; ``freeze`` writes it from the test database."""
        return self.home / "keys" / "keys.db"

    def sources(self) -> sources.Sources:
        """What a backup reads."""
        return sources.Sources(sources.SqliteSource(self.main), sources.SqliteSource(self.keys), self.home)

    def connect(self) -> sqlite3.Connection:
        """Open the main database with the pragmas of a real one."""
        db = sqlite3.connect(self.main, isolation_level=None, timeout=20)
        for statement in sqlite_settings.statements(sqlite_settings.MAIN_PRAGMAS).split(";"):
            db.execute(statement)
        return db

    def open_doors(self) -> None:
        """Make the files of an empty installation."""
        for folder in (self.main.parent, self.keys.parent, self.home / "wording"):
            folder.mkdir(exist_ok=True)
        (self.home / "installation.toml").write_text('id = "test"\n')
        (self.home / "wording" / "phq9.en.json").write_text("{}")
        with closing(self.connect()) as db:
            db.execute("CREATE TABLE note (row TEXT PRIMARY KEY, person TEXT, sealed BLOB)")

    def admit(self, notes: list[bytes]) -> list[UUID]:
        """Register one person for each note; return their ids."""
        people = [uuid7() for _ in notes]
        vault.create_keys(people)
        with closing(self.connect()) as db:
            db.execute("BEGIN IMMEDIATE")
            for person, note in zip(people, notes, strict=True):
                row = uuid7()
                sealed = vault.seal(person, "clinical", kind=KIND, row=row, field="note", value=note)
                db.execute("INSERT INTO note VALUES (?, ?, ?)", (row.hex, person.hex, sealed))
            db.execute("COMMIT")
        self.freeze()
        return people

    def freeze(self) -> None:
        """Write the wrapped keys, as the test database holds them now, into the key database file."""
        fresh = self.keys.with_suffix(".fresh")
        key_copy.export(fresh)
        fresh.replace(self.keys)

    def readable(self) -> dict[UUID, bytes]:
        """Return every note that opens now, by person."""
        found = {}
        with closing(self.connect()) as db:
            rows = db.execute("SELECT row, person, sealed FROM note").fetchall()
        for row, person, sealed in rows:
            try:
                place = {"kind": KIND, "row": UUID(row), "field": "note", "ciphertext": sealed}
                found[UUID(person)] = vault.open_sealed(UUID(person), "clinical", **place)
            except (vault.Erased, vault.CannotOpen):
                continue
        return found

    def forget_rows(self, person: UUID) -> None:
        """Delete a person's rows as an erasure does, and empty the write-ahead log."""
        with closing(self.connect()) as db:
            db.execute("DELETE FROM note WHERE person = ?", (person.hex,))
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def adopt(self) -> None:
        """Read the key database file back into the test database, as a restarted server would use it."""
        key_copy.load(self.keys)
        vault.forget()
