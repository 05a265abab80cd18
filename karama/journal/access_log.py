"""Who is reading, why, and whose records were opened. Written before the value is opened: no row, no reading.

One `Access` row a request. Lists and refusals go through a queue that the server drains, because they open nothing.
"""

from __future__ import annotations

import atexit
import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils.translation import gettext_lazy as _

from karama.journal import clock
from karama.journal.actors import Actor
from karama.journal.models import Access, AccessPerson
from karama.journal.problems import Problem
from karama.journal.writing import may_write


class OutsideReading(Problem):
    """A sealed value was to be opened and nobody has said who is reading."""

    code = "journal.outside_reading"
    what = _("A sealed record was not opened, because it is not known who asks.")
    do = _("Sign in again. If it happens again, tell the person who looks after the system.")
    status = 500


@dataclass
class Reading:
    """One request (or one action) that reads: by whom, for which purpose, on which route, whom it opened."""

    by: Actor
    purpose: str
    route: str
    row: Access | None = None
    opened: set[UUID] = field(default_factory=set)
    outcome: str = "listed"

    def open(self, people: Iterable[UUID]) -> None:
        """Write down that these people's sealed fields are being opened. Fails closed."""
        new = set(people) - self.opened
        if not new:
            return
        with may_write("access"):
            if self.row is None:
                self.row = _row(self.by, self.purpose, self.route, "opened")
                self.row.save(force_insert=True)
            AccessPerson.objects.bulk_create(
                [AccessPerson(access=self.row, person_id=person) for person in sorted(new)], batch_size=400
            )
        self.opened |= new
        self.outcome = "opened"

    def count(self, people: Iterable[UUID]) -> None:
        """Write down, in one row without names, that sealed answers of so many people are counted. Fails closed."""
        if self.row is None:
            with may_write("access"):
                self.row = _row(self.by, self.purpose, self.route, "counted")
                self.row.save(force_insert=True)
        self.opened |= set(people)
        self.outcome = "counted"


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading(*, by: Actor, purpose: str, route: str) -> Iterator[Reading]:
    """Open a reading. At its end a row is written also when only lists were read."""
    current = Reading(by, purpose, route)
    token = _reading.set(current)
    try:
        yield current
    finally:
        _reading.reset(token)
        _finish(current)


@contextmanager
def acting(by: Actor, purpose: str, route: str) -> Iterator[None]:
    """A reading for the length of an action, unless a request is being read already."""
    if _reading.get() is not None:
        yield
        return
    current = Reading(by, purpose, route)
    token = _reading.set(current)
    try:
        yield
    finally:
        _reading.reset(token)


def opening(person: UUID) -> None:
    """Say that a person's sealed field is about to be opened. Raises `OutsideReading`."""
    opening_all([person])


def opening_all(people: Iterable[UUID]) -> None:
    """The same for many people at once: one row and one bulk write."""
    current = _reading.get()
    if current is None:
        raise OutsideReading()
    current.open(people)


def current_reading() -> Reading | None:
    """The reading that is open now, if any."""
    return _reading.get()


def note_refusal(by: Actor, purpose: str, route: str, reason: str) -> None:
    """Queue a refusal for the access log. `reason` is a code, never a value."""
    current = _reading.get()
    if current is not None:
        current.outcome = "refused"
    _enqueue(_row(by, purpose, route, "refused", reason))


def _finish(current: Reading) -> None:
    if current.row is None:
        if current.outcome == "listed":
            _enqueue(_row(current.by, current.purpose, current.route, "listed"))
        return
    with may_write("access"):
        Access.objects.filter(id=current.row.id).update(people=len(current.opened))


def _row(by: Actor, purpose: str, route: str, outcome: str, reason: str = "") -> Access:
    return Access(
        at=clock.now(),
        actor_id=by.id,
        actor_duty=by.duty,
        actor_name=by.name[:80],
        purpose=purpose,
        route=route,
        outcome=outcome,
        reason=reason[:80],
    )


_queue: queue.SimpleQueue[Access] = queue.SimpleQueue()
_drainer = threading.Lock()
_started = threading.Event()


def _enqueue(row: Access) -> None:
    if settings.KARAMA_ACCESS_LOG_AT_ONCE:
        with may_write("access"):
            row.save(force_insert=True)
        return
    _queue.put(row)
    if not _started.is_set():
        _started.set()
        threading.Thread(target=_drain_for_ever, name="access-log", daemon=True).start()
        atexit.register(drain)


def drain() -> int:
    """Write every queued row now; returns how many. Called by the drainer, at the end, and by `karama check`."""
    with _drainer:
        rows: list[Access] = []
        while not _queue.empty():
            rows.append(_queue.get_nowait())
        if rows:
            with may_write("access"):
                Access.objects.bulk_create(rows, batch_size=400)
        return len(rows)


def _drain_for_ever() -> None:
    while True:
        waiting = _queue.get()
        _queue.put(waiting)
        threading.Event().wait(0.5)
        close_old_connections()
        drain()
        connection.close()
