"""Workers by the alias their colleagues know: who may be put on a person's care, from whom she is hidden, and what
to call an author.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from karama.accounts import duties
from karama.accounts.models import Posting
from karama.journal import clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.access import ASSIGNABLE, REGISTERING
from karama.people.models import Assignment, HiddenFrom, Person
from karama.programme.models import Site


@dataclass(frozen=True)
class Worker:
    """A user in one duty, by work alias."""

    user: UUID
    alias: str
    duty: str

    @property
    def label(self) -> str | Promise:
        """The duty in words."""
        return duties.label(self.duty)


@asks
def aliases(users: Iterable[UUID]) -> Asks[dict[UUID, str]]:
    """Work alias of each user, that of the newest posting."""
    asked = set(users)
    return dict((yield _aliases.later(asked)) if asked else ())


@asks
def aliases_around(person: UUID) -> Asks[dict[UUID, str]]:
    """The same of everybody who works with somebody, without asking first who that is."""
    return dict((yield _aliases_around.later(person)))


@readymade
def _aliases(users: set[UUID]) -> QuerySet[Any, Any]:
    return _newest_last(Posting.objects.filter(user_id__in=users))


@readymade
def _aliases_around(person: UUID) -> QuerySet[Any, Any]:
    working = Assignment.objects.filter(person_id=person, until__isnull=True)
    return _newest_last(Posting.objects.filter(user_id__in=working.values("user_id")))


def _newest_last(rows: QuerySet[Posting, Posting]) -> QuerySet[Any, Any]:
    return rows.order_by("from_on", "recorded_at").values_list("user_id", "work_alias")


@readymade
def kept_from(people: Collection[UUID]) -> QuerySet[Any, Any]:
    """(person, colleague) for each colleague from whom one of these people is hidden now."""
    rows = HiddenFrom.objects.filter(person__in=people, lifted_at__isnull=True)
    return rows.values_list("person_id", "user_id")


def workers_for(person: Person) -> list[Worker]:
    """Who can be put on her care today: at her site or for the whole programme; of the team that holds her, if any."""
    today = clock.day_in_utc()
    current = Q(from_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))
    if person.reach == "named_team":
        where = Q(team_id=person.held_by_team_id)
    else:
        where = Q(site_id=person.site_id) | Q(site__isnull=True, programme_id=person.programme_id)
    rows = Posting.objects.filter(current, where, duty__in=ASSIGNABLE, user__is_active=True).order_by("work_alias")
    found: dict[UUID, Worker] = {}
    for user, alias, duty in rows.values_list("user_id", "work_alias", "duty"):
        found.setdefault(user, Worker(user, alias, duty))
    return list(found.values())


def workers_at(sites: Iterable[UUID]) -> list[Worker]:
    """Everybody who meets people at one of these sites today, whatever the duty, the front desk included."""
    today = clock.day_in_utc()
    current = Q(from_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))
    places = list(sites)
    programmes = Site.objects.filter(pk__in=places).values("programme_id")
    where = Q(site_id__in=places) | Q(site__isnull=True, programme_id__in=programmes)
    rows = Posting.objects.filter(current, where, duty__in=REGISTERING, user__is_active=True).order_by("work_alias")
    found: dict[UUID, Worker] = {}
    for user, alias, duty in rows.values_list("user_id", "work_alias", "duty"):
        found.setdefault(user, Worker(user, alias, duty))
    return list(found.values())


def colleagues_near(person: Person) -> list[Worker]:
    """Everybody with any duty in the person's programme or in the whole organisation: for the "do not show to" list."""
    where = Q(programme_id=person.programme_id) | Q(programme__isnull=True)
    rows = Posting.objects.filter(where, user__is_active=True).order_by("work_alias")
    found: dict[UUID, Worker] = {}
    for user, alias, duty in rows.values_list("user_id", "work_alias", "duty"):
        found.setdefault(user, Worker(user, alias, duty))
    return list(found.values())
