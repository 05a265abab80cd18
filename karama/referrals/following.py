"""Whose referral it is when its worker has gone: which tasks nobody carries, and who could follow them."""

from __future__ import annotations

from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from karama.accounts.duties import TABLE
from karama.accounts.models import Posting
from karama.accounts.reach import on
from karama.journal import clock
from karama.journal.readymade import readymade
from karama.people.access import WITH_PEOPLE
from karama.people.models import Assignment, HiddenFrom, Person
from karama.referrals.access import FOLLOWERS
from karama.referrals.standing import hidden_from
from karama.rules.referrals import SECTORS


@cache
def duties_opening(compartment: str) -> frozenset[str]:
    """The duties that open a compartment."""
    return frozenset(one.code for one in TABLE if compartment in one.compartments)


def without_worker() -> Q:
    """Tasks that nobody carries today (`without_worker_on`)."""
    return without_worker_on(clock.day_in_utc())


def without_worker_on(day: date) -> Q:
    """Tasks that nobody carries on a day of UTC: the worker does not work with the person where she is met, does not
    lead her site and did not take the referral up there in a duty that opens it; or cannot sign in, or is kept away
    from her.
    """
    her = {"user_id": OuterRef("worker_id"), "user__is_active": True}
    posted = Posting.objects.filter(on(day), **her)
    here = posted.filter(
        Q(site=OuterRef("person__site")) | Q(site__isnull=True, programme=OuterRef("person__site__programme"))
    )
    assigned = Assignment.objects.filter(person_id=OuterRef("person_id"), until__isnull=True, **her)
    leading = Q(Exists(here.filter(duty="supervisor")))
    near = Q(Exists(assigned)) & Q(Exists(here.filter(duty__in=WITH_PEOPLE))) | leading
    in_team = posted.filter(team=OuterRef("person__held_by_team"), duty__in=WITH_PEOPLE)
    away = HiddenFrom.objects.filter(
        person_id=OuterRef("person_id"), user_id=OuterRef("worker_id"), lifted_at__isnull=True
    )
    usual = Q(person__reach="usual") & (near | _follows(here))
    held = Q(person__reach="named_team") & Q(Exists(in_team))
    return ~(usual | held) | Q(Exists(away))


def _follows(here: QuerySet[Posting]) -> Q:
    """Tasks that their worker took up at her site, in a duty that opens their compartment."""
    by_duties: dict[frozenset[str], list[str]] = {}
    for compartment in sorted(set(SECTORS.values())):
        by_duties.setdefault(duties_opening(compartment) & frozenset(FOLLOWERS), []).append(compartment)
    parts = (
        Q(compartment__in=these) & Q(Exists(here.filter(duty__in=sorted(duties))))
        for duties, these in by_duties.items()
    )
    return Q(followed=True) & reduce(or_, parts)


def openers(person: Person, compartment: str) -> dict[UUID, set[str]]:
    """Who is where she is met in a duty that opens a compartment, and is not kept away from her: user -> duties."""
    duties, day = sorted(duties_opening(compartment) & frozenset(WITH_PEOPLE)), clock.day_in_utc()
    if person.reach == "named_team":
        rows = _posted_in(person.held_by_team_id, duties, day)
    else:
        rows = _posted_at(person.site_id, person.programme_id, duties, day)
    kept_away, found = hidden_from(person.id), dict[UUID, set[str]]()
    for user, duty in rows:
        if user not in kept_away:
            found.setdefault(user, set()).add(duty)
    return found


@readymade
def _posted_in(team: UUID | None, duties: list[str], day: date) -> QuerySet[Any, Any]:
    rows = Posting.objects.filter(on(day), Q(team_id=team), user__is_active=True, duty__in=duties)
    return rows.values_list("user_id", "duty")


@readymade
def _posted_at(site: UUID, programme: UUID, duties: list[str], day: date) -> QuerySet[Any, Any]:
    usual = Q(site_id=site) | Q(site__isnull=True, programme_id=programme)
    rows = Posting.objects.filter(on(day), usual, user__is_active=True, duty__in=duties)
    return rows.values_list("user_id", "duty")


def working_with(person: UUID) -> set[UUID]:
    """Who is on her care today."""
    return set(_assigned(person))


@readymade
def _assigned(person: UUID) -> QuerySet[Any, Any]:
    return Assignment.objects.filter(person_id=person, until__isnull=True).values_list("user_id", flat=True)


def anybody_for(person: Person, compartment: str) -> bool:
    """Whether a referral of hers would stand in somebody's list: of whoever works with her, follows, or leads."""
    found = openers(person, compartment)
    look_after = {*FOLLOWERS, "supervisor"}
    anywhere = person.reach == "named_team" or bool(set(found) & working_with(person.id))
    return bool(found) and (anywhere or any(duties & look_after for duties in found.values()))
