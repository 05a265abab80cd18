"""Identifiers of records: UUID version 7 (RFC 9562, section 5.7), which Python 3.11 does not have yet."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

_COUNTER_BITS = 42
_COUNTER_LIMIT = 1 << _COUNTER_BITS
_lock = threading.Lock()
_last_moment = -1
_counter = 0
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


@contextmanager
def made_at(moment: datetime) -> Iterator[None]:
    """Identifiers made inside tell this moment, whenever they are made: nothing in them but it and chance."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def uuid7() -> UUID:
    """Return a new UUIDv7, larger than every one this process made before.

    48 bits of Unix milliseconds, then a 42-bit counter that starts at a random value each millisecond, then
    32 random bits (RFC 9562, section 6.2, method 1). A clock set back does not go back here: the last moment
    is kept and the counter goes on. The moment of creation can be read from the identifier.
    """
    global _last_moment, _counter
    told = _told.get()
    if told is not None:
        return _of(int(told.timestamp() * 1000), int.from_bytes(os.urandom(6), "big") >> 6, os.urandom(4))
    fresh = os.urandom(9)
    with _lock:
        moment = time.time_ns() // 1_000_000
        if moment > _last_moment:
            _last_moment = moment
            _counter = int.from_bytes(fresh[:5], "big")
        else:
            _counter += 1
            if _counter >= _COUNTER_LIMIT:
                _last_moment += 1
                _counter = int.from_bytes(fresh[:5], "big")
        moment, counter = _last_moment, _counter
    return _of(moment, counter, fresh[5:])


def _of(moment: int, counter: int, rest: bytes) -> UUID:
    value = (moment & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | (counter >> 30) << 64
    value |= 0b10 << 62 | (counter & 0x3FFF_FFFF) << 32
    return UUID(int=value | int.from_bytes(rest, "big"))


def _after_fork() -> None:
    """Start a child process at a counter of its own."""
    global _last_moment, _lock
    _last_moment = -1
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_after_fork)
