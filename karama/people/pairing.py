"""The comparison by machine: every pair of people who share a blind key, in memory, bounded, explained.

Runs in the job runner, a process of its own. Names are opened in parts, compared and forgotten; nothing is written
but ids, a likeness and codes of what agrees. Why our own rules: docs/decisions/0060-comparing-files.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, groupby
from uuid import UUID

from karama.journal import Actor, reading
from karama.journal.access_log import opening_all
from karama.people.access import PAIRING_JOB
from karama.people.actions.pairing import Pair, note_suggestions
from karama.people.models import NameKey, Person, Suggestion
from karama.rules import matching
from karama.security import blind_index, vault

COMPARER = Actor(id=UUID("0190c0de-0000-7000-8000-00000000e5a7"), kind="job", duty=PAIRING_JOB, name="Comparison")

ALIKE = 0.82
"""Pairs less alike than this are not shown to anybody; a threshold of the house, above that of a search."""

LARGEST_BLOCK = 60
"""People who share one blind number; a larger block says nothing and is left out."""

MOST_PAIRS = 200_000
PART = 400


@dataclass(frozen=True)
class Known:
    """What is compared of one person: her spellings and her birth year."""

    spellings: tuple[str, ...]
    year: int | None
    site: UUID


def compare_all() -> int:
    """Suggest every pair that is new; returns how many suggestions were written."""
    decided = set(Suggestion.objects.values_list("person_id", "other_id"))
    pairs = sorted(pair for pair in _candidates() if pair not in decided)
    written = 0
    for start in range(0, len(pairs), PART):
        found = list(_alike(pairs[start : start + PART]))
        if found:
            written += note_suggestions(by=COMPARER, pairs=found).value
    return written


def _candidates() -> set[tuple[UUID, UUID]]:
    """Pairs that share a blind key; nobody is opened for this."""
    rows = NameKey.objects.filter(version=blind_index.current_version()).order_by("key", "person_id")
    found: set[tuple[UUID, UUID]] = set()
    for _key, block in groupby(rows.values_list("key", "person_id").iterator(), key=lambda row: row[0]):
        people = [person for _number, person in block]
        if len(people) <= LARGEST_BLOCK:
            found.update(combinations(sorted(people), 2))
        if len(found) >= MOST_PAIRS:
            break
    return found


def _alike(pairs: list[tuple[UUID, UUID]]) -> Iterator[Pair]:
    known = _open({one for pair in pairs for one in pair})
    for person, other in pairs:
        if person in known and other in known:
            likeness, reasons = compare(known[person], known[other])
            if likeness >= ALIKE:
                yield Pair(person=person, other=other, likeness=round(likeness * 1000), reasons=reasons)


def compare(one: Known, other: Known) -> tuple[float, list[str]]:
    """How alike two people are, and codes of what agrees. Years more than one apart are two people."""
    if one.year is not None and other.year is not None and abs(one.year - other.year) > 1:
        return 0.0, []
    best = max(((matching.likeness(a, b), a, b) for a in one.spellings for b in other.spellings), default=(0.0, "", ""))
    reasons = list(matching.explain(best[1], best[2])) if best[1] else []
    if one.year is not None and other.year is not None:
        reasons.append("same_year" if one.year == other.year else "near_year")
    if one.site == other.site:
        reasons.append("same_site")
    return best[0], reasons


def _open(people: Iterable[UUID]) -> dict[UUID, Known]:
    rows = list(
        Person.objects.filter(
            pk__in=list(people), status__in=("active", "closed"), identity_mode="named", reach="usual"
        )
    )
    with reading(by=COMPARER, purpose="administration", route="people.compare"):
        opening_all([one.id for one in rows])
        vault.warm([one.id for one in rows], "identity")
        return {one.id: _known(one) for one in rows}


def _known(person: Person) -> Known:
    names = person.unseal("names") or {}
    birth = person.unseal("birth") or {}
    whole = f"{names.get('first', '')} {names.get('last', '')}".strip()
    spellings = tuple(one for one in (whole, *names.get("others", [])) if one)
    return Known(spellings, birth.get("year"), person.site_id)
