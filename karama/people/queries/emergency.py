"""Records opened in an emergency: finding one, what is shown of it, and the list of those to review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.access_log import opening_all
from karama.journal.models import Access
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.access import ATTRIBUTES, BREAK_GLASS, SEE_GLASS, attributes_at
from karama.people.models import Assignment, BreakGlass, ContactRules, HiddenFrom, Person
from karama.people.pages import Text, words_of
from karama.people.problems import CheckCode, SearchTooLittle
from karama.people.queries.search import filed_under
from karama.people.reviewing import LINE, WITHIN, falls_to
from karama.people.searching import searching
from karama.people.workers import aliases
from karama.rules import codes, matching
from karama.rules.classes import CARE_DUTIES
from karama.security import vault

ROUTE = "people.emergency"
MOST_COMPARED = 500
"""Many share a name, or the blind number of one: whoever is looked for must be among those that are compared."""
EXACT = 0.999
"""In an emergency a name opens a record only when it is exactly the one that is written there."""


@dataclass(frozen=True)
class Opened:
    """The few fields of a record that are shown, and until when. No answers, notes or history."""

    glass: BreakGlass
    code: str
    called: str
    site: str
    age_band: str
    languages: Sequence[str]
    contact: dict[str, Any]
    workers: list[str]


@dataclass(frozen=True)
class ToReview:
    """One opening as the officer sees it: who, when, why, and what else that colleague did in the record."""

    glass: BreakGlass
    code: str
    who: str
    reason: str
    seen: list[tuple[datetime, Text]]


def find_in_emergency(
    by: Actor, *, code: str = "", first: str = "", last: str = "", birth_year: int | None = None
) -> UUID:
    """The one person with exactly this code, or exactly this name and birth year.

    Raises:
        CheckCode, SearchTooLittle: what was typed cannot be looked for. SearchPause: too many searches.
        Absent: nobody, more than one, or nobody who exists for this asker: the same answer.
    """
    with searching(by, purpose="safety") as now:
        rows = _by_code(code) if code.strip() else _by_name(first, last, birth_year)
        seen = visible_to(rows, by=by, policy=BREAK_GLASS, purpose="safety", now=now, attributes=ATTRIBUTES)
        people = list(seen.order_by("pk")[:MOST_COMPARED])
        if not code.strip():
            people = _exactly(people, f"{first} {last}", birth_year)
    if len(people) != 1:
        raise Absent()
    return people[0].id


def _by_code(code: str) -> QuerySet[Person]:
    try:
        written = codes.parse_code(code)
    except codes.BadCode:
        raise CheckCode() from None
    joined = Q(joined_files__code=written) | Q(joined_files__joined_files__code=written)
    found = Person.objects.filter(Q(code=written) | joined)
    return Person.objects.filter(pk__in=found.values("pk"))  # one row, however many files were joined with it


def _by_name(first: str, last: str, birth_year: int | None) -> QuerySet[Person]:
    strings = matching.search_keys(first, last, birth_year, None) if birth_year else set()
    if not first.strip() or not last.strip() or not strings:
        raise SearchTooLittle()
    return Person.objects.filter(pk__in=filed_under(strings).values("person_id"))


def _exactly(people: list[Person], name: str, birth_year: int | None) -> list[Person]:
    opening_all([one.id for one in people])
    vault.warm([one.id for one in people], "identity")
    found = []
    for one in people:
        names, birth = one.unseal("names") or {}, one.unseal("birth") or {}
        spellings = [f"{names.get('first', '')} {names.get('last', '')}", *names.get("others", [])]
        alike = max(matching.likeness(name, spelling) for spelling in spellings)
        if alike >= EXACT and birth.get("year") == birth_year:
            found.append(one)
    return found


def opened_in_emergency(by: Actor, glass: UUID) -> Opened:
    """What the asker may see, while it lasts. Raises `Absent`: not hers, over, or nobody's."""
    row = BreakGlass.objects.filter(pk=glass, user_id=by.id, until__gt=clock.now()).select_related("person").first()
    people = Person.objects.filter(pk=row.person_id if row else glass).select_related("site")
    person = visible_to(
        people, by=by, policy=BREAK_GLASS, purpose="safety", now=clock.now(), attributes=ATTRIBUTES
    ).first()
    if row is None or person is None:
        raise Absent()
    rules = ContactRules.objects.filter(person=person).first()
    contact = {"channel": rules.channel} if rules else {}
    if rules is not None:
        contact |= {name: rules.unseal(name) for name in ("address", "safe_hours", "phrase")}
    working = Assignment.objects.filter(person=person, until__isnull=True).values_list("user_id", flat=True)
    return Opened(
        glass=row,
        code=person.code,
        called=(person.unseal("names") or {}).get("called", ""),
        site=person.site.name,
        age_band=person.unseal("age_band") or "",
        languages=person.unseal("languages") or (),
        contact=contact,
        workers=sorted(aliases(set(working)).values()),
    )


