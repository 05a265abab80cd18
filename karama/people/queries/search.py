"""Search before create: by code, or by names and birth year; cut to the searcher's scope before anything is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.journal import Absent, Actor, clock, reading, visible_to
from karama.journal.access_log import opening_all
from karama.people.access import ATTRIBUTES, LIST, OUTSIDE, SEARCH
from karama.people.models import NameKey, Person
from karama.people.problems import CheckCode, SearchPause, SearchTooLittle
from karama.people.queries.page import shown_names
from karama.people.searching import SEARCH_ROUTE, too_many_searches
from karama.people.words import only_caseload, outside_search, shown_in_search
from karama.rules import codes, matching
from karama.security import blind_index, vault

ALIKE = 0.75
"""Names less alike than this are other people who share a blind number; a threshold of the house."""

VERY_ALIKE = 0.9
"""A hint that a record may exist elsewhere needs names at least so alike; a threshold of the house."""

MOST_OUTSIDE = 50
MOST_CANDIDATES = 200
MOST_FOUND = 10
MOST_SITES = 40


@dataclass(frozen=True)
class Found:
    """A person who may be the one searched for. `likeness` 0 to 1; `reasons`: codes of `rules.matching.explain`."""

    id: UUID
    code: str
    called: str
    site: str
    birth_year: int | None
    likeness: float
    reasons: tuple[str, ...]
    mine: bool


def find(by: Actor, *, code: str) -> UUID:
    """The person with this code, or the file it was joined with.

    Raises:
        CheckCode: a character is wrong or missing; never another person. SearchPause: too many searches.
        Absent: nobody within reach has it.
    """
    try:
        written = codes.parse_code(code)
    except codes.BadCode:
        raise CheckCode() from None
    with _searching(by) as now:
        joined = Q(joined_files__code=written) | Q(joined_files__joined_files__code=written)
        rows = _in_scope(by, Person.objects.filter(Q(code=written) | joined), now)
        found = rows.order_by("pk").values_list("pk", flat=True).first()
    if found is None:
        raise Absent()
    return found


def found_by_code(by: Actor, *, code: str) -> list[Found]:
    """The same as a list of one or none, for the page of results. Raises `CheckCode` and `SearchPause`."""
    try:
        person = Person.objects.select_related("site").get(pk=find(by, code=code))
    except Absent:
        return []
    with reading(by=by, purpose="care", route=SEARCH_ROUTE):
        called = shown_names(by, [person]).get(person.id, "") if "alias" in shown_in_search(by.programmes) else ""
    mine = person.assignments.filter(user_id=by.id, until__isnull=True).exists()
    return [Found(person.id, person.code, called, person.site.name, None, 1.0, ("code",), mine)]


def note_found(by: Actor, person: UUID) -> None:
    """Write in the access log that a person was found without a card, so that she sees it."""
    with reading(by=by, purpose="care", route="people.find_me"):
        opening_all([person])


def may_exist_outside(by: Actor, *, first: str, last: str, birth_year: int | None = None) -> bool:
    """Whether a record of somebody very like this may exist outside the searcher's scope, where the pack lets her ask.

    Never who, where or how many; and never for somebody who is hidden from her or held by one team. The candidates
    are compared in memory under a route of its own, which the person concerned can read in her list.
    """
    if birth_year is None or outside_search(by.programmes) != "ask":
        return False
    strings = matching.search_keys(first, last, birth_year, None)
    if not strings:
        return False
    keys = NameKey.objects.filter(version=blind_index.current_version(), key__in=blind_index.keys_for(strings))
    rows = visible_to(
        Person.objects.filter(pk__in=keys.values("person_id")),
        by=by, policy=OUTSIDE, purpose="care", now=clock.now(), attributes=ATTRIBUTES,
    )  # fmt: skip
    people = list(rows.order_by("pk")[:MOST_OUTSIDE])
    if not people:
        return False
    with reading(by=by, purpose="care", route="people.search_outside"):
        opening_all([one.id for one in people])
        vault.warm([one.id for one in people], "identity")
        return any(_fit(one, f"{first} {last}", birth_year)[0] >= VERY_ALIKE for one in people)


def search(by: Actor, *, first: str, last: str, birth_year: int | None = None) -> list[Found]:
    """People within reach who may be the one searched for, likeliest first; at most `MOST_FOUND`.

    Nobody outside the searcher's scope is opened, counted or hinted at.

    Raises:
        SearchTooLittle: a name is missing, or has no letters. SearchPause: too many searches.
    """
    sites = [str(site) for site in sorted(by.sites)[:MOST_SITES]]
    strings: set[str] = set()
    for site in sites or [""]:
        strings |= matching.search_keys(first, last, birth_year, site or None)
    if not first.strip() or not last.strip() or not strings:
        raise SearchTooLittle()
    with _searching(by) as now:
        keys = NameKey.objects.filter(version=blind_index.current_version(), key__in=blind_index.keys_for(strings))
        rows = _in_scope(by, Person.objects.filter(pk__in=keys.values("person_id")), now)
        candidates = list(rows.select_related("site").order_by("pk")[:MOST_CANDIDATES])
        return _ranked(by, candidates, f"{first} {last}", birth_year)


@contextmanager
def _searching(by: Actor) -> Iterator[datetime]:
    now = clock.now()
    if too_many_searches(by, now):
        raise SearchPause()
    with reading(by=by, purpose="care", route=SEARCH_ROUTE):
        yield now


def _in_scope(by: Actor, rows: QuerySet[Person, Person], now: datetime) -> QuerySet[Person, Person]:
    policy = LIST if only_caseload(by.programmes) else SEARCH
    return visible_to(rows, by=by, policy=policy, purpose="care", now=now, attributes=ATTRIBUTES)


def _ranked(by: Actor, candidates: list[Person], name: str, birth_year: int | None) -> list[Found]:
    if not candidates or "general" not in by.compartments:
        return []
    opening_all([one.id for one in candidates])
    vault.warm([one.id for one in candidates], "identity")
    found = [(one, *_fit(one, name, birth_year)) for one in candidates]
    likely = sorted((row for row in found if row[1] >= ALIKE), key=lambda row: (-row[1], row[0].code))[:MOST_FOUND]
    mine = set(
        Person.objects.filter(
            pk__in=[row[0].pk for row in likely], assignments__user_id=by.id, assignments__until__isnull=True
        ).values_list("pk", flat=True)
    )
    shown = "alias" in shown_in_search(by.programmes)
    return [
        Found(one.id, one.code, names["called"] if shown else "", one.site.name, year, score, reasons, one.id in mine)
        for one, score, reasons, names, year in likely
    ]


def _fit(
    person: Person, name: str, birth_year: int | None
) -> tuple[float, tuple[str, ...], dict[str, Any], int | None]:
    """Likeness, why, the names, and the birth year; a year more than one apart is another person."""
    names: dict[str, Any] = person.unseal("names") or {"called": "", "first": "", "last": "", "others": []}
    birth = person.unseal("birth") or {}
    year: int | None = birth.get("year")
    spellings = [f"{names['first']} {names['last']}", *names["others"]]
    best = max(spellings, key=lambda one: matching.likeness(name, one))
    score = matching.likeness(name, best)
    if birth_year is not None and year is not None and abs(year - birth_year) > 1:
        score = 0.0
    return score, matching.explain(name, best), names, year
