"""The outlives ledger: what must be remembered even when both databases are replaced by older copies.

Erasures, revocations, withdrawals, publications and epochs. A small file outside both databases: records of exactly
512 bytes, each sealed, numbered and chained to the one before by SHA-256, appended and synced one at a time. With
records of one size a damaged place can never be mistaken for the end: only the last record can be torn by a power
cut, and only that one is dropped. The format is docs/decisions/0012-outlives-ledger.md.
"""

from __future__ import annotations

import fcntl
import json
import os
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from karama.security import digests, durable, identifiers, keyring, places
from karama.security.problems import LedgerDamaged, LedgerMissing, LedgerOlder

RECORD_BYTES = 512
PAYLOAD_BYTES = 440
KINDS = frozenset({"epoch", "erasure", "revocation", "withdrawal", "publication"})
_MAGIC = b"KOL1"
_head = struct.Struct(">4sQ32s12s")


@dataclass(frozen=True)
class Entry:
    """One record: its number (from 1), kind, moment, and what it says (ids and digests, never values)."""

    seq: int
    kind: str
    at: datetime
    what: dict[str, Any]


@dataclass(frozen=True)
class Position:
    """How far a ledger reaches: the number of its last record and that record's digest, in hexadecimal."""

    seq: int
    head: str


class Ledger:
    """One ledger file, read and appended under a file lock, so that several processes may share it."""

    def __init__(self, path: Path, secret: bytes, installation: str) -> None:
        self.path = path
        self._cipher = AESGCM(secret)
        self._start = digests.sha256(_MAGIC + installation.encode())

    def create(self) -> None:
        """Make the file with epoch 1 as its first record.

        Raises:
            FileExistsError: there is one already.
        """
        durable.private_folder(self.path.parent)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, durable.PRIVATE_FILE)
        os.close(handle)
        self.append("epoch", {"epoch": 1, "id": str(identifiers.uuid7())})
        durable.sync_folder(self.path.parent)

    def append(self, kind: str, what: Mapping[str, Any]) -> int:
        """Write one record and return its number once it is on the disk.

        Raises:
            LedgerMissing: there is no ledger to append to.
            LedgerDamaged: the record before the last one does not verify.
            ValueError: an unknown kind, or more than fits into one record.
        """
        if kind not in KINDS:
            raise ValueError(f"unknown kind of ledger record: {kind}")
        saying = {"kind": kind, "at": datetime.now(UTC).isoformat(timespec="seconds"), "what": dict(what)}
        payload = json.dumps(saying, separators=(",", ":")).encode()
        if len(payload) > PAYLOAD_BYTES:
            raise ValueError("A ledger record holds ids and digests only: this one is too long.")
        with self._locked(fcntl.LOCK_EX, os.O_RDWR) as handle:
            seq, previous = self._mend_tail(handle)
            record = self._seal(seq + 1, previous, payload.ljust(PAYLOAD_BYTES))
            os.lseek(handle, seq * RECORD_BYTES, os.SEEK_SET)
            durable.write_all(handle, record)
            os.fsync(handle)
        return seq + 1

    def entries(self, since: int = 0) -> list[Entry]:
        """Return the records after number ``since``, oldest first, after verifying every record.

        Raises:
            LedgerMissing, LedgerDamaged: see ``problems``.
        """
        return [self._read(record, number) for number, record in self._verified() if number > since]

    def position(self) -> Position:
        """Return how far the ledger reaches.

        Raises:
            LedgerMissing, LedgerDamaged: see ``problems``.
        """
        records = self._verified()
        return Position(len(records), self._digest(records[-1][1] if records else None).hex())

    def require(self, position: Position) -> None:
        """Check that this ledger continues the history that had reached ``position``.

        Raises:
            LedgerOlder: it is shorter, or holds another record at that place.
        """
        records = self._verified()
        reached = records[position.seq - 1][1] if 0 < position.seq <= len(records) else None
        if position.seq > len(records) or self._digest(reached).hex() != position.head:
            raise LedgerOlder

    def current_epoch(self) -> int:
        """Return the number of the last epoch; a restore begins a new one."""
        return self.last_epoch()[0]

    def last_epoch(self) -> tuple[int, UUID]:
        """Return number and identifier of the last epoch.

        Raises:
            LedgerDamaged: no epoch was ever written, so this is not a whole ledger.
        """
        found = [entry.what for entry in self.entries() if entry.kind == "epoch"]
        if not found:
            raise LedgerDamaged
        return int(found[-1]["epoch"]), UUID(found[-1]["id"])

    def _digest(self, record: bytes | None) -> bytes:
        return self._start if record is None else digests.sha256(record)

    def _seal(self, seq: int, previous: bytes, payload: bytes) -> bytes:
        nonce = os.urandom(12)
        head = _head.pack(_MAGIC, seq, previous, nonce)
        return head + self._cipher.encrypt(nonce, payload, head)

    def _open(self, record: bytes) -> bytes | None:
        head = record[: _head.size]
        if len(record) != RECORD_BYTES or head[:4] != _MAGIC:
            return None
        try:
            return self._cipher.decrypt(head[-12:], record[_head.size :], head)
        except InvalidTag:
            return None

    def _read(self, record: bytes, number: int) -> Entry:
        saying = json.loads(self._open(record) or b"{}")
        return Entry(number, saying["kind"], datetime.fromisoformat(saying["at"]), saying["what"])

    def _follows(self, record: bytes, number: int, previous: bytes) -> bool:
        if self._open(record) is None:
            return False
        _magic, seq, chained, _nonce = _head.unpack(record[: _head.size])
        return seq == number and digests.constant_time_equal(chained, previous)

    def _verified(self) -> list[tuple[int, bytes]]:
        with self._locked(fcntl.LOCK_SH, os.O_RDONLY):
            content = self.path.read_bytes()
        found: list[tuple[int, bytes]] = []
        previous = self._start
        for start in range(0, len(content), RECORD_BYTES):
            record = content[start : start + RECORD_BYTES]
            if not self._follows(record, len(found) + 1, previous):
                if start + RECORD_BYTES < len(content):
                    raise LedgerDamaged
                break
            found.append((len(found) + 1, record))
            previous = digests.sha256(record)
        return found

    def _mend_tail(self, handle: int) -> tuple[int, bytes]:
        """Drop a torn last record; return the number and digest of the last whole one."""
        whole = os.fstat(handle).st_size // RECORD_BYTES
        last = os.pread(handle, RECORD_BYTES, (whole - 1) * RECORD_BYTES) if whole else None
        if last is not None and self._open(last) is None:
            whole -= 1
            last = os.pread(handle, RECORD_BYTES, (whole - 1) * RECORD_BYTES) if whole else None
            if last is not None and self._open(last) is None:
                raise LedgerDamaged
        if os.fstat(handle).st_size != whole * RECORD_BYTES:
            os.ftruncate(handle, whole * RECORD_BYTES)
            os.fsync(handle)
        return whole, self._digest(last)

    @contextmanager
    def _locked(self, how: int, flags: int) -> Iterator[int]:
        try:
            handle = os.open(self.path, flags | os.O_CLOEXEC)
        except FileNotFoundError:
            raise LedgerMissing from None
        try:
            fcntl.flock(handle, how)
            yield handle
        finally:
            os.close(handle)


