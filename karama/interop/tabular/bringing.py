"""From the rows of a programme's own sheet to records, through actions; the same file twice changes nothing.

The operation id of a record is derived from programme, series, key and what tells it from others of the same person.
A row that says something else than what is kept under its id is refused: people correct it on the person's page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.interop.tabular.cells import RowReader, RowRefused
from karama.interop.tabular.choosing import Chosen
from karama.interop.tabular.importing import GROUP, NOT_YOURS, id_from
from karama.interop.tabular.planning import Refusal
from karama.interop.tabular.reading import Table
from karama.journal import Actor, Call, Outcome, batch, canonical
from karama.journal.doing import Action
from karama.journal.problems import Absent, OpIdReused
from karama.people.actions import prepare_people, register_person
from karama.people.actions.series import persons_with_keys
from karama.people.problems import KeyTaken
from karama.security import digests, vault

CHANGED = _("something else is kept under this key: correct it on the person's page, or in the file")
TAKEN = _("a person of this key came in another way: nothing was changed, complete it on the person's page")
TWICE = _("another row of this file has the same key and says something else")
AGAIN = _("another row has the same person and day: name the column of its own number, --column number=NAME")
NOBODY = _("no person of this series has this key: bring in the people first")


@dataclass(frozen=True)
class Planned:
    """One row that can be brought in. `own`: what tells it from others of its person; empty for the person herself."""

    row: int
    key: str
    own: tuple[str, ...]
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Into:
    """Where an import goes. `action`: what makes a record of a known person; None: the rows are the people."""

    programme: UUID
    chosen: Chosen
    action: Action | None = None
    basis: str = ""


@dataclass
class Brought:
    """What an import did. `unsafe`: addresses that came without a safe way, and were not kept.

    `people`: the person of each row that stands now, for the comparison of people with each other.
    """

    made: int = 0
    unchanged: int = 0
    unsafe: int = 0
    refused: list[Refusal] = field(default_factory=list)
    people: dict[UUID, int] = field(default_factory=dict)


def planned(
    table: Table, reader: Callable[[RowReader], tuple[tuple[str, ...], Mapping[str, Any]]], chosen: Chosen, today: Any
) -> Iterator[Planned | Refusal]:
    """Walk the file once. Every row becomes exactly one plan or one refusal."""
    for row in table:
        read = RowReader(row, chosen, today)
        try:
            read.whole()
            key = read.key()
            own, arguments = reader(read)
        except RowRefused as refused:
            yield refused.refusal
        else:
            yield Planned(row.number, key, own, arguments)


def bring(
    rows: Iterable[Planned | Refusal], *, by: Actor, into: Into, progress: Callable[[int], None] = lambda rows: None
) -> Brought:
    """Import the rows in groups. What is refused is in the tally with its row; the rest is kept."""
    tally = Brought()
    seen: dict[UUID, bytes] = {}
    source = iter(rows)
    while group := list(islice(source, GROUP)):
        tally.refused += [row for row in group if isinstance(row, Refusal)]
        single = list(_single([row for row in group if isinstance(row, Planned)], seen, into, tally))
        known = persons_with_keys(into.programme, into.chosen.series, list({row.key for row in single}))
        if into.action is None:
            calls = _people(single, known, by, into)
        else:
            tally.refused += [_refusal(row, into, "key", NOBODY) for row in single if row.key not in known]
            calls = _records([row for row in single if row.key in known], known, by, into)
        for outcome in batch(calls):
            _count(outcome, into, tally)
        progress(len(group))
    tally.refused.sort(key=lambda one: one.row)
    return tally


def _single(rows: Iterable[Planned], seen: dict[UUID, bytes], into: Into, tally: Brought) -> Iterator[Planned]:
    """The rows but those of whose record this file has told before."""
    for row in rows:
        op_id = operation(into, row)
        told = digests.keyed("import.row", canonical.text(canonical.plain(dict(row.arguments))).encode("utf-8"))
        before = seen.setdefault(op_id, told)
        if before is told:
            yield row
        elif into.action is None and before == told:
            tally.unchanged += 1
        else:
            tally.refused.append(_refusal(row, into, "key", TWICE if into.action is None else AGAIN))


def operation(into: Into, row: Planned) -> UUID:
    """The one operation that brings this row. Nobody can guess it backwards."""
    told = canonical.text([into.programme.hex, into.chosen.series, into.chosen.kind, row.key, *row.own])
    return id_from(digests.keyed("import.brought", told.encode("utf-8")))


def _people(rows: list[Planned], known: dict[str, UUID], by: Actor, into: Into) -> Iterator[Call]:
    """A known person is told again with her own id: the same row is found as done, another one is refused."""
    made = iter(prepare_people(sum(1 for row in rows if row.key not in known)))
    persons = {row.key: known[row.key] if row.key in known else next(made) for row in rows}
    vault.warm(persons.values(), "clinical")
    vault.warm(persons.values(), "identity")
    for row in rows:
        arguments = {
            **row.arguments,
            "series": into.chosen.series,
            "series_key": row.key,
            "basis": into.basis,
            "person": persons[row.key],
        }
        yield Call(register_person, by, arguments, op_id=operation(into, row), mark=row)


def _records(rows: list[Planned], known: dict[str, UUID], by: Actor, into: Into) -> Iterator[Call]:
    assert into.action is not None
    vault.warm([known[row.key] for row in rows], "clinical")
    for row in rows:
        arguments = {**row.arguments, "person": known[row.key], "source": into.chosen.series}
        yield Call(into.action, by, arguments, op_id=operation(into, row), mark=row)


def _count(outcome: Outcome, into: Into, tally: Brought) -> None:
    row: Planned = outcome.call.mark
    receipt, problem = outcome.receipt, outcome.problem
    if receipt is not None:
        tally.made += not receipt.replayed
        tally.unchanged += receipt.replayed
        if into.action is None and receipt.record is not None:
            tally.unsafe += row.arguments.get("contact") == "undecided"
            tally.people[receipt.record] = row.row
    elif isinstance(problem, OpIdReused):
        tally.refused.append(_refusal(row, into, "key", CHANGED))
    elif isinstance(problem, KeyTaken):
        tally.refused.append(_refusal(row, into, "key", TAKEN))
    elif problem is None or isinstance(problem, Absent):
        tally.refused.append(_refusal(row, into, "", NOT_YOURS))
    else:
        tally.refused.append(_refusal(row, into, problem.field, f"{problem.what} {problem.do}"))


def _refusal(row: Planned, into: Into, name: str, why: Any) -> Refusal:
    return Refusal(row.row, into.chosen.columns.get(name, ""), why)