@asks
def own_open(by: Actor) -> Asks[list[BreakGlass]]:
    """What the reader opened herself and is open still, each person once, whatever ends first first; of nobody who is
    hidden from her or held apart since. It opens nothing: the page of each does, for as long as it lasts."""
    if by.duty not in CARE_DUTIES:
        return []
    found: dict[UUID, BreakGlass] = {}
    for one in (yield _own_open.later(by, clock.now())):
        found[one.person_id] = one  # opened twice: until the later of the two
    return list(found.values())


@readymade
def _own_open(by: Actor, now: datetime) -> QuerySet[BreakGlass, BreakGlass]:
    rows = BreakGlass.objects.filter(user_id=by.id, until__gt=now).select_related("person")
    near = attributes_at("person")
    seen = visible_to(rows, by=by, policy=BREAK_GLASS, purpose="safety", now=clock.now(), attributes=near)
    return seen.order_by("until", "id")


@asks
def to_review(by: Actor) -> Asks[list[BreakGlass]]:
    """Openings nobody has reviewed yet, the oldest first: for the officer, and told to the supervisor of the site; of
    nobody who is hidden from the reader. The director has those that no officer may look at."""
    if by.duty == "supervisor":
        return list((yield _at_her_sites.later(by)))
    if by.duty == "data_protection_officer":
        return list((yield _in_her_programmes.later(by)))
    return [one for one, duty in _with_line(_in_her_programmes(by)) if duty == "director"] if _directs(by) else []


@asks
def overdue(by: Actor) -> Asks[int]:
    """How many of the director's programmes an officer has not looked at within seven days: a number, nobody's code."""
    late = _left_lying(by, clock.now() - WITHIN) if _directs(by) else []
    told = yield from falls_to.asking(list(late))
    return len([duty for duty in told.values() if duty == LINE[0]])


@asks
def without_reviewer(by: Actor, waiting: Sequence[BreakGlass]) -> Asks[int]:
    """How many nobody here may look at: for whoever can name a second officer, and the supervisor of the site, of those
    that wait at hers (`to_review`)."""
    if by.duty not in ("supervisor", "administrator"):
        return 0
    told = yield from falls_to.asking(waiting if by.duty == "supervisor" else list(_without_review(by)))
    return len([duty for duty in told.values() if not duty])


def _directs(by: Actor) -> bool:
    return by.duty == "director"


@readymade
def _at_her_sites(by: Actor) -> QuerySet[BreakGlass, BreakGlass]:
    return _unreviewed(by).filter(site_id__in=by.sites)


@readymade
def _in_her_programmes(by: Actor) -> QuerySet[BreakGlass, BreakGlass]:
    return _unreviewed(by).filter(person__programme_id__in=by.programmes)


@readymade
def _left_lying(by: Actor, before: datetime) -> QuerySet[BreakGlass, BreakGlass]:
    return _in_her_programmes.make(by).filter(recorded_at__lt=before)


@readymade
def _without_review(by: Actor) -> QuerySet[BreakGlass, BreakGlass]:
    rows = BreakGlass.objects.filter(review__isnull=True).exclude(person__status="erased").select_related("person")
    return rows.filter(person__programme_id__in=by.programmes)


def _unreviewed(by: Actor) -> QuerySet[BreakGlass, BreakGlass]:
    kept_away = HiddenFrom.objects.filter(user_id=by.id, lifted_at__isnull=True).values("person_id")
    rows = BreakGlass.objects.filter(review__isnull=True).exclude(user_id=by.id).exclude(person__status="erased")
    return rows.exclude(person_id__in=kept_away).select_related("person").order_by("recorded_at", "id")


def _with_line(rows: Sequence[BreakGlass]) -> list[tuple[BreakGlass, str]]:
    told = falls_to(rows)
    return [(one, told[one.id]) for one in rows]


def review_page(by: Actor, glass: UUID) -> ToReview:
    """One opening with what that colleague read since. The director sees neither the code nor the reason, nor which
    pages: only that it is for her. Raises `Absent`."""
    if by.duty == "director":
        return _for_director(by, glass)
    row = BreakGlass.objects.filter(pk=glass).exclude(user_id=by.id).first()
    people = Person.objects.filter(pk=row.person_id if row else glass)
    person = visible_to(
        people, by=by, policy=SEE_GLASS, purpose="rights", now=clock.now(), attributes=ATTRIBUTES
    ).first()
    if row is None or person is None:
        raise Absent()
    accesses = Access.objects.filter(actor_id=row.user_id, opened__person_id=person.id, at__gte=row.recorded_at)
    seen = [
        (at, words_of(route, wrote=False)) for at, route in accesses.order_by("at").values_list("at", "route")[:100]
    ]
    who = aliases({row.user_id}).get(row.user_id, "")
    return ToReview(row, person.code, who, row.unseal("reason") or "", seen)


def _for_director(by: Actor, glass: UUID) -> ToReview:
    row = next((one for one in to_review(by) if one.id == glass), None)
    if row is None:
        raise Absent()
    return ToReview(row, "", aliases({row.user_id}).get(row.user_id, ""), "", [])
