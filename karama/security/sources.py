"""Where a backup is read from: live databases, copied in one consistent state while people work."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.db import connections
from django.utils.translation import gettext_lazy as _

from karama.security import key_copy, places
from karama.security.problems import BackupImpossible, BundleRefused
from karama.security.routers import KEYS


class Source(Protocol):
    """A live database that can be copied."""

    @property
    def engine(self) -> str:
        """``sqlite`` or ``postgresql``."""
        ...

    def copy(self, into: Path) -> dict[str, int]:
        """Write one consistent copy to a new file; return the rows of each table in it."""
        ...


def count_rows(path: Path) -> dict[str, int]:
    """Return the rows of each table of an SQLite file."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        found = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in found.fetchall()}


def check_file(path: Path) -> None:
    """Check the structure and the foreign keys of an SQLite file.

    Raises:
        BundleRefused: it is damaged.
    """
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            sound = db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            sound = sound and not db.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise BundleRefused


@dataclass(frozen=True)
class SqliteSource:
    """A live SQLite database, copied with SQLite's own backup interface (never by copying the file)."""

    path: Path
    engine: str = "sqlite"

    def copy(self, into: Path) -> dict[str, int]:
        """Write one consistent copy; see ``Source``.

        Raises:
            BackupImpossible: the database is not there or cannot be read.
        """
        if not self.path.exists():
            raise BackupImpossible(_("A database file of the data folder is missing."))
        try:
            with closing(sqlite3.connect(self.path, timeout=20)) as live, closing(sqlite3.connect(into)) as copy:
                live.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error:
            raise BackupImpossible(_("A database could not be read, or the disk is full.")) from None
        return count_rows(into)


@dataclass(frozen=True)
class PostgresKeys:
    """A PostgreSQL key database, copied into a small SQLite file of the same four tables."""

    engine: str = "postgresql"

    def copy(self, into: Path) -> dict[str, int]:
        """Write one consistent copy; see ``Source``."""
        return key_copy.export(into)


@dataclass(frozen=True)
class PostgresSource:
    """A live PostgreSQL database, copied with ``pg_dump`` in the custom format from one exported snapshot."""

    alias: str
    engine: str = "postgresql"

    def copy(self, into: Path) -> dict[str, int]:
        """Write one consistent copy; see ``Source``.

        Raises:
            BackupImpossible: ``pg_dump`` is not installed, or failed.
        """
        connection = connections[self.alias].copy()
        try:
            with connection.cursor() as cursor:
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                snapshot = str(cursor.fetchone()[0])
                arguments = ["--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={into}"]
                run_tool("pg_dump", arguments, connection.settings_dict)
                rows = count_tables(cursor)
                cursor.execute("ROLLBACK")
        finally:
            connection.close()
        return rows


def count_tables(cursor: Any) -> dict[str, int]:
    """Return the rows of each table of a PostgreSQL database, as the open transaction sees them."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
    rows = {}
    for (table,) in cursor.fetchall():
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        rows[table] = cursor.fetchone()[0]
    return rows


def run_tool(tool: str, arguments: list[str], where: dict[str, Any], database: str | None = None) -> None:
    """Run a PostgreSQL client program on a configured database; the password never appears in the command line.

    Raises:
        BackupImpossible: it is not installed, or failed.
    """
    program = shutil.which(tool)
    if program is None:
        raise BackupImpossible(
            _("The PostgreSQL client programs are not installed."),
            _("Install the package postgresql-client of the server's version and run this again."),
        )
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {name: str(where[key]) for name, key in names.items() if where.get(key)}
    environment = {**os.environ, **given, "PGDATABASE": database or str(where["NAME"])}
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, check=False)
    if done.returncode:
        raise BackupImpossible(_("A PostgreSQL client program failed: check its version and the disk space."))


@dataclass(frozen=True)
class Sources:
    """What one backup reads."""

    main: Source
    keys: Source
    home: Path


def of_installation() -> Sources:
    """Return the live databases of this installation."""
    main, keys = connections["default"], connections[KEYS]
    return Sources(
        main=SqliteSource(Path(main.settings_dict["NAME"])) if main.vendor == "sqlite" else PostgresSource("default"),
        keys=SqliteSource(Path(keys.settings_dict["NAME"])) if keys.vendor == "sqlite" else PostgresKeys(),
        home=places.home(),
    )
