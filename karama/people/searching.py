"""Proof that somebody searched before registering, and the pause after too many searches."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from karama.journal import Actor
from karama.journal.access_log import waiting
from karama.journal.models import Access
from karama.people.words import searches_an_hour
from karama.security import digests

SEARCH_ROUTE = "people.search"
WINDOW = timedelta(hours=1)


def search_token(by: Actor, now: datetime) -> str:
    """What a search hands to the registration that follows it: good for this user, today and tomorrow."""
    return _token(by, now.date())


def has_searched(by: Actor, token: str, now: datetime) -> bool:
    """Whether the token was handed out by a search of this user, today or yesterday."""
    days = (now.date(), now.date() - timedelta(days=1))
    return any(digests.constant_time_equal(token.encode(), _token(by, day).encode()) for day in days)


def too_many_searches(by: Actor, now: datetime) -> bool:
    """Whether this user's searches of the last hour have reached her programme's limit: those in the access log, and
    those of this half second, which wait to be written there. One that is written meanwhile counts twice."""
    just_now = waiting(by, SEARCH_ROUTE)
    recent = Access.objects.filter(at__gte=now - WINDOW, actor_id=by.id, route=SEARCH_ROUTE)
    return just_now + recent.count() >= searches_an_hour(by.programmes)


def _token(by: Actor, day: date) -> str:
    return digests.keyed("people.searched", by.id.bytes + day.isoformat().encode()).hex()[:32]
