"""What is to be asked again of the reader's own people: a yes that lapsed, a changed text, a coming of age."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import Actor, clock, visible_to
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, answered, asks, together
from karama.people import deciding, words
from karama.people.access import ATTRIBUTES, LIST, purpose_of
from karama.people.models import Assignment, BestInterest, Consent, Person
from karama.people.queries.page import shown_names
from karama.programme.days import today_at
from karama.rules import minors
from karama.rules.consent.renewal import GIVER_OF, Due, TextInForce, due
from karama.security import vault

OVER = "emergency_over"
"""The reason of a line about a child: emergency care was carried until now, and nobody has decided."""

LAPSED = frozenset({("care", why) for why in ("expired", "of_age", "other_decider", OVER)})
"""What leaves care resting on nothing."""

AGE = "age"
"""The reason of a line that asks for the age of somebody who may have come of age since it was noted."""


@dataclass(frozen=True)
class Counts:
    """Of how many people something is to be asked again; `nothing`: of how many of those whom the reader leads, and
    who are not among the first, care rests on nothing because what it rested on has lapsed."""

    asked: int
    nothing: int


@dataclass(frozen=True)
class DueLine:
    """One person and what is to be asked again: `(purpose, why)`, the most pressing first."""

    id: UUID
    code: str
    called: str
    asks: tuple[tuple[str, str], ...]


def decisions_due(by: Actor) -> list[DueLine]:
    """The reader's own people of whom something is to be asked again."""
    people, found = answered(_found(by))
    shown = [one for one in people if one.id in found]
    called = shown_names(by, shown)
    return [DueLine(one.id, one.code, called.get(one.id, ""), found[one.id]) for one in shown]


@asks
def count_of_decisions_due(by: Actor) -> Asks[Counts]:
    """How many people that are: for lines on Today, which open no name."""
    (_people, found), led = yield from together(_found(by), _leading(by))
    nothing = {one for one, asks in found.items() if one in led and any(ask in LAPSED for ask in asks)}
    return Counts(len(found) - len(nothing), len(nothing))


def _leading(by: Actor) -> Asks[set[UUID]]:
    return set((yield _led.later(by.id)))


def _found(by: Actor) -> Asks[tuple[list[Person], dict[UUID, tuple[tuple[str, str], ...]]]]:
    people = list((yield _mine.later(by)))
    facts: dict[UUID, list[Consent]] = {}
    ids = [one.id for one in people]
    said, carried = (yield _facts.later(ids), _carried.later(ids)) if ids else ((), ())
    for fact in said:
        facts.setdefault(fact.person_id, []).append(fact)
    over = {one.person_id for one in carried if one.carries_until is not None and one.carries_until <= clock.now()}
    _open_ages(people, facts)
    texts = {one: words.texts_in_force(one) for one in {person.programme_id for person in people}}
    asked = {one.id: _asks(one, facts.get(one.id, []), texts[one.programme_id]) for one in people}
    asked = {one: ((("care", OVER), *asks) if one in over else asks) for one, asks in asked.items()}
    return people, {person: asks for person, asks in asked.items() if asks}


def due_of(person: Person) -> tuple[Due, ...]:
    """What is to be asked again of one person. Opens her age only where somebody else decided for her."""
    facts = list(Consent.objects.filter(person_id=person.id).order_by("sequence"))
    return _due(person, facts, words.texts_in_force(person.programme_id) if facts else {})


@readymade
def _mine(by: Actor) -> QuerySet[Person, Person]:
    rows = Person.objects.filter(status="active", assignments__user_id=by.id, assignments__until__isnull=True)
    seen = visible_to(rows, by=by, policy=LIST, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES)
    return seen.order_by("code")


@readymade
def _carried(people: list[UUID]) -> QuerySet[BestInterest, BestInterest]:
    return BestInterest.objects.filter(person_id__in=people, purpose="care", state="asked").order_by("id")


@readymade
def _led(user: UUID) -> QuerySet[Any, Any]:
    return Assignment.objects.filter(user_id=user, role="lead", until__isnull=True).values_list("person_id", flat=True)


@readymade
def _facts(people: list[UUID]) -> QuerySet[Consent, Consent]:
    return Consent.objects.filter(person_id__in=people).order_by("person_id", "sequence")


def _open_ages(people: Iterable[Person], facts: dict[UUID, list[Consent]]) -> None:
    """One access row for everybody whose age has to be looked at, instead of one for each."""
    wanted = [one.id for one in people if _by_others(facts.get(one.id, []))]
    if wanted:
        opening_all(wanted)
        vault.warm(wanted, "identity")
        vault.warm(wanted, "clinical")


def _by_others(facts: Iterable[Consent]) -> bool:
    return any(fact.given_by != "self" and fact.decision == "yes" for fact in facts)


def _due(person: Person, facts: list[Consent], texts: Mapping[str, TextInForce]) -> tuple[Due, ...]:
    if not facts:
        return ()
    records = [deciding.as_plain_rule(fact) for fact in facts]
    capacity = deciding.capacity_of(person) if _by_others(facts) else "own"
    assert capacity in GIVER_OF
    return due(records, texts, capacity=capacity, now=clock.now())


def _asks(person: Person, facts: list[Consent], texts: Mapping[str, TextInForce]) -> tuple[tuple[str, str], ...]:
    asks = tuple(dict.fromkeys((one.purpose, one.why) for one in _due(person, facts, texts)))
    if not _by_others(facts):
        return asks
    years = words.people_rules_of(person.programme_id).ages.majority
    grown = minors.may_have_come_of_age(deciding.age_of(person), years, today_at(person.site_id))
    return (("", AGE), *asks) if grown else asks
