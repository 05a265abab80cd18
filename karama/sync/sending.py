"""What goes down: the files of the caseload in small pieces that may be lost, and purges of what is no longer hers.

The telephone says for each file how far it has read and the digest of what it holds; the server keeps no list of who
holds what. A file that is not, or no longer, for this reader is purged: also one that never existed, with the same
answer. Rows of a file go down in the order in which they last changed, so that a piece may end anywhere.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from karama.journal import ERASED, Actor, SealedField, canonical
from karama.journal.access_log import opening_all
from karama.journal.models import Change, Counter
from karama.journal.readymade import readymade
from karama.journal.together import Asks, answered
from karama.security import digests, ledger, vault
from karama.sync import wire
from karama.sync.declared import Down, going_down
from karama.sync.registries import Terms, asked, caseloads, first, terms

NOBODY = ""
"""Stands for the rows that are about nobody: places, duties, what became of one's own work."""

USUAL = Terms(lease_days=7, people=60)
ENTRY_BYTES = 60


@dataclass
class Row:
    """One row that may travel: its kind, its record, and the number under which it last changed."""

    down: Down
    record: Any
    seq: int = 0
    stray: bool = False

    @property
    def key(self) -> tuple[int, UUID]:
        """Kind and id."""
        return self.down.model.KIND, self.record.pk


@dataclass
class File:
    """Everything of one person, or of nobody, that this actor may have."""

    person: UUID | None
    rows: list[Row] = field(default_factory=list)

    def check(self) -> str:
        """The digest of what a telephone holds once it holds all of this: kind, id and number of every row, sorted."""
        return check_of((row.key[0], row.key[1], row.seq) for row in self.rows)


def check_of(rows: Iterable[tuple[int, UUID, int]]) -> str:
    """Sixteen characters over the rows held. The telephone computes the same."""
    told = sorted(f"{kind}:{row}:{seq}" for kind, row, seq in rows)
    return digests.sha256("\n".join(told).encode()).hex()[:16]


def position() -> wire.Cursor:
    """How far the journal reaches now."""
    row = _counter.first()
    return wire.Cursor(epoch=row.epoch, seq=row.seq) if row else wire.Cursor(epoch=ledger.current_epoch_id(), seq=0)


@readymade
def _counter() -> QuerySet[Counter]:
    return Counter.objects.filter(id=1)


def terms_of(by: Actor) -> Terms:
    """What the programme of this actor allows; without an answer the strictest the house knows."""
    found: Terms | None = first(terms, by)
    return found or USUAL


def lens_of(by: Actor, posting: UUID) -> str:
    """Through what this actor sees: another duty or another set of compartments, and everything is sent anew."""
    kinds = [f"{one.model.KIND}:{','.join((*one.fields, *one.extra))}" for one in going_down()]
    told = [str(posting), by.duty, *sorted(by.compartments), *sorted(str(one) for one in by.sites), *kinds]
    return digests.sha256("\n".join(told).encode()).hex()[:16]


def files_for(by: Actor) -> dict[str, File]:
    """Everything that may travel to this actor, by person ("" is nobody), with the number of each row."""
    people: list[UUID] = list(first(caseloads, by, terms_of(by).people) or [])
    files = {NOBODY: File(None)} | {str(one): File(one) for one in people}
    kinds = [down for down in going_down() if people or down.shared or down.strays]
    for down, records in zip(kinds, answered(_rows(by, people, kinds)), strict=True):
        owner = operator.attrgetter(down.person)
        for record in records:
            place = NOBODY if down.shared else str(owner(record))
            if place in files:
                files[place].rows.append(Row(down, record))
            elif down.strays:
                files[NOBODY].rows.append(Row(down, record, stray=True))
    _number(files, people)
    return files


def _rows(by: Actor, people: Collection[UUID], kinds: Iterable[Down]) -> Asks[tuple[list[Any], ...]]:
    """The rows of each kind, asked in one journey."""
    found: tuple[list[Any], ...] = yield tuple(down.rows(by, people) for down in kinds)
    return found


def _number(files: Mapping[str, File], people: Collection[UUID]) -> None:
    """Give each row the number under which it last changed; within a file, the longest unchanged comes first."""
    last = {(kind, row): seq for kind, row, seq in _changed_about(people)}
    rest: dict[int, list[UUID]] = defaultdict(list)
    rows = [row for file in files.values() for row in file.rows]
    wanted = {key for row in rows for key in (row.key, row.down.follows(row.record)) if key}
    for kind, one in wanted - last.keys():
        rest[kind].append(one)
    for kind, found in zip(rest, answered(_changes(rest)), strict=True):
        last |= {(kind, row): seq for row, seq in found}
    for file in files.values():
        for row in file.rows:
            followed = row.down.follows(row.record)
            row.seq = max(last.get(row.key, 0), last.get(followed, 0) if followed else 0)
        file.rows.sort(key=lambda row: (row.seq, row.key))


@readymade
def _changed_about(people: Collection[UUID]) -> QuerySet[Any]:
    kinds = {one.model.KIND for one in going_down()}
    rows = Change.objects.filter(subject__in=list(people), kind__in=kinds).values_list("kind", "row")
    return rows.annotate(seq=Max("seq"))


