"""Makes what a story stands on once in this process, and puts the very same databases back before the next story."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from django.db import connections

_kept: dict[str, sqlite3.Connection] = {}


def put(make: Callable[[], None]) -> None:
    """Fill the empty test databases by `make`, or by a copy of what it made the first time. SQLite copies only."""
    if _kept:
        for alias, copy in _kept.items():
            copy.backup(_file(alias))
        return
    make()
    if all(one.vendor == "sqlite" for one in connections.all()):
        for alias in connections:
            _kept[alias] = sqlite3.connect(":memory:")
            _file(alias).backup(_kept[alias])


def _file(alias: str) -> sqlite3.Connection:
    connections[alias].ensure_connection()
    opened: sqlite3.Connection = connections[alias].connection
    return opened
