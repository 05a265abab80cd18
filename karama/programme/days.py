"""Which day it is for people: by the clock of their site, never by that of the server.

Duties alone hold by the day of UTC (`clock.day_in_utc`): who may do what must not depend on where one looks. Who is
away when a site calls somebody is told by the day there (`accounts.queries.answering`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from karama.journal import clock
from karama.journal.actors import Actor
from karama.programme.models import Site
from karama.programme.placing import place, places, places_of


def zone_of(site: UUID | None) -> tzinfo:
    """The time zone of a site; UTC when it is not known."""
    return zone_named(getattr(place(site), "time_zone", None))


def zone_named(name: str | None) -> tzinfo:
    """The time zone of this name; UTC when there is none."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        return UTC


def today_at(site: UUID | None) -> date:
    """Today by the clock of a site."""
    return day_at(site, clock.now())


def day_at(site: UUID | None, moment: datetime) -> date:
    """The day of a moment by the clock of a site."""
    return moment.astimezone(zone_of(site)).date()


def today_for(by: Actor) -> date:
    """Today where somebody works; with sites far apart the later day, so that nothing of today counts as to come.

    The day of UTC for whoever has no site.
    """
    return _latest(places(by.sites))


def end_for(by: Actor) -> datetime:
    """The moment at which today is over where somebody works; with sites far apart the later one."""
    zones = [zone_named(one.time_zone) for one in places(by.sites)]
    return max(_midnight(zone) for zone in zones or [UTC])


def today_in(programme: UUID) -> date:
    """Today where a programme works, whoever asks: for what belongs to it and to no site, as a grant or an agreement.

    With sites far apart the later day; the day of UTC before its first site.
    """
    return _latest(places_of(programme))


def over_in(programme: UUID) -> date:
    """The day before which every day is over wherever a programme works: with sites far apart the earlier day."""
    return min((_today(zone_named(one.time_zone)) for one in places_of(programme)), default=clock.day_in_utc())


def _latest(sites: Iterable[Site]) -> date:
    return max((_today(zone_named(one.time_zone)) for one in sites), default=clock.day_in_utc())


def _midnight(zone: tzinfo) -> datetime:
    return datetime.combine(_today(zone) + timedelta(days=1), time.min, zone).astimezone(UTC)


def _today(zone: tzinfo) -> date:
    return clock.now().astimezone(zone).date()