def of(path: Path, ring: keyring.Keyring, installation: str) -> Ledger:
    """Return the ledger in a file, opened with a keyring's installation key."""
    secret = ring.current(keyring.INSTALLATION).secret
    return Ledger(path, digests.derive(secret, "ledger", "records"), installation)


def ledger() -> Ledger:
    """Return the ledger of this installation."""
    return of(places.ledger_path(), keyring.keyring(), places.installation_id())


def append(kind: str, what: Mapping[str, Any]) -> int:
    """Append to this installation's ledger; see ``Ledger.append``."""
    return ledger().append(kind, what)


def entries(since: int = 0) -> list[Entry]:
    """Return this installation's records after number ``since``; see ``Ledger.entries``."""
    return ledger().entries(since)


def position() -> Position:
    """Return how far this installation's ledger reaches."""
    return ledger().position()


@lru_cache(maxsize=4)
def _epoch_of(path: Path, size: int, changed: int) -> tuple[int, UUID]:
    return ledger().last_epoch()


def current_epoch() -> int:
    """Return the number of the current epoch: 1, and one more after each restore.

    Raises:
        LedgerMissing, LedgerDamaged: see ``problems``.
    """
    return _current()[0]


def current_epoch_id() -> UUID:
    """Return the identifier of the current epoch, which the journal writes into its receipts.

    Raises:
        LedgerMissing, LedgerDamaged: see ``problems``.
    """
    return _current()[1]


def _current() -> tuple[int, UUID]:
    """Return the current epoch; cheap, the file is read again only when it has changed.

    Raises:
        LedgerMissing, LedgerDamaged: see ``problems``.
    """
    path = places.ledger_path()
    try:
        now = path.stat()
    except FileNotFoundError:
        raise LedgerMissing from None
    return _epoch_of(path, now.st_size, now.st_mtime_ns)
