"""The rows that a fixture makes with real actions, made once in a process and put back before each later test.

The first test of a process that asks runs the actions; what both databases hold then is kept as plain rows. Every later
test of the same day gets the same rows in its own transaction, which rolls them back. Nothing is put back that an
action did not write, under its guards and with its journal.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db import connections, transaction

from karama.journal import clock, guard

Made = TypeVar("Made")
Rows = dict[str, dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]]
ALIASES = ("default", "keys")

_kept: dict[tuple[str, ...], tuple[Any, Rows]] = {}


def remembered(name: str, make: Callable[[], Made]) -> Made:
    """What `make` gives, with the rows it leaves. `make` depends on nothing but an empty database and the day
    at the sites, in the far west, in UTC and in the far east."""
    now = clock.now()
    key = (name, *((now + timedelta(hours=one)).date().isoformat() for one in (-5, 0, 3)))
    if key not in _kept:
        made = make()
        _kept[key] = (copy.deepcopy(made), {alias: _rows_of(alias) for alias in ALIASES})
        return made
    made, rows = _kept[key]
    with guard.suspended("rows that an action of an earlier test has written"):
        for alias in ALIASES:
            _put(alias, rows[alias])
    return copy.deepcopy(made)  # type: ignore[no-any-return]


def _rows_of(alias: str) -> dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]:
    found = {}
    with connections[alias].cursor() as cursor:
        for table in connections[alias].introspection.table_names(cursor):
            if table == "django_migrations":
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            written = _sqlite if connections[alias].vendor == "sqlite" else _plain
            rows = [tuple(written(value) for value in row) for row in cursor.fetchall()]
            if rows:
                found[table] = (tuple(column[0] for column in cursor.description), rows)
    return found


def _sqlite(value: Any) -> Any:
    """SQLite keeps days, times and decimals as text; reading turned them into values."""
    return str(value) if isinstance(value, date | time | Decimal) else value


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _put(alias: str, tables: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]) -> None:
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')
        for table, (columns, rows) in tables.items():
            names, places = ", ".join(f'"{one}"' for one in columns), ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)
