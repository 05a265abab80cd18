"""Whom somebody may ask, and who leads her. Asked of the postings of all her duties, not of the one she acts in now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.models import Posting, User
from karama.accounts.queries import on_call
from karama.accounts.queries.answering import away_on
from karama.accounts.reach import current, not_over, on
from karama.journal import clock
from karama.journal.readymade import readymade
from karama.staffcare.models import Supporter

LEADING: Final = ("supervisor", "director")


class Place(NamedTuple):
    """Where a posting lies: None for every site, or every programme."""

    programme: UUID | None
    site: UUID | None
    duty: str


@dataclass(frozen=True)
class Colleague:
    """Somebody who agreed to be asked, by work alias. `leads`: she is over whoever asks."""

    user: UUID
    alias: str
    on_call: bool
    leads: bool


def those_who_lead(users: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """User -> everybody who leads her: supervisors of her places, directors over them. Two queries for all of them."""
    places = _places(users)
    leaders = _all_leading()
    return {
        user: frozenset(
            leader
            for leader, over in leaders
            if leader != user and any(_leads(over, one) for one in places.get(user, ()))
        )
        for user in users
    }


def _leads(over: Place, one: Place) -> bool:
    if one.duty in LEADING and over.duty != "director":
        return False  # two supervisors of a site are colleagues
    if over.programme is None:
        return True
    if one.programme is None or one.programme != over.programme:
        return False
    return over.site is None or one.site is None or one.site == over.site


def _places(users: Collection[UUID]) -> dict[UUID, list[Place]]:
    found: dict[UUID, list[Place]] = defaultdict(list)
    for user, programme, site, duty in _held_by(users, clock.day_in_utc()):
        found[user].append(Place(programme, site, duty))
    return found


def _all_leading() -> list[tuple[UUID, Place]]:
    told = _leading(clock.day_in_utc())
    return [(user, Place(programme, site, duty)) for user, programme, site, duty in told]


@readymade
def _held_by(users: Collection[UUID], today: date) -> QuerySet[Any, Any]:
    return Posting.objects.filter(on(today), user__in=users).values_list("user_id", "programme_id", "site_id", "duty")


@readymade
def _leading(today: date) -> QuerySet[Any, Any]:
    rows = Posting.objects.filter(on(today), duty__in=LEADING, user__is_active=True)
    return rows.values_list("user_id", "programme_id", "site_id", "duty")


@readymade
def _active(users: Collection[UUID], today: date) -> QuerySet[Any, Any]:
    rows = Posting.objects.filter(on(today), user__in=users, user__is_active=True)
    return rows.values_list("user_id", flat=True)


def who_may_be_asked(user: UUID) -> list[Colleague]:
    """Those who agreed to be asked and share a programme with her: on call first, then by alias; nobody on leave."""
    moment = clock.now()
    agreed = set(Supporter.objects.filter(ended_at__isnull=True).values_list("user_id", flat=True)) - {user}
    rows = Posting.objects.filter(current(moment), user__in={*agreed, user}, user__is_active=True)
    places, names = defaultdict(list), {}
    for one in rows.order_by("from_on", "id"):
        places[one.user_id].append(Place(one.programme_id, one.site_id, one.duty))
        names[one.user_id] = one.work_alias
    own = places.pop(user, [])
    away, leading = away_on(moment.date()), those_who_lead([user])[user]
    called = _on_call(own, moment)
    found = [
        Colleague(one, names[one], one in called, one in leading)
        for one, theirs in places.items()
        if one not in away and _share(own, theirs)
    ]
    return sorted(found, key=lambda one: (one.leads, not one.on_call, one.alias.casefold()))


def _share(own: list[Place], theirs: list[Place]) -> bool:
    return any(
        mine.programme is None or one.programme is None or mine.programme == one.programme
        for mine in own
        for one in theirs
    )


def _on_call(own: list[Place], moment: datetime) -> frozenset[UUID]:
    return frozenset(user for site in {one.site for one in own} if site for user in on_call(site, moment))


def who_is_gone(users: Collection[UUID]) -> frozenset[UUID]:
    """Those of the users who hold no duty any more, or are locked out."""
    return frozenset(users) - frozenset(_active(users, clock.day_in_utc()))


def has_left(user: UUID) -> bool:
    """Whether somebody holds no duty, now or later. A locked account may be opened again: that is not leaving."""
    return not Posting.objects.filter(not_over(clock.now()), user_id=user).exists()


def exist(users: Collection[UUID]) -> list[UUID]:
    """Those of the users who can sign in."""
    return list(User.objects.filter(id__in=users, is_active=True).order_by("id").values_list("id", flat=True))
