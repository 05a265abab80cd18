"""What a supervisor decides about files that may be one person: suggested pairs, files without a name, locked ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.journal import Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, NumberOf, asks
from karama.people.access import MERGE, rows_near
from karama.people.actions.lost_card import MANY_AT_A_SITE
from karama.people.models import FindTry, NewFile, Person, Suggestion
from karama.people.queries.page import shown_names
from karama.people.words import people_rules_of
from karama.programme.queries import place

MOST = 50
LIVING = ("active", "closed")


@dataclass(frozen=True)
class File:
    """One of two files: code, what to call her, site."""

    id: UUID
    code: str
    called: str
    site: str
    registered_on: object


@dataclass(frozen=True)
class PairLine:
    """Two files that may be one person, why, and what was said so far."""

    one: File
    other: File
    likeness: int
    reasons: tuple[str, ...]
    state: str
    found_by: str


@dataclass(frozen=True)
class Locked:
    """A site where too many answers for a lost card were wrong."""

    site: UUID
    name: str
    wrong: int
    last: datetime


def pairs(by: Actor) -> list[PairLine]:
    """Open pairs of which this supervisor reaches both files, the likeliest first; with one hidden it is no pair."""
    rows = list(_pairs(by).order_by("state", "-likeness", "pk")[:MOST])
    people = {one: None for row in rows for one in (row.person_id, row.other_id)}
    files = {one.id: one for one in Person.objects.filter(pk__in=people).select_related("site")}
    called = shown_names(by, files.values())
    return [
        PairLine(
            _file(files[row.person_id], called),
            _file(files[row.other_id], called),
            row.likeness,
            tuple(one for one in row.reasons.split(",") if one),
            row.state,
            row.found_by,
        )
        for row in rows
    ]


@asks
def count_of_pairs(by: Actor) -> Asks[int]:
    """How many pairs nobody has looked at yet."""
    return int((yield NumberOf(_open_pairs.later(by))))


@readymade
def _open_pairs(by: Actor) -> QuerySet[Suggestion, Suggestion]:
    return _pairs(by).filter(state="open")


def new_files(by: Actor) -> list[tuple[File, str]]:
    """Files without a name of which it is not sure that they are no second ones, and what was said: newest first."""
    found = list(_new_files.make(by).select_related("person__site").order_by("-recorded_at")[:MOST])
    called = shown_names(by, [row.person for row in found])
    return [(_file(row.person, called), row.said) for row in found]


@asks
def locked_ways(by: Actor) -> Asks[list[Locked]]:
    """The supervisor's sites where somebody was locked out since, and nobody has opened it again."""
    if by.duty != "supervisor":
        return []
    found = []
    places = [here for one in sorted(by.sites) if (here := place(one)) is not None]
    since = {one.id: clock.now() - people_rules_of(one.programme_id).locked_for for one in places}
    rows = yield _tries.later(list(since), min(since.values(), default=clock.now()))
    for site in places:
        rules = people_rules_of(site.programme_id)
        told_here = [(what, who, at) for at_site, what, who, at in rows if at_site == site.id and at >= since[site.id]]
        opened = max((at for what, _who, at in told_here if what == "opened"), default=None)
        wrong = [(who, at) for what, who, at in told_here if what != "opened" and (opened is None or at > opened)]
        by_one = max((sum(author == one for author, _at in wrong) for one, _at in wrong), default=0)
        if by_one >= rules.tries or len(wrong) >= rules.tries * MANY_AT_A_SITE:
            found.append(Locked(site.id, site.name, len(wrong), max(at for _author, at in wrong)))
    return found


@readymade
def _tries(sites: list[UUID], since: datetime) -> QuerySet[Any, Any]:
    told = ("opened", "wrong", "several")
    rows = FindTry.objects.filter(site__in=sites, recorded_at__gte=since, outcome__in=told)
    return rows.values_list("site_id", "outcome", "author_id", "recorded_at")


@asks
def count_of_new_files(by: Actor) -> Asks[int]:
    """How many files without a name wait for a look."""
    return int((yield NumberOf(_new_files.later(by))))


@readymade
def _new_files(by: Actor) -> QuerySet[NewFile, NewFile]:
    rows = NewFile.objects.filter(looked_at__isnull=True, person__status__among=LIVING).exclude(said="first_time")
    return rows_near(rows, by=by, policy=MERGE)


def _pairs(by: Actor) -> QuerySet[Suggestion]:
    rows = Suggestion.objects.filter(
        Q(state="open") | Q(state="ask"), person__status__among=LIVING, other__status__among=LIVING
    )
    return rows_near(rows_near(rows, by=by, policy=MERGE), by=by, policy=MERGE, path="other")


def _file(person: Person, called: dict[UUID, str]) -> File:
    return File(person.id, person.code, called.get(person.id, ""), person.site.name, person.registered_on)
