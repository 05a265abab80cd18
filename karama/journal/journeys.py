"""Several SELECTs put to a database in one go, as each database takes them best."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Final

from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX
from psycopg import ClientCursor, Connection, Cursor

Select = tuple[str, Sequence[Any]]
"""A statement and the values of its places."""
Row = tuple[Any, ...]

PREPARED: Final = 400
"""Statements that a connection keeps prepared: more than the pages of every duty ask."""


def journey(connection: Any, selects: Sequence[Select]) -> list[list[Row]]:
    """The rows of each SELECT. It is guarded, counted and noted as one question that holds all of them."""
    with connection.cursor() as cursor:
        cursor.cursor = several = _OneByOne(cursor.cursor) if connection.vendor == "sqlite" else _Sent(cursor.cursor)
        several.selects = selects
        cursor.execute("; ".join(sql for sql, _values in selects), [value for _sql, some in selects for value in some])
        return several.found


class _Several:
    """A cursor that takes several SELECTs."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor
        self.selects: Sequence[Select] = ()
        self.found: list[list[Row]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)


class _OneByOne(_Several):
    """SQLite works in this process: there is no way to go. As one list (`UNION ALL`) they took twice as long, because
    SQLite looks through all cursors that are open whenever it opens another.
    """

    def execute(self, _all: str, _values: Sequence[Any]) -> None:
        """Ask each."""
        own: sqlite3.Cursor = self.cursor
        self.found = [sqlite3.Cursor.execute(own, marked(sql), values).fetchall() for sql, values in self.selects]


@lru_cache(maxsize=PREPARED)
def marked(sql: str) -> str:
    """A statement with the marks of SQLite. Django looks for them anew each time, in statements that do not change."""
    return FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%")


class _Sent(_Several):
    """To PostgreSQL all are sent before the first is answered, and it keeps how it reads each: planning a question
    takes longer than answering it.
    """

    asked: Select = ("", ())

    @property
    def _query(self) -> SimpleNamespace:
        """What Django notes of a cursor of psycopg, where it notes what was asked."""
        sql, values = self.asked
        return SimpleNamespace(query=ClientCursor(self.cursor.connection).mogrify(sql, values).encode())

    def execute(self, together: str, values: Sequence[Any]) -> None:
        """Send all, then read what each found."""
        self.asked = (together, values)
        own: Connection[Row] = self.cursor.connection
        own.prepare_threshold, own.prepared_max = 1, PREPARED
        with own.pipeline():
            told = [Cursor(own).execute(sql, tuple(some), prepare=True) for sql, some in self.selects]
            self.found = [one.fetchall() for one in told]
