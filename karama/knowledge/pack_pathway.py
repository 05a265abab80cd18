"""A programme's `pathway.toml`: techniques and note headings, what scores suggest, waits, approval of a closure.

A programme without the file gets `PLAIN`: no techniques, one heading, no suggestion at all, a closure that is approved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.packs.beside import table_of
from karama.knowledge.packs.reading import LAYERS, PackError
from karama.rules.scoring.evidence import Evidence
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "pathway.toml"
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """A code with its words in each language; a technique also with its evidence."""

    code: str
    names: Texts
    evidence: Evidence | None = None


@dataclass(frozen=True)
class StepLine:
    """At or above `at_least` on the total of `instrument` (only when asked of `population`), `layer` is suggested."""

    instrument: str
    at_least: int
    population: str
    layer: str
    evidence: Evidence


@dataclass(frozen=True)
class Waits:
    """Days after which somebody looks again: at a person who waits, by how pressing it is (1 most), and when stuck."""

    recheck_days: tuple[int, int, int, int]
    waiting_days: int
    silent_days: int
    worse_measures: int
    missed_days: tuple[int, int]
    """After a missed appointment: days until somebody asks, when something was pressing, and otherwise."""


@dataclass(frozen=True)
class Pathway:
    """What `pathway.toml` says."""

    version: str
    techniques: tuple[Said, ...]
    headings: tuple[Said, ...]
    steps: tuple[StepLine, ...]
    waits: Waits
    approval: bool


PLAIN: Final = Pathway(
    version="",
    techniques=(),
    headings=(Said("note", {"en": "Note"}),),
    steps=(),
    waits=Waits((3, 7, 14, 30), 30, 21, 2, (1, 7)),
    approval=True,
)


@lru_cache(maxsize=64)
def pathway(code: str) -> Pathway:
    """The pathway of a programme. Raises PackError naming the file and the key when the file is wrong."""
    table = table_of(code, FILE)
    return PLAIN if table is None else pathway_from(code, table)


def pathway_from(code: str, table: Mapping[str, Any]) -> Pathway:
    """The pathway of a parsed file. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        waits = fields.part("waits")
        found = Pathway(
            version=fields.take("version", str),
            techniques=fields.each("techniques", lambda each: _said(each, proved=True)),
            headings=fields.each("headings", _said),
            steps=fields.each("steps", _step),
            waits=_waits(waits),
            approval=fields.take("closure_approved", bool),
        )
        waits.finish()
        fields.finish()
        _check(found, fields.where)
    except CardError as error:
        raise PackError(str(error)) from error
    return found


def _said(each: Fields, *, proved: bool = False) -> Said:
    names = each.take("names", dict)
    if not names or not all(isinstance(one, str) and one.strip() for one in names.values()):
        raise CardError(f"{each.where}: 'names' must hold a text for each language.")
    return Said(each.take("code", str), names, each.evidence() if proved else None)


def _step(each: Fields) -> StepLine:
    return StepLine(
        instrument=each.take("instrument", str),
        at_least=each.take("at_least", int),
        population=each.take("population", str),
        layer=each.choose("layer", LAYERS),
        evidence=each.evidence(),
    )


def _waits(part: Fields) -> Waits:
    recheck, missed = _days(part, "recheck_days", 4), _days(part, "missed_days", 2)
    return Waits(
        recheck_days=(recheck[0], recheck[1], recheck[2], recheck[3]),
        waiting_days=part.take("waiting_days", int),
        silent_days=part.take("silent_days", int),
        worse_measures=part.take("worse_measures", int),
        missed_days=(missed[0], missed[1]),
    )


def _days(part: Fields, key: str, many: int) -> list[int]:
    found = part.take(key, list)
    fitting = len(found) == many and all(isinstance(one, int) and 0 < one < 400 for one in found)
    if not fitting or found != sorted(found):
        raise CardError(f"{part.where}: {key!r} must be {many} whole numbers of days, the shortest first.")
    return list(found)


def _check(found: Pathway, where: str) -> None:
    if not found.headings:
        raise CardError(f"{where}: 'headings' must hold at least one heading of a note.")
    for kind in (found.techniques, found.headings):
        codes = [one.code for one in kind]
        if len(codes) != len(set(codes)):
            raise CardError(f"{where}: a code stands twice.")
