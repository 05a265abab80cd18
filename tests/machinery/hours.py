"""Moments at which the day of a site and the day in UTC are not the same."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import time_machine

from karama.journal import Actor, clock
from karama.programme.actions import change_site
from karama.programme.days import today_at, zone_of
from karama.programme.models import Site

IRAQ = "Asia/Baghdad"


def clock_at(site: UUID, hour: int, minute: int = 0, days: int = 2) -> Any:
    """It is this hour at a site, some days from now."""
    moment = datetime.combine(today_at(site) + timedelta(days=days), time(hour, minute), zone_of(site))
    return time_machine.travel(moment, tick=False)


def late_evening(site: UUID) -> Any:
    """Half past eleven in the evening in Colombia: tomorrow, in UTC."""
    return clock_at(site, 23, 30)


def early_morning(site: UUID, by: Actor) -> Any:
    """One in the morning in Iraq, where this administrator puts the site: still yesterday, in UTC."""
    place = Site.objects.get(pk=site)
    change_site(by=by, site=site, name=place.name, time_zone=IRAQ, p_code=place.p_code)
    return clock_at(site, 1)


def is_ahead(site: UUID) -> bool:
    """Whether the day in UTC is later than that of the site."""
    return clock.day_in_utc() > today_at(site)
