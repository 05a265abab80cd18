"""Who is in the room with a person, and which questions nobody at a site could answer to."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts import reach
from karama.accounts.models import Posting
from karama.care.access import COMPANY
from karama.care.models import CompanySaid
from karama.care.targets import focal_points_at
from karama.journal import ERASED, Actor, clock
from karama.journal.asking import once
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.rules.alone import UNSAID, Company, company

VIOLENCE: Final = "gbv"
"""The topic, and the compartment, of what is asked about violence."""

CHILDREN: Final = "child_protection"
CHILD_DUTIES: Final = ("social_worker",)
"""The duty that the pathway for a child in danger asks first (`safety.actions.raising`)."""


@once
def company_of(by: Actor, person: UUID) -> Company:
    """What follows from who this worker last said is in the room. Whoever works with nobody said nothing."""
    row = CompanySaid.objects.filter(person_id=person, user_id=by.id).first()
    said = row.unseal("said") if row is not None else None
    if row is None or said is None or said is ERASED:
        return UNSAID
    return company(str(said), row.said_at, clock.now())


def company_page(by: Actor, person: UUID) -> tuple[Person, Company]:
    """The person, and what follows from what was said. Raises `Absent`."""
    found = person_in_reach(by, person, COMPANY)
    return found, company_of(by, person)


@once
def topics_nobody_answers(site: UUID) -> frozenset[str]:
    """The topics to which nobody at this site could answer now: nobody named for violence, no duty for children."""
    closed = set()
    if not focal_points_now(site):
        closed.add(VIOLENCE)
    if not _held(site).filter(duty__in=CHILD_DUTIES).exists():
        closed.add(CHILDREN)
    return frozenset(closed)


@once
def focal_points_now(site: UUID) -> frozenset[UUID]:
    """Those named at a site for violence who still work there."""
    named = focal_points_at(site)
    return frozenset(_held(site).filter(user_id__in=named).values_list("user_id", flat=True)) if named else named


def _held(site: UUID) -> QuerySet[Posting]:
    here = Q(site_id=site) | Q(site__isnull=True, programme__sites=site)
    return Posting.objects.filter(reach.current(clock.now()), here, user__is_active=True)


TOLD_FIRST: Final = frozenset({"gbv", "recent_sexual_violence", "violence_at_home"})
"""Kinds of alert about which the colleague named at the site is asked before anybody else."""


def asked_first(site: UUID, kind: str, raiser: UUID) -> UUID | None:
    """Whoever is named at a site for violence, for an alert about it; the one who raised it has it in hand already."""
    if kind not in TOLD_FIRST:
        return None
    return next((one for one in sorted(focal_points_now(site)) if one != raiser), None)
