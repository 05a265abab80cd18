"""One transaction of the act door: frames of actions, what they touched, and writing both down at the very end.

The sequence counter is locked as the last step before commit, so numbers are gapless and appear in commit order:
a reader that has seen number n will never find a smaller one later.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from karama.journal import canonical, clock, registries
from karama.journal.actors import Actor
from karama.journal.chaining import ChangeLine, EntryLine, changes_digest, link
from karama.journal.inserting import Waiting, insert_many
from karama.journal.models import Change, Counter, Entry
from karama.journal.problems import Broken, OutsideAction
from karama.journal.readymade import readymade
from karama.security import ledger


@dataclass
class Receipt:
    """What the author gets back. `seq` is filled at commit; `value` is what the body returned (None on replay)."""

    action: str
    op_id: UUID | None
    entry: UUID
    epoch: UUID | None = None
    seq: int = 0
    record: UUID | None = None
    value: Any = None
    replayed: bool = False


@dataclass
class Touch:
    """What happened to one record inside one action: the first `before` and the last `after`."""

    kind: int
    row: UUID
    subject: UUID | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    def deed(self) -> str:
        if self.before is None:
            return "insert"
        return "delete" if self.after is None else "update"

    def fields(self) -> dict[str, list[Any]]:
        """`{field: [before, after]}`; for an update only the fields that differ."""
        after = self.after or {}
        if self.before is None:
            return {name: [None, value] for name, value in after.items()}
        changed = {name: [value, after.get(name)] for name, value in self.before.items()}
        if self.deed() == "update":
            return {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
        return changed


@dataclass
class Frame:
    """One action being done."""

    action: str
    actor: Actor
    receipt: Receipt
    digest: bytes
    parent: UUID | None
    device_at: datetime | None
    author_signature: bytes | None = None
    erases: bool = False
    touched: dict[tuple[int, UUID], Touch] = field(default_factory=dict)

    def touch(self, touch: Touch) -> None:
        """Remember what happened to a record; a second change of the same record joins the first."""
        known = self.touched.get((touch.kind, touch.row))
        if known is None:
            self.touched[touch.kind, touch.row] = touch
        else:
            known.after = touch.after


@dataclass
class Work:
    """Everything one transaction will write down: all frames in the order they began, and the open ones.

    `waiting`: the new rows of a batch, written before the next statement. `foreseen`: what the actions of a batch have
    looked up for all its calls at once (`doing.Foresight`); empty for a single action, which looks for itself.
    """

    frames: list[Frame] = field(default_factory=list)
    stack: list[Frame] = field(default_factory=list)
    waiting: Waiting | None = None
    foreseen: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def write_waiting(self) -> None:
        """Write the rows that wait. Each was saved inside an action, which the guard asked for then."""
        if self.waiting:
            self.stack.append(self.frames[-1])
            try:
                self.waiting.write()
            finally:
                self.stack.pop()


_work: ContextVar[Work | None] = ContextVar("work", default=None)
_writing: ContextVar[str] = ContextVar("writing", default="")


def current_work() -> Work | None:
    """The transaction that is open now, if any."""
    return _work.get()


def device_clock() -> datetime | None:
    """What the telephone said that sent what is being done now; None when it was done here. Data, never order."""
    work = _work.get()
    said = (one.device_at for one in reversed(work.stack)) if work is not None else ()
    return next((one for one in said if one is not None), None)


def current_frame() -> Frame:
    """The action that is being done now. Raises `OutsideAction` when none is."""
    work = _work.get()
    if work is None or not work.stack:
        raise OutsideAction()
    return work.stack[-1]


def foreseen(topic: str) -> dict[Any, Any]:
    """What was looked up for all calls of the batch under this topic, to be read and kept true by its own room.

    It lives no longer than the transaction. Outside a batch it is empty, and what is put into it is forgotten.
    """
    opened = _work.get()
    return {} if opened is None or opened.waiting is None else opened.foreseen.setdefault(topic, {})


def writing_down() -> str:
    """Why the journal's own tables may be written at this moment; empty when they may not."""
    return _writing.get()


