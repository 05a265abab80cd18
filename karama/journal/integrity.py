"""Proving that the journal is whole and that the tables say what it says. Also: any record as of any number."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps

from karama.journal.chaining import changes_digest, link
from karama.journal.models import Change, Counter, Entry
from karama.journal.records import Record
from karama.security import digests

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Difference:
    """One thing that does not fit: what kind, which row or sequence number, and which fields. Holds no values."""

    what: str
    where: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.what}: {self.where}" + (f" ({', '.join(self.fields)})" if self.fields else "")


def check(progress: Progress = lambda done: None) -> list[Difference]:
    """Recompute the chain and compare every record table with the folded journal. Empty: all is well."""
    return [*check_chain(progress), *check_tables(progress)]


def check_chain(progress: Progress = lambda done: None) -> list[Difference]:
    """Gaps, altered, removed or re-ordered entries and changes, each by its sequence number."""
    found: list[Difference] = []
    head, expected = b"", 0
    changes = _changes_by_seq()
    pending = next(changes, None)
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        expected += 1
        while pending is not None and pending[0] < entry.seq:
            found.append(Difference("change without its entry", str(pending[0])))
            pending = next(changes, None)
        own: list[Change] = []
        if pending is not None and pending[0] == entry.seq:
            own = pending[1]
            pending = next(changes, None)
        if entry.seq != expected:
            found.append(Difference("missing entry", str(expected)))
            expected = entry.seq
        if not digests.constant_time_equal(changes_digest(own), bytes(entry.changes_digest)):
            found.append(Difference("altered change", str(entry.seq)))
        if not digests.constant_time_equal(link(head, entry), bytes(entry.hash)):
            found.append(Difference("altered entry", str(entry.seq)))
        head = bytes(entry.hash)
        progress(1)
    if pending is not None:
        found.append(Difference("change without its entry", str(pending[0])))
    counter = Counter.objects.filter(id=1).first()
    if counter is None or counter.seq != expected or bytes(counter.head) != head:
        found.append(Difference("the counter differs from the last entry", str(expected)))
    return found


def check_tables(progress: Progress = lambda done: None) -> list[Difference]:
    """Rows that were changed, added or removed behind the journal's back, each by its table and id."""
    found: list[Difference] = []
    for model in record_models():
        found.extend(_check_table(model, progress))
    return found


def record_models() -> list[type[Record]]:
    """Every record model, by its permanent kind."""
    return sorted((one for one in apps.get_models() if issubclass(one, Record)), key=lambda one: one.KIND)


def as_of(model: type[Record], row: UUID, seq: int) -> dict[str, Any] | None:
    """The columns of a record as they stood right after entry `seq`; None when it did not exist then.

    Sealed columns come back as ciphertext text (`b64:...`), which no key opens any more once the person was erased.
    """
    changes = Change.objects.filter(kind=model.KIND, row=row, seq__lte=seq).order_by("seq", "place")
    return _fold(changes)


def _changes_by_seq() -> Iterator[tuple[int, list[Change]]]:
    rows = Change.objects.order_by("seq", "place").iterator(chunk_size=4000)
    for seq, group in groupby(rows, key=lambda one: one.seq):
        yield seq, list(group)


def _fold(changes: Any) -> dict[str, Any] | None:
    state: dict[str, Any] | None = None
    for change in changes:
        if change.deed == "delete":
            state = None
            continue
        state = {} if state is None else state
        state.update(_after(change))
    return state


def _after(change: Change) -> dict[str, Any]:
    """The values after a change; nothing when its text was spoilt (the chain names it)."""
    try:
        return {name: pair[1] for name, pair in json.loads(change.fields).items()}
    except (ValueError, TypeError, AttributeError, IndexError):
        return {}


def _check_table(model: type[Record], progress: Progress) -> Iterator[Difference]:
    """Walk the table and its changes side by side, both in the order of the row id."""
    rows = model._default_manager.order_by("id").iterator(chunk_size=2000)
    changes = Change.objects.filter(kind=model.KIND).order_by("row", "seq", "place").iterator(chunk_size=4000)
    told = ((row, _fold(group)) for row, group in groupby(changes, key=lambda one: one.row))
    table = model._meta.db_table
    row, story = next(rows, None), next(told, None)
    while row is not None or story is not None:
        progress(1)
        if story is None or (row is not None and row.id < story[0]):
            assert row is not None
            yield Difference("row the journal does not know", f"{table} {row.id}")
            row = next(rows, None)
        elif row is None or story[0] < row.id:
            if story[1] is not None:
                yield Difference("row is gone", f"{table} {story[0]}")
            story = next(told, None)
        else:
            yield from _compare(table, row, story[1])
            row, story = next(rows, None), next(told, None)


def _compare(table: str, row: Record, state: dict[str, Any] | None) -> Iterator[Difference]:
    if state is None:
        yield Difference("row was deleted by an action and is here again", f"{table} {row.id}")
        return
    now = row.snapshot()
    differing = tuple(sorted(name for name in now if now[name] != state.get(name)))
    if differing:
        yield Difference("row differs from the journal", f"{table} {row.id}", differing)
