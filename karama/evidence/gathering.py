"""From rows to people: who answered what at two waves, and in which line she counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from karama.analytics.outcomes import OutcomeRow
from karama.care.facts import ResponseRow
from karama.evidence.marks import Marks, marks_of


@dataclass
class Pair:
    """One person's answers to one instrument at the two waves; the later of two responses of a wave counts."""

    start: Marks | None = None
    end: Marks | None = None
    interpreter: bool = False
    validated: bool = True

    def take(self, row: ResponseRow, *, at_start: bool) -> None:
        """Put in one response."""
        if at_start:
            self.start = marks_of(row)
        else:
            self.end = marks_of(row)
        self.interpreter = self.interpreter or row.interpreter
        self.validated = self.validated and (row.validated or row.interpreter)

    @property
    def line(self) -> str:
        """`main`, `interpreter` or `unvalidated_language`."""
        return as_outcome([self]).line


@dataclass
class Gathered:
    """Everything counted: pairs by instrument and person, the versions asked, and who was left out."""

    pairs: dict[str, dict[UUID, Pair]] = field(default_factory=dict)
    versions: dict[str, set[str]] = field(default_factory=dict)
    people: frozenset[UUID] = frozenset()
    not_agreed: int = 0
    died: int = 0
    demonstration: int = 0

    def of(self, instrument: str) -> Mapping[UUID, Pair]:
        """The pairs of one instrument."""
        return self.pairs.get(instrument, {})


def gather(
    rows: Iterable[ResponseRow], start: str, reportable: frozenset[UUID], died: frozenset[UUID] = frozenset()
) -> Gathered:
    """Put the rows together by instrument and person. Who did not agree to be counted is counted here and left out.

    `died`: left out of every figure and counted beside it, among those who had agreed; never a drop-out.
    """
    found = Gathered()
    counted: set[UUID] = set()
    left_out: set[UUID] = set()
    dead: set[UUID] = set()
    for row in rows:
        if row.person not in reportable:
            left_out.add(row.person)
            continue
        if row.person in died:
            dead.add(row.person)
            continue
        counted.add(row.person)
        pair = found.pairs.setdefault(row.instrument, {}).setdefault(row.person, Pair())
        pair.take(row, at_start=row.wave == start)
        found.versions.setdefault(row.instrument, set()).add(row.version)
        found.demonstration += row.demonstration
    found.people, found.not_agreed, found.died = frozenset(counted), len(left_out), len(dead)
    return found


def as_outcome(pairs: Iterable[Pair]) -> OutcomeRow:
    """The line of a person over several measures: the least certain of them decides."""
    every = list(pairs)
    return OutcomeRow(
        before={},
        after={},
        interpreter=any(one.interpreter for one in every),
        language_validated=all(one.validated for one in every),
    )


def outcome_rows(gathered: Gathered, measures: Mapping[str, str]) -> Iterator[OutcomeRow]:
    """One row a person who answered one of the measures at either wave. `measures`: instrument -> its total scale."""
    everybody = {person for code in measures for person in gathered.of(code)}
    for person in sorted(everybody):
        own = {code: gathered.of(code)[person] for code in measures if person in gathered.of(code)}
        line = as_outcome(own.values())
        yield OutcomeRow(
            before={code: _total(pair.start, measures[code]) for code, pair in own.items()},
            after={code: _total(pair.end, measures[code]) for code, pair in own.items()},
            interpreter=line.interpreter,
            language_validated=line.language_validated,
        )


def _total(marks: Marks | None, scale: str) -> float | None:
    return None if marks is None else marks.scores.get(scale)