@contextmanager
def may_write(reason: str) -> Iterator[None]:
    """Open the journal's own tables for its own code."""
    token = _writing.set(reason)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def fair_turn() -> Iterator[None]:
    """Queue the writers of an SQLite file: first come, first served, instead of whoever retries luckily."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or connection.in_atomic_block or ":memory:" in name or "mode=memory" in name:
        yield
        return
    with Path(name + ".queue").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


@contextmanager
def work(*, batched: bool = False) -> Iterator[Work]:
    """Open one transaction of the act door. What its frames touched is written down just before it commits.

    `batched`: new rows wait for each other.
    """
    opened = Work(waiting=Waiting() if batched else None)
    token = _work.set(opened)
    try:
        with fair_turn(), transaction.atomic():
            yield opened
            opened.write_waiting()
            _write_down(opened)
    finally:
        _work.reset(token)
    for frame in opened.frames:
        if frame.parent is None:
            for _room, answer in registries.on_commit:
                answer(frame.receipt)


def _write_down(opened: Work) -> None:
    if not opened.frames:
        return
    with may_write("commit"):
        counter = _locked_counter()
        entries: list[EntryLine] = []
        changes: list[ChangeLine] = []
        head, seq, moment = bytes(counter.head), counter.seq, clock.now()
        for frame in opened.frames:
            seq += 1
            own = _changes(frame, seq)
            entry = _entry(frame, seq, counter.epoch, moment, own)
            entry.hash = head = link(head, entry)
            frame.receipt.seq, frame.receipt.epoch = seq, counter.epoch
            entries.append(entry)
            changes.extend(own)
        insert_many(Entry, entries)
        insert_many(Change, changes)
        _set_counter(seq, head)


def _locked_counter() -> Counter:
    """The counter, locked until commit. Raises `Broken` when it is gone while entries are there."""
    counter: Counter | None = _counter.first()
    if counter is not None:
        return counter
    if Entry.objects.exists():
        raise Broken()
    return Counter.objects.create(id=1, epoch=ledger.current_epoch_id(), seq=0, head=b"")


@readymade
def _counter() -> QuerySet[Counter]:
    return Counter.objects.select_for_update().filter(id=1)


def _set_counter(seq: int, head: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute('UPDATE "journal_counter" SET "seq" = %s, "head" = %s WHERE "id" = 1', [seq, head])


def _changes(frame: Frame, seq: int) -> list[ChangeLine]:
    return [
        ChangeLine(
            seq=seq,
            place=place,
            kind=touch.kind,
            row=touch.row,
            subject=touch.subject,
            deed=touch.deed(),
            fields=canonical.text(touch.fields()),
        )
        for place, touch in enumerate(frame.touched.values())
    ]


def _entry(frame: Frame, seq: int, epoch: UUID, moment: datetime, changes: list[ChangeLine]) -> EntryLine:
    return EntryLine(
        seq=seq,
        epoch=epoch,
        id=frame.receipt.entry,
        parent=frame.parent,
        action=frame.action,
        actor_kind=frame.actor.kind,
        actor_id=frame.actor.id,
        actor_duty=frame.actor.duty,
        device_id=frame.actor.device,
        op_id=frame.receipt.op_id,
        digest=frame.digest,
        result=frame.receipt.record,
        device_at=frame.device_at,
        server_at=moment,
        changes_digest=changes_digest(changes),
        author_signature=frame.author_signature,
    )


def begin_epoch() -> UUID:
    """Take over the epoch that a restore began in the ledger: every cursor handed out before is from another life."""
    epoch = ledger.current_epoch_id()
    with may_write("new epoch"), transaction.atomic():
        Counter.objects.filter(id=1).update(epoch=epoch)
    return epoch
