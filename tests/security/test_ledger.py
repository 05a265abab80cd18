"""The outlives ledger."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from karama.security.ledger import KINDS, RECORD_BYTES, Ledger
from karama.security.problems import LedgerDamaged, LedgerMissing, LedgerOlder

SECRET = bytes(range(32))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger with epoch 1 and three erasures."""
    made = Ledger(tmp_path / "ledger" / "outlives.ledger", SECRET, "here")
    made.create()
    for number in range(3):
        made.append("erasure", {"person": f"person {number}"})
    return made


def again(ledger: Ledger) -> Ledger:
    """The same file, opened by another process."""
    return Ledger(ledger.path, SECRET, "here")


def test_append_and_read(ledger: Ledger) -> None:
    """SL047: records come back in order, numbered from 1, with their kind and moment; the first is epoch 1."""
    entries = again(ledger).entries()
    assert [(entry.seq, entry.kind) for entry in entries] == [(1, "epoch"), *((n, "erasure") for n in (2, 3, 4))]
    assert again(ledger).entries(since=3) == entries[3:]
    assert all(entry.at.tzinfo for entry in entries)
    assert ledger.current_epoch() == 1


def test_sealed_and_even(ledger: Ledger) -> None:
    """SL048: the file tells nothing: no id, no kind, and every record has the same size."""
    for kind in KINDS - {"epoch"}:
        ledger.append(kind, {"what": "x"})
    content = ledger.path.read_bytes()
    assert len(content) % RECORD_BYTES == 0
    assert not any(kind.encode() in content for kind in KINDS)
    assert b"person" not in content
    assert ledger.path.stat().st_mode & 0o077 == 0


def test_refuses_what_it_does_not_know(ledger: Ledger) -> None:
    """SL049: an unknown kind, or more than one record holds, is refused and nothing is written."""
    size = ledger.path.stat().st_size
    with pytest.raises(ValueError):
        ledger.append("birthday", {})
    with pytest.raises(ValueError):
        ledger.append("erasure", {"person": "x" * 500})
    assert ledger.path.stat().st_size == size


def test_absent(ledger: Ledger) -> None:
    """SL050: an absent ledger is an error for reading and for writing; it is never silently begun anew."""
    ledger.path.unlink()
    for attempt in (ledger.entries, ledger.position, lambda: ledger.append("erasure", {})):
        with pytest.raises(LedgerMissing):
            attempt()
    assert not ledger.path.exists()


def test_torn_tail(ledger: Ledger) -> None:
    """SL051: whatever part of the last record a power cut left, the records before it are read and the next fits on."""
    whole = ledger.path.read_bytes()
    before = ledger.entries()
    rubbish = os.urandom(RECORD_BYTES)
    for left in (b"\0", rubbish[:100], rubbish[:511], bytes(RECORD_BYTES), rubbish):
        ledger.path.write_bytes(whole + left)
        assert again(ledger).entries() == before
        assert again(ledger).append("erasure", {"person": "next"}) == 5
        assert [entry.seq for entry in again(ledger).entries()] == [1, 2, 3, 4, 5]


def test_changed_in_the_middle(ledger: Ledger) -> None:
    """SL052: a changed, removed or exchanged record before the last is refused, never skipped."""
    whole = ledger.path.read_bytes()
    records = [whole[at : at + RECORD_BYTES] for at in range(0, len(whole), RECORD_BYTES)]
    flipped = bytearray(whole)
    flipped[RECORD_BYTES + 100] ^= 1
    for content in (
        bytes(flipped),
        b"".join([records[0], records[2], records[3]]),
        b"".join([records[0], records[2], records[1], records[3]]),
        b"".join([records[1], records[0], *records[2:]]),
    ):
        ledger.path.write_bytes(content)
        with pytest.raises(LedgerDamaged):
            ledger.entries()


def test_position_and_history(ledger: Ledger, tmp_path: Path) -> None:
    """SL053: a ledger that is shorter than a position, or of another history, is refused; a longer one is accepted."""
    position = ledger.position()
    ledger.append("revocation", {"device": "d"})
    ledger.require(position)
    longer = ledger.position()
    ledger.path.write_bytes(ledger.path.read_bytes()[:-RECORD_BYTES])
    with pytest.raises(LedgerOlder):
        ledger.require(longer)
    other = Ledger(tmp_path / "other.ledger", SECRET, "here")
    other.create()
    for number in range(5):
        other.append("erasure", {"person": f"person {number}"})
    with pytest.raises(LedgerOlder):
        other.require(position)


def test_other_installation(ledger: Ledger) -> None:
    """SL054: the ledger of another installation, or read with another key, is not believed."""
    for stranger in (Ledger(ledger.path, SECRET, "there"), Ledger(ledger.path, bytes(32), "here")):
        with pytest.raises((LedgerDamaged, LedgerOlder)):
            stranger.require(ledger.position())


def test_several_writers(ledger: Ledger) -> None:
    """SL055: writers at the same time never overwrite each other's record."""
    writers = [threading.Thread(target=again(ledger).append, args=("withdrawal", {"n": n})) for n in range(12)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(entry.what["n"] for entry in ledger.entries(since=4)) == list(range(12))
