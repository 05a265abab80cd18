"""A writer that runs out of room. Usage: disk_full.py FOLDER LARGEST_FILE_IN_BYTES

The limit is the system's own limit on the size of a file: a write beyond it fails, as on a full disk. What was
acknowledged before is printed as ``ack TOKEN``; the writer ends with ``full`` when the disk said no.
"""

from __future__ import annotations

import resource
import signal
import sqlite3
import sys
from pathlib import Path

from karama.security.ledger import Ledger
from tests.security.power_loss import ledger_writer, writer


def main(folder: Path, limit: int, *, only_ledger: bool = False) -> None:
    """Write submissions and ledger records until the limit stops them. `only_ledger`: its file fills first."""
    data = writer.connect(folder / "data" / "karama.db", writer.sqlite_settings.MAIN_PRAGMAS)
    data.execute("CREATE TABLE IF NOT EXISTS submission (token TEXT PRIMARY KEY, sealed BLOB)")
    data.execute("CREATE TABLE IF NOT EXISTS audit (token TEXT PRIMARY KEY)")
    ledger = Ledger(folder / "ledger" / "outlives.ledger", ledger_writer.SECRET, ledger_writer.INSTALLATION)
    if not ledger.path.exists():
        ledger.create()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    start = len(ledger.entries()) if only_ledger else data.execute("SELECT count(*) FROM submission").fetchone()[0]
    for number in range(start, start + 2_000):
        token = f"t{number}"
        try:
            ledger.append("erasure", {"person": token})
            print(f"ack ledger {token}", flush=True)
            if only_ledger:
                continue
            data.execute("BEGIN IMMEDIATE")
            data.execute("INSERT INTO submission VALUES (?, ?)", (token, bytes(700)))
            data.execute("INSERT INTO audit VALUES (?)", (token,))
            data.execute("COMMIT")
            print(f"ack data {token}", flush=True)
        except (OSError, sqlite3.Error):
            print("full", flush=True)
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), only_ledger=sys.argv[3:] == ["ledger"])
