"""Restoring a PostgreSQL main database: into a scratch database first, then two names are exchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from karama.security import randomness, sources
from karama.security.problems import BundleRefused, RestoreImpossible

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Scratch:
    """A restored copy beside the live database, not yet in its place."""

    def __init__(self, alias: str) -> None:
        self._where: dict[str, Any] = dict(connections[alias].settings_dict)
        self._alias = alias
        self.live = str(self._where["NAME"])
        mark = randomness.code(8, _LETTERS)
        self.name = f"{self.live[:40]}_restored_{mark}"
        self.before = f"{self.live[:40]}_before_{mark}"

    def fill(self, dump: Path, rows: dict[str, int]) -> None:
        """Restore a dump and compare the rows of every table.

        Raises:
            BundleRefused: a table differs. RestoreImpossible: the account may not create databases.
            BackupImpossible: ``pg_restore`` is not there or failed.
        """
        try:
            with self._server() as server:
                server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.name)))
        except psycopg.Error:
            raise RestoreImpossible(
                _("The database account may not create a database to restore into."),
                _("Give it CREATEDB for the time of the restore, and run the restore again."),
            ) from None
        arguments = ["--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={self.name}", str(dump)]
        sources.run_tool("pg_restore", arguments, self._where, self.name)
        with self._connect(self.name) as copy, copy.cursor() as cursor:
            if sources.count_tables(cursor) != rows:
                raise BundleRefused

    def take_place(self) -> None:
        """Exchange names with the live database, in one transaction.

        Raises:
            RestoreImpossible: somebody is connected; nothing was exchanged.
        """
        self._rename((self.live, self.before), (self.name, self.live))

    def give_back(self) -> None:
        """Undo ``take_place``."""
        self._rename((self.live, self.name), (self.before, self.live))

    def drop(self) -> None:
        """Remove the scratch copy."""
        with self._server() as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(self.name)))

    def _rename(self, *pairs: tuple[str, str]) -> None:
        connections[self._alias].close()
        try:
            with self._server() as server, server.transaction():
                for old, new in pairs:
                    names = (sql.Identifier(old), sql.Identifier(new))
                    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))
        except psycopg.Error:
            raise RestoreImpossible(_("Somebody is still connected to the database.")) from None

    def _server(self) -> psycopg.Connection[Any]:
        return self._connect("postgres")

    def _connect(self, database: str) -> psycopg.Connection[Any]:
        given = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
        options = {name: str(self._where[key]) for name, key in given.items() if self._where.get(key)}
        return psycopg.connect(dbname=database, autocommit=True, **options)  # type: ignore[arg-type]
