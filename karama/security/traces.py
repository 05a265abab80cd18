"""What an erasure leaves in the files of the main database until somebody tidies up."""

from __future__ import annotations

from django.db import connections

PATIENCE_MILLISECONDS = 500


def empty_write_ahead_log(alias: str = "default") -> bool:
    """Copy SQLite's write-ahead log into the database and cut it to nothing; tell whether that was possible now.

    Deleted rows stay readable in the log until then, also with ``secure_delete`` (measured). It gives up after half
    a second when somebody is reading; the next erasure or restart tries again, and rotation makes what is left
    worthless. Inside a transaction, and on PostgreSQL, whose log cannot be cut, it does nothing and returns False.
    """
    connection = connections[alias]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = int(cursor.fetchone()[0])
        try:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            row = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
    return row is not None and row[0] == 0
