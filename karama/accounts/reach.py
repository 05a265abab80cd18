"""How far an administrator reaches: over the places of her own duty and over users all of whose duties lie there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts.models import Posting, User
from karama.journal import Actor
from karama.journal.clock import day_in_utc
from karama.journal.clock import now as server_now
from karama.journal.readymade import readymade
from karama.programme.models import Site


def current(now: datetime) -> Q:
    """The postings that hold now: from their first day to the day before `until_on`, in days of UTC."""
    return on(now.date())


def on(day: date) -> Q:
    """The postings that hold on a day of UTC."""
    return Q(from_on__lte=day) & (Q(until_on__isnull=True) | Q(until_on__gt=day))


def not_over(now: datetime) -> Q:
    """The postings that hold now or later."""
    return not_over_on(now.date())


def not_over_on(day: date) -> Q:
    """The postings that hold on a day of UTC or later."""
    return Q(until_on__isnull=True) | Q(until_on__gt=day)


def away(day: date) -> Q:
    """The leaves that cover a day."""
    return Q(from_on__lte=day, until_on__gte=day)


def reaches_all(by: Actor) -> bool:
    """Whether this actor holds her duty for the whole organisation."""
    return by.kind == "user" and bool(_held_for_all(by.id, by.duty, day_in_utc()))


@readymade
def _held_for_all(user: UUID, duty: str, day: date) -> QuerySet[Any, Any]:
    return Posting.objects.filter(on(day), user_id=user, duty=duty, programme__isnull=True).values_list("id")[:1]


def place_within(by: Actor, programme: UUID | None, site: UUID | None) -> bool:
    """Whether a place lies within the actor's own: never more than she has herself."""
    if reaches_all(by):
        return True
    if programme is None or programme not in by.programmes:
        return False
    if site is not None:
        return site in by.sites
    own = Site.objects.filter(programme_id=programme, closed_on__isnull=True).values_list("id", flat=True)
    return frozenset(own) <= by.sites


def user_within(by: Actor, user: UUID) -> bool:
    """Whether everything this user holds, now or later, lies within the actor's reach."""
    held = Posting.objects.filter(not_over(server_now()), user_id=user).values_list("programme_id", "site_id")
    return all(place_within(by, programme, site) for programme, site in set(held))


def of_user(*, by: Actor, user: UUID, **_more: object) -> Mapping[str, object]:
    """Target attributes of an action about a user; none when there is no such user."""
    if not User.objects.filter(id=user).exists():
        return {}
    return {"user": user, "own": user == by.id, "within_reach": user_within(by, user)}


def of_new_duty(
    *, by: Actor, user: UUID, programme: UUID | None = None, site: UUID | None = None, **_more: object
) -> Mapping[str, object]:
    """Target attributes of giving a duty: the user and the place."""
    found = of_user(by=by, user=user)
    return {**found, "place_within_reach": place_within(by, programme, site)} if found else {}


def of_posting(*, by: Actor, posting: UUID, **_more: object) -> Mapping[str, object]:
    """Target attributes of an action about a posting."""
    found = Posting.objects.filter(id=posting).first()
    if found is None:
        return {}
    return {
        "user": found.user_id,
        "own": found.user_id == by.id,
        "place_within_reach": place_within(by, found.programme_id, found.site_id),
    }
