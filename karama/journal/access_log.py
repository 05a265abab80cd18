"""Who is reading, why, and whose records were opened. Written before the value is opened: no row, no reading.

One `Access` row a request of somebody who acts in a duty, whatever its answer; a search has one of its own in place
of its page's, written before it looks. Lists and refusals open nothing: they wait a moment (`access_queue`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from karama.journal import access_queue, clock
from karama.journal.actors import Actor
from karama.journal.inserting import insert, insert_many
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
    counted: set[UUID] = field(default_factory=set)
    outcome: str = "listed"
    reason: str = ""
    answers: dict[Any, Any] = field(default_factory=dict)
    """What was asked already and may be told again (`journal.asking`)."""

    noted: bool = False
    """A reading inside this one has written its row: a list that opened nothing needs no second one."""

    def begin(self) -> None:
        """Write the row before anything is looked for: what it counts is counted at once, in every process."""
        with may_write("access"):
            self._begin("listed", 0)

    def open(self, people: Iterable[UUID]) -> None:
        """Write down that these people's sealed fields are being opened. Fails closed."""
        new = set(people) - self.opened - self.counted
        if not new:
            return
        before = self.row
        try:
            with may_write("access"), transaction.atomic(savepoint=False):
                self._begin("opened", len(new))
                self._name(new)
        except BaseException:
            self.row = before  # what was rolled back is not there: the end of the request writes its row anew
            raise
        self.opened |= new

    def count(self, people: Iterable[UUID]) -> None:
        """Write down, in one row without names, that sealed answers of so many people are counted. Fails closed.

        Their values may then be read within this reading, for the count only.
        """
        counted = set(people)
        with may_write("access"):
            self._begin("counted", len(counted))
        self.counted |= counted

    def refuse(self, route: str, reason: str) -> None:
        """The request was refused: its one row says so, whatever it had opened before."""
        if self.outcome != "refused":
            self.outcome, self.reason = "refused", reason
            self.route = self.route if self.row is not None else route

    def absent(self) -> None:
        """What was asked for is not there, or not for this reader: the row says the same of both."""
        if self.outcome == "listed":
            self.outcome = "absent"

    def keep(self) -> None:
        """Write again what a rollback took with it: what was opened has been seen."""
        if self.row is None:
            return
        with may_write("access"):
            if not Access.objects.filter(id=self.row.id).exists():
                self.row.save(force_insert=True)
            self._name(self.opened - set(self.row.opened.values_list("person_id", flat=True)))

    def finish(self) -> None:
        """At the end: how many people, and what came of it; without a row so far, the row of a list or a refusal."""
        if self.row is not None:
            told = {"people": len(self.opened | self.counted), "outcome": self.outcome, "reason": self.reason[:80]}
            if any(getattr(self.row, name) != value for name, value in told.items()):
                with may_write("access"):
                    Access.objects.filter(id=self.row.id).update(**told)
        elif not self.noted or self.outcome == "refused":
            access_queue.write_soon(_row(self.by, self.purpose, self.route, self.outcome, self.reason))

    def _begin(self, outcome: str, people: int) -> None:
        if self.outcome != "refused":
            self.outcome = outcome
        if self.row is None:
            row = _row(self.by, self.purpose, self.route, self.outcome, self.reason)
            row.people = people
            insert(row)
            self.row = row

    def _name(self, people: set[UUID]) -> None:
        assert self.row is not None
        insert_many(AccessPerson, [_Opened(self.row.id, person) for person in sorted(people)])


class _Opened(NamedTuple):
    """A row of `AccessPerson`, as it is inserted."""

    access_id: UUID
    person_id: UUID


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading(*, by: Actor, purpose: str, route: str) -> Iterator[Reading]:
    """Open a reading. At its end a row is written also when only lists were read. What the same reader asks in it and
    in the one around it is asked once."""
    around = _reading.get()
    current = Reading(by, purpose, route)
    same = around is not None and around.by == by
    if same and around is not None:
        current.answers = around.answers
    token = _reading.set(current)
    try:
        yield current
    finally:
        _reading.reset(token)
        current.finish()
        if around is not None:
            around.noted = True
            around.answers = current.answers if same else {}


@contextmanager
def acting(by: Actor, purpose: str, route: str) -> Iterator[None]:
    """A reading for the length of an action, unless a request is being read already.

    Stands around the transaction of the action: when that is rolled back, what it had opened is written again.
    """
    around = _reading.get()
    current = around or Reading(by, purpose, route)
    current.answers = {}  # what the action changes may not be told from before
    token = _reading.set(current)
    try:
        yield
    except BaseException:
        current.keep()
        raise
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
    """Write a refusal into the access log: into the row of the request, if one is being read. `reason` is a code."""
    current = _reading.get()
    if current is not None:
        current.refuse(route, reason)
    else:
        access_queue.write_soon(_row(by, purpose, route, "refused", reason))


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
