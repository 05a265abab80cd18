"""Identifiers of records."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from unittest import mock
from uuid import UUID

import pytest

from karama.security import identifiers
from karama.security.identifiers import uuid7


def test_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    """SL001: an identifier is a UUID version 7, RFC variant, and carries the moment it was made in milliseconds."""
    monkeypatch.setattr(identifiers, "_last_moment", -1)  # another test may have been in the future
    before = time.time_ns() // 1_000_000
    made = uuid7()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_order_and_uniqueness_across_threads() -> None:
    """SL002: identifiers made one after the other sort in that order, and threads never make the same one."""
    assert (alone := [uuid7() for _ in range(20_000)]) == sorted(alone)
    with ThreadPoolExecutor(4) as pool:
        made: list[UUID] = [
            one for part in pool.map(lambda _: [uuid7() for _ in range(2_000)], range(8)) for one in part
        ]
    assert len(set(made)) == len(made)


def test_clock_set_back() -> None:
    """SL003: when the clock is set back the next identifier is still larger than the last."""
    last = uuid7()
    with mock.patch("karama.security.identifiers.time.time_ns", return_value=0):
        assert uuid7() > last


def test_fork() -> None:
    """SL004: two processes born from one never make the same identifier."""
    uuid7()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, b"".join(uuid7().bytes for _ in range(500)))
        os._exit(0)
    mine = {uuid7().bytes for _ in range(500)}
    theirs = os.read(read, 16 * 500)
    os.waitpid(child, 0)
    os.close(read)
    os.close(write)
    assert not mine & {theirs[i : i + 16] for i in range(0, len(theirs), 16)}
