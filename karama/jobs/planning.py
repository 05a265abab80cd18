"""What SQLite knows about its own tables: without it, a search is planned as if every table were as large."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connections, transaction

from karama.jobs.schedule import Job, scheduled

LOOKED_AT: Final = 1_000
"""So many entries of an index are looked at: milliseconds, however many there are."""

SMALL: Final = 1_000
"""A table with fewer rows, or none, counts as one with so many: it may have grown an hour later, after an import, and
is not to be read from end to end with every search; nor are a hundred thousand people to be looked through for it."""


def plan_by_numbers(alias: str = "default") -> None:
    """Let SQLite count how the rows of large tables are spread. PostgreSQL does it by itself.

    Counts alone are kept, no value of any row.
    """
    connection = connections[alias]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        with transaction.atomic(using=alias):
            cursor.execute("DROP TABLE IF EXISTS sqlite_stat1")  # a new one: whoever is connected already reads it too
            cursor.execute("ANALYZE")
            cursor.execute("SELECT name FROM sqlite_master WHERE name = 'sqlite_stat4'")
            if cursor.fetchone() is not None:  # would keep values
                cursor.execute("DELETE FROM sqlite_stat4")
            cursor.execute("DELETE FROM sqlite_stat1 WHERE CAST(stat AS INTEGER) < %s", [SMALL])
            cursor.execute(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) SELECT name, NULL, %s FROM sqlite_master "
                "WHERE type = 'table' AND name NOT LIKE 'sqlite_%%' AND name NOT IN (SELECT tbl FROM sqlite_stat1)",
                [str(SMALL)],
            )
        cursor.execute("ANALYZE sqlite_master")  # this connection reads anew what it knows


def register() -> None:
    """Called once, when Django is ready."""
    scheduled(Job("jobs.plan_by_numbers", plan_by_numbers, every=timedelta(hours=1)))
