"""Several SELECTs put to a database in one go, as each database takes them best."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, Final

from psycopg import ClientCursor, Connection, Cursor

Select = tuple[str, Sequence[Any]]
"""A statement and the values of its places."""
Row = tuple[Any, ...]

PREPARED: Final = 400
"""Statements that PostgreSQL keeps for one connection: more than the pages of every duty ask."""


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
        self.found = [self.cursor.execute(sql, values).fetchall() for sql, values in self.selects]


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
