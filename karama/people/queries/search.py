"""Search before create: by code, or by names and birth year; cut to the searcher's scope before anything is opened."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from karama.journal import Absent, Actor, clock, reading, visible_to
from karama.journal.access_log import opening_all
from karama.people.access import ATTRIBUTES, LIST, OUTSIDE, SEARCH
from karama.people.models import NameKey, Person
from karama.people.problems import CheckCode, SearchTooLittle
from karama.people.queries.page import shown_names
from karama.people.searching import searching
from karama.people.words import only_caseload, outside_search, shown_in_search
from karama.rules import codes, matching
from karama.security import blind_index, vault

ALIKE = 0.75
"""Names less alike than this are other people who share a blind number; a threshold of the house."""

VERY_ALIKE = 0.9
"""A hint that a record may exist elsewhere needs names at least so alike; a threshold of the house."""

OTHER_YEAR = 0.06
"""So much less alike counts, in the order alone, whoever was born in the year before or after; the house's own choice:
spellings differ more often than years do."""

MOST_OUTSIDE = 50
MOST_CANDIDATES = 40
"""So many are opened and compared, those who meet most of the keys first."""

MOST_TIED = 200
"""So many at most where nothing tells who among them shares the name and who a blind number by chance."""

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
    written = _written(code)
    with searching(by) as now:
        found = _with_code(by, written, now)
    if found is None:
        raise Absent()
    return found


def found_by_code(by: Actor, *, code: str) -> list[Found]:
    """The same as a list of one or none, for the page of results. Raises `CheckCode` and `SearchPause`."""
    written = _written(code)
    with searching(by) as now:
        found = _with_code(by, written, now)
        return as_found(by, list(Person.objects.filter(pk=found).select_related("site")), ("code",)) if found else []


def _written(code: str) -> str:
    try:
        return codes.parse_code(code)
    except codes.BadCode:
        raise CheckCode() from None


def _with_code(by: Actor, written: str, now: datetime) -> UUID | None:
    joined = Q(joined_files__code=written) | Q(joined_files__joined_files__code=written)
    rows = in_scope(by, Person.objects.filter(Q(code=written) | joined), now)
    return rows.order_by("pk").values_list("pk", flat=True).first()


def as_found(by: Actor, people: list[Person], reasons: tuple[str, ...]) -> list[Found]:
    """People within reach who were found exactly, for a page of results: a part of the search that found them."""
    if not people:
        return []
    called = shown_names(by, people) if "alias" in shown_in_search(by.programmes) else {}
    mine = _mine(by, people)
    return [
        Found(one.id, one.code, called.get(one.id, ""), one.site.name, None, 1.0, reasons, one.id in mine)
        for one in people
    ]


def _mine(by: Actor, people: list[Person]) -> set[UUID]:
    own = Person.objects.filter(
        pk__in=[one.pk for one in people], assignments__user_id=by.id, assignments__until__isnull=True
    )
    return set(own.values_list("pk", flat=True))


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
    keys = filed_under(strings)
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
        name = matching.Name.of(f"{first} {last}")
        return any(_fit(one, name, birth_year).likeness >= VERY_ALIKE for one in people)


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
    with searching(by) as now:
        candidates = _candidates(by, strings, now, one_sound=len(matching.search_keys(first, last, 0)) == 1)
        return _ranked(by, candidates, matching.Name.of(f"{first} {last}"), birth_year)


def _candidates(by: Actor, strings: Collection[str], now: datetime, *, one_sound: bool) -> list[Person]:
    """Who is filed under one of these, within the searcher's scope: first those who meet most of them. Whoever shares a
    blind number by chance meets one, so that among a million people those are the ones left out.

    Nobody is left out for being registered later than others of the same name: whoever meets as many as the last one
    is compared too, where that is no chance, or where it may be none (`one_sound`: the name has a single key).
    """
    keys = filed_under(strings)
    within = in_scope(by, Person.objects.filter(pk=OuterRef("person_id")), now)
    met = keys.filter(Exists(within)).order_by().values("person_id").annotate(met=Count("pk"))
    rows = list(met.order_by("-met", "person_id").values_list("person_id", "met")[:MOST_TIED])
    best = rows[:MOST_CANDIDATES]
    if best and (one_sound or best[-1][1] > 1):
        best += [row for row in rows[MOST_CANDIDATES:] if row[1] == best[-1][1]]
    return list(Person.objects.filter(pk__in=[person for person, _met in best]).select_related("site"))


def filed_under(strings: Collection[str]) -> QuerySet[NameKey, NameKey]:
    """The blind keys of everybody filed under one of these strings, by the index key in use."""
    version = blind_index.current_version()
    return NameKey.objects.filter(version=version, key__in=blind_index.keys_for(strings, version=version))


def in_scope(by: Actor, rows: QuerySet[Person, Person], now: datetime) -> QuerySet[Person, Person]:
    """Of these people, those whom the searcher may find: at her sites, or on her own list where the pack says so."""
    policy = LIST if only_caseload(by.programmes) else SEARCH
    return visible_to(rows, by=by, policy=policy, purpose="care", now=now, attributes=ATTRIBUTES)


def _ranked(by: Actor, candidates: list[Person], name: matching.Name, birth_year: int | None) -> list[Found]:
    if not candidates or "general" not in by.compartments:
        return []
    opening_all([one.id for one in candidates])
    vault.warm([one.id for one in candidates], "identity")
    likely = [one for one in (_fit(person, name, birth_year) for person in candidates) if one.likeness >= ALIKE]
    likely = sorted(likely, key=lambda one: (one.less - one.likeness, one.person.code))[:MOST_FOUND]
    mine = _mine(by, [one.person for one in likely])
    shown = "alias" in shown_in_search(by.programmes)
    return [
        Found(
            id=one.person.id,
            code=one.person.code,
            called=one.called if shown else "",
            site=one.person.site.name,
            birth_year=one.year,
            likeness=one.likeness,
            reasons=matching.explain(name, one.name),
            mine=one.person.id in mine,
        )
        for one in likely
    ]


class _Fit(NamedTuple):
    """A candidate compared: her spelling that is most alike. `less`: what another year takes from it in the order."""

    person: Person
    likeness: float
    less: float
    name: matching.Name
    called: str
    year: int | None


def _fit(person: Person, name: matching.Name, birth_year: int | None) -> _Fit:
    """A year more than one apart is another person; one apart comes behind those whose names are as alike."""
    names: dict[str, Any] = person.unseal("names") or {"called": "", "first": "", "last": "", "others": []}
    year: int | None = (person.unseal("birth") or {}).get("year")
    spellings = map(matching.Name.of, (f"{names['first']} {names['last']}", *names["others"]))
    likeness, best = max(((matching.likeness(name, one), one) for one in spellings), key=lambda told: told[0])
    apart = abs(year - birth_year) if year is not None and birth_year is not None else 0
    return _Fit(person, 0.0 if apart > 1 else likeness, apart * OTHER_YEAR, best, names["called"], year)
