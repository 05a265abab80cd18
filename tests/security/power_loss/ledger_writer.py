"""A writer for the simulation: appends to an outlives ledger and acknowledges each record.

Usage: ledger_writer.py FOLDER RECORDS [unsynced]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from karama.security.ledger import Ledger

SECRET = bytes(32)
INSTALLATION = "power"


def main(folder: Path, records: int, unsynced: bool) -> None:
    """Append, and acknowledge each record after ``append`` returned."""
    if unsynced:
        os.fsync = lambda _handle: None  # the mutant: trusts the cache of the system
    ledger = Ledger(folder / "ledger" / "outlives.ledger", SECRET, INSTALLATION)
    ledger.create()
    os.write(1, b"ack epoch 1\n")
    for number in range(records):
        ledger.append("erasure", {"person": f"p{number}"})
        os.write(1, f"ack p{number}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] == ["unsynced"])
