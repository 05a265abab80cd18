"""A search is written down and counted; proof of it for the registration that follows, and the pause after too many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from karama.journal import Actor, clock, reading
from karama.journal.models import Access
from karama.people.problems import SearchPause
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


@contextmanager
def searching(by: Actor, *, purpose: str = "care") -> Iterator[datetime]:
    """A search, written down before it looks; too many in an hour wait. Raises `SearchPause`."""
    now = clock.now()
    if _too_many_searches(by, now):
        raise SearchPause()
    with reading(by=by, purpose=purpose, route=SEARCH_ROUTE) as told:
        told.begin()
        yield now


def _too_many_searches(by: Actor, now: datetime) -> bool:
    """Whether this user's searches of the last hour, as the access log has them, have reached her programme's limit."""
    recent = Access.objects.filter(at__gte=now - WINDOW, actor_id=by.id, route=SEARCH_ROUTE)
    return recent.count() >= searches_an_hour(by.programmes)


def _token(by: Actor, day: date) -> str:
    return digests.keyed("people.searched", by.id.bytes + day.isoformat().encode()).hex()[:32]
