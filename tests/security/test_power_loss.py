"""An acknowledged submission survives a power cut (promise P6), and so does an erasure."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from karama.security.ledger import Ledger
from karama.security.problems import SecurityProblem
from tests.security.conftest import Sampling
from tests.security.power_loss import action_writer, ledger_writer, writer
from tests.security.power_loss.recording import record
from tests.security.power_loss.verdict import Found, Verdict, judge

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="install strace to simulate power cuts")
EVERY_DAY, WHOLE = 300, 10_000
FEW, MANY = 40, 10_000
"""Images of a whole installation: each is a megabyte to write and to open."""


def look_at_databases(folder: Path) -> Found:
    """Open both databases as a restarted server would, and say what is there and what is torn."""
    main, keys = folder / "data" / "karama.db", folder / "keys" / "keys.db"
    try:
        submissions, audited, counted = _main_rows(main)
        keyed = _column(keys, "SELECT token FROM person_key")
    except sqlite3.DatabaseError as problem:
        return Found(frozenset(), f"corrupt: {problem}")
    wrong = ""
    if submissions != audited or len(submissions) != counted:
        wrong = "torn: submissions, audit rows and counter differ"
    elif submissions - keyed:
        wrong = "data without keys"
    return Found(frozenset(submissions), wrong)


def _column(path: Path, query: str) -> set[str]:
    if not path.exists() or not path.stat().st_size:
        return set()
    with closing(sqlite3.connect(path)) as db:
        if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError("integrity check")
        table = query.rsplit(" ", 1)[-1]
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
            return set()
        return {str(value) for (value,) in db.execute(query)}


def _main_rows(path: Path) -> tuple[set[str], set[str], int]:
    counted = _column(path, "SELECT seq FROM counter") or {"0"}
    submissions = _column(path, "SELECT token FROM submission")
    return submissions, _column(path, "SELECT token FROM audit"), int(counted.pop())


def look_at_ledger(folder: Path) -> Found:
    """Open the ledger as a restarted server would, append to it, and read it again."""
    path = folder / "ledger" / "outlives.ledger"
    ledger = Ledger(path, ledger_writer.SECRET, ledger_writer.INSTALLATION)
    if not path.exists():
        return Found(frozenset())
    try:
        before = ledger.entries()
        ledger.append("erasure", {"person": "after the cut"})
        after = ledger.entries()
    except SecurityProblem as problem:
        return Found(frozenset(), f"damaged: {problem.code}")
    tokens = {str(entry.what.get("person", "epoch 1")) for entry in after}
    return Found(frozenset(tokens), "" if after[:-1] == before else "changed by an append")


def cut(tmp_path: Path, sampling: Sampling, arguments: list[str], *, images: int | None = None) -> Verdict:
    """Record the database writer once and cut its power many times."""
    operations = record(Path(writer.__file__), tmp_path / "written", arguments)
    count = images or (WHOLE if sampling.full else EVERY_DAY)
    return judge(operations, look_at_databases, images=count, seed=sampling.seed, work=tmp_path)


def test_nothing_acknowledged_is_lost(tmp_path: Path, sampling: Sampling) -> None:
    """SL123: in simulated power cuts at every kind of moment no acknowledged submission is lost, torn or corrupt.

    10,000 images with --full, 300 every day. Keys are always there for the data that is there.
    """
    verdict = cut(tmp_path, sampling, ["40"])
    sampling.note("power_loss_sqlite", {"images": verdict.images, "lost": verdict.lost, "torn": verdict.wrong})
    assert (verdict.lost, verdict.wrong) == (0, 0), verdict.first


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_weaker_settings_lose(tmp_path: Path, sampling: Sampling, synchronous: str) -> None:
    """SL124: the same cuts lose acknowledged work with synchronous=NORMAL or OFF, so the attack works."""
    verdict = cut(tmp_path, sampling, ["40", synchronous], images=EVERY_DAY)
    assert verdict.lost > 0


def test_weaker_key_settings_lose(tmp_path: Path, sampling: Sampling) -> None:
    """SL125: the same cuts leave data without keys when the key database runs with FULL instead of EXTRA."""
    verdict = cut(tmp_path, sampling, ["40", "", "FULL"], images=EVERY_DAY)
    assert verdict.wrong > 0


@pytest.mark.parametrize("unsynced", [False, True], ids=["synced", "mutant: not synced"])
def test_an_erasure_on_the_ledger_is_never_lost(tmp_path: Path, sampling: Sampling, unsynced: bool) -> None:
    """SL126: no acknowledged ledger record is lost in a power cut, and what is left can be appended to.

    Without the syncs the same cuts lose records.
    """
    arguments = ["60", "unsynced"] if unsynced else ["60"]
    operations = record(Path(ledger_writer.__file__), tmp_path / "written", arguments)
    count = WHOLE if sampling.full and not unsynced else EVERY_DAY
    verdict = judge(operations, look_at_ledger, images=count, seed=sampling.seed, work=tmp_path)
    if unsynced:
        assert verdict.lost > 0
    else:
        sampling.note("power_loss_ledger", {"images": verdict.images, "lost": verdict.lost, "damaged": verdict.wrong})
        assert (verdict.lost, verdict.wrong) == (0, 0), verdict.first


def look_at_installation(folder: Path) -> Found:
    """Open both databases of an installation: rows, journal and counter agree, and each person has her keys."""
    main, keys = folder / "home" / "data" / "karama.db", folder / "home" / "keys" / "keys.db"
    try:
        with closing(sqlite3.connect(main)) as db, closing(sqlite3.connect(keys)) as ring:
            for each in (db, ring):
                each.create_function("REGEXP", 2, lambda pattern, text: bool(re.search(pattern, str(text))))
                if each.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    return Found(frozenset(), "corrupt: integrity check")
            people = {row for (row,) in db.execute("SELECT id FROM people_person")}
            responses = {row for (row,) in db.execute("SELECT id FROM care_response")}
            written = {row for (row,) in db.execute("SELECT row FROM journal_change WHERE deed = 'insert'")}
            numbers = [row for (row,) in db.execute("SELECT seq FROM journal_entry ORDER BY seq")]
            counted = db.execute("SELECT seq FROM journal_counter").fetchone()
            keyed = {row for (row,) in ring.execute("SELECT person_id FROM security_person_key")}
    except sqlite3.DatabaseError as problem:
        return Found(frozenset(), f"corrupt: {problem}")
    wrong = ""
    if not (people | responses) <= written:
        wrong = "torn: a row without its change in the journal"
    elif numbers != list(range(1, len(numbers) + 1)) or counted != (len(numbers),):
        wrong = "torn: entries and counter differ"
    elif people - keyed:
        wrong = "a person without keys"
    tokens = {f"person {UUID(one)}" for one in people} | {f"response {UUID(one)}" for one in responses}
    return Found(frozenset(tokens | {action_writer.READY}), wrong)


def test_nothing_an_action_acknowledged_is_lost(tmp_path: Path, sampling: Sampling) -> None:
    """SL149: power cuts through real actions lose no acknowledged person or response, tear none from its journal entry.

    10,000 images of a whole installation with --full, 40 every day.
    """
    operations = record(Path(action_writer.__file__), tmp_path / "written", ["6"])
    verdict = judge(
        operations,
        look_at_installation,
        images=MANY if sampling.full else FEW,
        seed=sampling.seed,
        work=tmp_path,
        after=action_writer.READY,
    )
    sampling.note("power_loss_actions", {"images": verdict.images, "lost": verdict.lost, "torn": verdict.wrong})
    assert (verdict.lost, verdict.wrong) == (0, 0), verdict.first
