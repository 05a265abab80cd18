"""A writer for the simulation: keys first, then a submission with its audit row and counter, as an action does.

Usage: writer.py FOLDER TRANSACTIONS [MAIN_SYNCHRONOUS [KEYS_SYNCHRONOUS]]
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

from karama.security import sqlite_settings

CHECKPOINT_PAGES = 12


def connect(path: Path, pragmas: dict[str, str]) -> sqlite3.Connection:
    """Open a database with these pragmas; a small checkpoint size makes checkpoints happen often."""
    path.parent.mkdir(exist_ok=True)
    db = sqlite3.connect(path, isolation_level=None)
    for statement in sqlite_settings.statements(pragmas).split(";"):
        db.execute(statement)
    db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    return db


def _with(pragmas: dict[str, str], synchronous: str) -> dict[str, str]:
    return {**pragmas, "synchronous": synchronous} if synchronous else pragmas


def main(folder: Path, transactions: int, main_synchronous: str = "", keys_synchronous: str = "") -> None:
    """Write with the settings that ship, or with weaker ones, and acknowledge each submission after its commit."""
    keys = connect(folder / "keys" / "keys.db", _with(sqlite_settings.KEYS_PRAGMAS, keys_synchronous))
    data = connect(folder / "data" / "karama.db", _with(sqlite_settings.MAIN_PRAGMAS, main_synchronous))
    keys.execute("CREATE TABLE person_key (token TEXT PRIMARY KEY, wrapped BLOB)")
    data.execute("BEGIN IMMEDIATE")
    data.execute("CREATE TABLE submission (token TEXT PRIMARY KEY, sealed BLOB)")
    data.execute("CREATE TABLE audit (token TEXT PRIMARY KEY)")
    data.execute("CREATE TABLE counter (seq INTEGER)")
    data.execute("INSERT INTO counter VALUES (0)")
    data.execute("COMMIT")
    for number in range(transactions):
        token = f"t{number}"
        keys.execute("INSERT INTO person_key VALUES (?, ?)", (token, bytes(60)))
        data.execute("BEGIN IMMEDIATE")
        data.execute("INSERT INTO submission VALUES (?, ?)", (token, os.urandom(300 + 200 * (number % 20))))
        data.execute("INSERT INTO audit VALUES (?)", (token,))
        data.execute("UPDATE counter SET seq = seq + 1")
        data.execute("COMMIT")
        os.write(1, f"ack {token}\n".encode())
    keys.close()
    data.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