@readymade
def _changed(kind: int, ids: Collection[UUID]) -> QuerySet[Any]:
    return Change.objects.filter(kind=kind, row__in=list(ids)).values_list("row").annotate(seq=Max("seq"))


def _changes(rest: Mapping[int, Collection[UUID]]) -> Asks[tuple[list[Any], ...]]:
    found: tuple[list[Any], ...] = yield tuple(_changed.later(kind, ids) for kind, ids in rest.items())
    return found


def changes_for(by: Actor, ask: wire.Ask, *, reset: bool, used: int = 0) -> dict[str, Any]:
    """Purges and blocks for one question, as large as it asks for. `more`: ask again for the rest.

    `reset`: what the telephone read belongs to another life of the database or to another duty; all is sent anew.
    `used`: bytes of the reply that are taken already.
    """
    files = files_for(by)
    known = {} if reset else {str(person): holding for person, holding in ask.holds.items()}
    purges = sorted(str(person) for person in ask.holds if str(person) not in files)
    room = _Room(ask.size - used)
    blocks, more = [], False
    for place, file in files.items():
        holding = known.get(place)
        if holding is not None and holding.check == file.check():
            continue
        if room.full:
            more = True
            break
        block = _block(by, file, holding, room)
        blocks.append(block)
        more = more or not block["complete"]
    return {"purges": purges, "blocks": blocks, "more": more, **({} if more else _asked(by, files))}


def _asked(by: Actor, files: Mapping[str, File]) -> dict[str, Any]:
    """Who is asked now about what lies there, with the last piece: not with each of many over a weak line."""
    people = [one.person for one in files.values() if one.person is not None]
    return {"asked": {row: told for _room, answer in asked for row, told in answer(by, people).items()}}


@dataclass
class _Room:
    """How many bytes are left of a piece. The first row always goes: a piece never stands still."""

    left: int
    used: bool = False

    @property
    def full(self) -> bool:
        return self.used and self.left <= 0

    def take(self, told: str) -> None:
        self.left -= len(told.encode()) + ENTRY_BYTES
        self.used = True


def _block(by: Actor, file: File, holding: wire.Holding | None, room: _Room) -> dict[str, Any]:
    """The rows of one file after what is held, until the piece is full. All rows of one number go together.

    `gone`: rows that changed and may no longer be had. `check`: of the whole file: whoever holds something else when
    the block is complete asks for the file from its beginning.
    """
    since = holding.seq if holding else 0
    whole = since == 0
    wanted = [row for row in file.rows if whole or row.seq > since]
    _open(by, file, wanted)
    sent: list[dict[str, Any]] = []
    reached, complete = since, True
    for row in wanted:
        if room.full and row.seq != reached:
            complete = False
            break
        told = _told(by, row)
        room.take(wire.text_of(told))
        sent.append(told)
        reached = row.seq
    return {
        "person": str(file.person) if file.person else NOBODY,
        "whole": whole,
        "rows": sent,
        "gone": [] if whole else _gone(file, since),
        "seq": reached,
        "complete": complete,
        "check": file.check(),
    }


def _gone(file: File, since: int) -> list[list[Any]]:
    """Rows of this person that changed since and are not among those she may have."""
    if file.person is None:
        return []
    kinds = {one.model.KIND for one in going_down()}
    changed = Change.objects.filter(subject=file.person, kind__in=kinds, seq__gt=since)
    there = {row.key for row in file.rows}
    return sorted([kind, str(row)] for kind, row in set(changed.values_list("kind", "row")) - there)


def _open(by: Actor, file: File, rows: Collection[Row]) -> None:
    """Write down whose fields are opened before they are, and fetch her keys at once."""
    if file.person is None or not rows:
        return
    opening_all([file.person])
    vault.warm([file.person], "clinical")
    vault.warm([file.person], "identity")


def _told(by: Actor, row: Row) -> dict[str, Any]:
    kind, key = row.key
    fields = {name: _value(row, name) for name in row.down.fields if _travels(by, row, name)}
    fields |= {name: told(by, row.record) for name, told in row.down.extra.items()}
    return {"kind": kind, "row": str(key), "seq": row.seq, "fields": fields}


def _travels(by: Actor, row: Row, name: str) -> bool:
    sealed = isinstance(row.down.model._meta.get_field(name), SealedField)
    return _is_open(by, row.down, name) and not (sealed and row.stray)


def _is_open(by: Actor, down: Down, name: str) -> bool:
    """Whether the compartment of a field is one of this duty's. A field nobody classified is nobody's."""
    found = down.model._meta.get_field(name)
    known = {**down.model.BASE_OPEN, **down.model.OPEN}
    compartment = found.compartment if isinstance(found, SealedField) else known.get(name)
    return compartment in by.compartments


def _value(row: Row, name: str) -> Any:
    found = row.down.model._meta.get_field(name)
    if isinstance(found, SealedField):
        value = row.record.unseal(name)
        value = None if value is ERASED else value
    else:
        plain = getattr(row.record, getattr(found, "attname", name))
        value = str(plain) if isinstance(plain, UUID) else canonical.plain(plain)
    shape = row.down.shaped.get(name)
    return shape(value) if shape and value is not None else value
