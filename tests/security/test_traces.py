"""What an erasure leaves behind until somebody tidies up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from karama.security import sqlite_settings, traces

CANARY = b"canary-of-an-erased-person"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[DatabaseWrapper]:
    """A main database of its own, with the settings of a real one."""
    defaults = {"NAME": str(tmp_path / "main.db"), "OPTIONS": sqlite_settings.MAIN_OPTIONS, "TIME_ZONE": None}
    made = DatabaseWrapper({**connections["keys"].settings_dict, **defaults}, alias="own")
    connections["own"] = made
    yield made
    made.close()
    del connections["own"]


def bytes_beside(database: DatabaseWrapper) -> bytes:
    """Every byte of the database and its log."""
    folder = Path(str(database.settings_dict["NAME"])).parent
    return b"".join(path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm"))


@pytest.mark.django_db(databases=["default", "keys"])
def test_the_log_is_emptied(database: DatabaseWrapper) -> None:
    """SL135: a deleted row is still in the write-ahead log, and nowhere once the log is emptied."""
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE note (body BLOB)")
        cursor.execute("INSERT INTO note VALUES (%s)", [CANARY])
        cursor.execute("DELETE FROM note")
    assert CANARY in bytes_beside(database)
    assert traces.empty_write_ahead_log("own")
    assert CANARY not in bytes_beside(database)
    with database.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (sqlite_settings.BUSY_SECONDS * 1000,)


@pytest.mark.django_db(databases=["default", "keys"])
def test_inside_a_transaction_nothing_happens(database: DatabaseWrapper) -> None:
    """SL136: inside a transaction the log is left alone and the caller is told."""
    database.in_atomic_block = True
    assert not traces.empty_write_ahead_log("own")
    database.in_atomic_block = False
