"""Rows of the access log that open nothing wait a moment, and are written together: lists, and what was refused.

Each process has its own queue and a thread that writes it. What waits is written when a process ends, and outlives a
database that is locked or away.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.util import Finalize
from typing import Final

from django.conf import settings
from django.db import DatabaseError, IntegrityError, InterfaceError, close_old_connections, connection, transaction

from karama.journal.models import Access
from karama.journal.writing import may_write

PAUSE: Final = 0.5
"""Seconds between two times that waiting rows are written."""

_log = logging.getLogger(__name__)


@dataclass
class _Queue:
    """What waits in this process; `filled` when something does, `started` when a thread writes it."""

    rows: queue.SimpleQueue[Access] = field(default_factory=queue.SimpleQueue)
    filled: threading.Event = field(default_factory=threading.Event)
    started: threading.Event = field(default_factory=threading.Event)
    starting: threading.Lock = field(default_factory=threading.Lock)
    draining: threading.Lock = field(default_factory=threading.Lock)

    def put(self, rows: Iterable[Access]) -> None:
        """These wait, behind those that wait already."""
        for row in rows:
            self.rows.put(row)
        self.filled.set()

    def taken_out(self) -> list[Access]:
        """All that waits; nothing waits any more."""
        rows: list[Access] = []
        with suppress(queue.Empty):
            while True:
                rows.append(self.rows.get_nowait())
        return rows

    def forget(self) -> None:
        """In a process that was forked: what waits is its parent's, and no thread of the parent runs here."""
        self.__dict__.update(vars(_Queue()))


_waiting = _Queue()
os.register_at_fork(after_in_child=_waiting.forget)


def write_soon(row: Access) -> None:
    """Write this row within a second, or when this process ends."""
    if settings.KARAMA_ACCESS_LOG_AT_ONCE:
        with may_write("access"):
            row.save(force_insert=True)
        return
    _waiting.put([row])
    with _waiting.starting:
        if _waiting.started.is_set():
            return
        _waiting.started.set()
    threading.Thread(target=_drain_for_ever, name="access-log", daemon=True).start()
    # Not `atexit`: a process of the web server is forked, and ends without it.
    Finalize(None, try_to_drain, exitpriority=0)


def drain() -> int:
    """Write every queued row now; returns how many.

    Raises what kept them from being written: they wait in the queue again.
    """
    with _waiting.draining:
        rows = _waiting.taken_out()
        try:
            if rows:
                with may_write("access"), transaction.atomic():
                    Access.objects.bulk_create(rows, batch_size=400)
        except BaseException as wrong:  # raised again below
            _waiting.put(_unwritten(rows) if isinstance(wrong, IntegrityError) else rows)
            raise
        return len(rows)


def _unwritten(rows: list[Access]) -> list[Access]:
    """Without those that were written the last time, where only the database's answer was lost."""
    with suppress(DatabaseError):
        there = set(Access.objects.filter(id__in=[row.id for row in rows]).values_list("id", flat=True))
        return [row for row in rows if row.id not in there]
    return rows


def _drain_for_ever() -> None:
    while True:
        _waiting.filled.wait()
        _waiting.filled.clear()
        threading.Event().wait(PAUSE)
        try_to_drain()


def try_to_drain() -> None:
    """Drain; what keeps rows from being written is told in the log, and it is tried again after the next pause:
    whatever it is, the thread goes on, or every later row of this process would be lost."""
    close_old_connections()
    try:
        drain()
    except (DatabaseError, InterfaceError):
        _log.error("The access log could not be written now. Its rows wait and are tried again.")
    except Exception:  # its text may hold what was to be written
        _log.error("A fault of Karama keeps the access log from being written. Its rows wait: tell its maintainers.")
    finally:
        connection.close()
