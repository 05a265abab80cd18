"""The server's clock, in one place. Device clocks are data, never order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

from karama.security.identifiers import made_at

_told: ContextVar[datetime | None] = ContextVar("told_as", default=None)


def now() -> datetime:
    """The moment now, in UTC with its zone."""
    return _told.get() or timezone.now()


def day_in_utc() -> date:
    """The day now in UTC: for duties, leaves and what belongs to no place. The day of people is of `programme.days`."""
    return now().date()


@contextmanager
def told_as(moment: datetime) -> Iterator[None]:
    """Write everything inside down as of this moment: rows, entries and the moment inside their identifiers.

    Only for what somebody sends without an account, where the true moment would tell who it was (J2), and for the
    made-up days of the demonstration that are over. Its place among
    the entries before and after it remains.
    """
    token = _told.set(moment)
    try:
        with made_at(moment):
            yield
    finally:
        _told.reset(token)
