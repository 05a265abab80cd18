"""A full disk harms nothing (promise P7): what was acknowledged is there, nothing is torn, and work goes on after."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from karama.security.ledger import RECORD_BYTES, Ledger
from tests.security import disk_full
from tests.security.conftest import Sampling
from tests.security.power_loss import ledger_writer

ROOT = Path(__file__).resolve().parents[2]


def fill(folder: Path, limit: int, *how: str) -> tuple[set[str], bool]:
    """Write until the disk is full; return what was acknowledged and whether it became full."""
    done = subprocess.run(
        [sys.executable, disk_full.__file__, str(folder), str(limit), *how],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    lines = done.stdout.splitlines()
    return {line[4:] for line in lines if line.startswith("ack ")}, "full" in lines


def present(folder: Path) -> set[str]:
    """What is there now; the files must be sound and no submission without its audit row."""
    with closing(sqlite3.connect(folder / "data" / "karama.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        submissions = {token for (token,) in db.execute("SELECT token FROM submission")}
        assert submissions == {token for (token,) in db.execute("SELECT token FROM audit")}
    ledger = Ledger(folder / "ledger" / "outlives.ledger", ledger_writer.SECRET, ledger_writer.INSTALLATION)
    erased = {str(entry.what["person"]) for entry in ledger.entries() if entry.kind == "erasure"}
    return {f"data {token}" for token in submissions} | {f"ledger {token}" for token in erased}


def test_full_disk(tmp_path: Path, sampling: Sampling) -> None:
    """SL131: when the disk is full no acknowledged submission or ledger record is lost, none is torn, and after room
    is made the work goes on. 150 fills with --full, 4 every day.
    """
    chance = random.Random(sampling.seed)
    fills, acknowledged = 150 if sampling.full else 4, 0
    for number in range(fills):
        folder = tmp_path / str(number)
        (folder / "data").mkdir(parents=True)
        told, full = fill(folder, chance.randrange(60_000, 180_000))
        assert full, f"seed {sampling.seed}, fill {number}"
        assert told <= present(folder), f"seed {sampling.seed}, fill {number}"
        acknowledged += len(told)
        more, _ = fill(folder, chance.randrange(300_000, 400_000))
        assert more
        assert told | more <= present(folder), f"seed {sampling.seed}, fill {number}"
    sampling.note("disk_full", {"fills": fills, "lost": 0, "torn": 0})
    assert acknowledged


def test_full_disk_in_the_middle_of_a_record(tmp_path: Path, sampling: Sampling) -> None:
    """SL183: a ledger whose record fits by half only says that it was not written, and goes on where it ended."""
    (tmp_path / "data").mkdir()
    room = random.Random(sampling.seed).randrange(1, RECORD_BYTES)
    told, full = fill(tmp_path, 10 * RECORD_BYTES + room, "ledger")
    assert full
    assert told
    assert told == present(tmp_path)
    more, _ = fill(tmp_path, 20 * RECORD_BYTES, "ledger")
    assert more
    assert told | more == present(tmp_path)
