"""Who is in the room with a person, and which questions nobody at a site could answer to."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries.answering import all_held
from karama.care.access import COMPANY, FOCAL_DUTIES
from karama.care.models import CompanySaid
from karama.care.targets import named_by_site
from karama.journal import ERASED, Actor, clock
from karama.journal.asking import once
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.programme.queries import place
from karama.rules.alone import UNSAID, Company, company

VIOLENCE: Final = "gbv"
"""The topic, and the compartment, of what is asked about violence."""

CHILDREN: Final = "child_protection"
CHILD_DUTIES: Final = ("social_worker",)
"""The duty that the pathway for a child in danger asks first (`safety.actions.raising`)."""


@once
@asks
def company_of(by: Actor, person: UUID) -> Asks[Company]:
    """What follows from who this worker last said is in the room. Whoever works with nobody said nothing."""
    row = next(iter((yield _said.later(person, by.id))), None)
    said = row.unseal("said") if row is not None else None
    if row is None or said is None or said is ERASED:
        return UNSAID
    return company(str(said), row.said_at, clock.now())


@readymade
def _said(person: UUID, user: UUID) -> QuerySet[CompanySaid, CompanySaid]:
    return CompanySaid.objects.filter(person_id=person, user_id=user).order_by("id")[:1]


def company_page(by: Actor, person: UUID) -> tuple[Person, Company]:
    """The person, and what follows from what was said. Raises `Absent`."""
    found = person_in_reach(by, person, COMPANY)
    return found, company_of(by, person)


def topics_nobody_answers(site: UUID) -> frozenset[str]:
    """The topics to which nobody at this site could answer now: nobody named for violence, no duty for children."""
    closed = set()
    if not focal_points_now(site):
        closed.add(VIOLENCE)
    if not any(duty in CHILD_DUTIES for _user, duty in _at(site)):
        closed.add(CHILDREN)
    return frozenset(closed)


def focal_points_now(site: UUID) -> frozenset[UUID]:
    """Those named at a site for violence who still work there."""
    named = _all_named().get(site, frozenset())
    return frozenset(user for user, duty in _at(site) if user in named and duty in FOCAL_DUTIES)


def _at(site: UUID) -> list[tuple[UUID, str]]:
    """Who holds which duty at this site or in its whole programme."""
    here = place(site)
    programme = here.programme_id if here is not None else None
    return [
        (user, duty)
        for user, at, of, duty, _alias in all_held(clock.day_in_utc())
        if at == site or (at is None and of is not None and of == programme)
    ]


@once
def _all_named() -> dict[UUID, frozenset[UUID]]:
    return named_by_site()


TOLD_FIRST: Final = frozenset({"gbv", "recent_sexual_violence", "violence_at_home"})
"""Kinds of alert about which the colleague named at the site is asked before anybody else."""


def asked_first(site: UUID, kind: str, raiser: UUID) -> UUID | None:
    """Whoever is named at a site for violence, for an alert about it; the one who raised it has it in hand already."""
    if kind not in TOLD_FIRST:
        return None
    return next((one for one in sorted(focal_points_now(site)) if one != raiser), None)
