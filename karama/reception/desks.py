"""What a programme's pack says about its front desk, and the clock of a site."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from karama.knowledge.loader import KnowledgeError
from karama.knowledge.pack_desk import USUAL, Desk, desk_of
from karama.knowledge.packs import PackError
from karama.programme.days import zone_of
from karama.programme.queries import place


def desk_at(site: UUID) -> Desk:
    """The desk of a site's programme; the house's own where the pack says nothing that can be read."""
    here = place(site)
    try:
        return desk_of(here.programme.code) if here else USUAL
    except (PackError, KnowledgeError, OSError):
        return USUAL


def moment_at(site: UUID, day: date, at: time) -> datetime:
    """A moment by the clock of a site."""
    return datetime.combine(day, at, zone_of(site))


def day_bounds(site: UUID, day: date, days: int = 1) -> tuple[datetime, datetime]:
    """Where a day, or several, begin and end by the clock of a site."""
    return moment_at(site, day, time.min), moment_at(site, day + timedelta(days=days), time.min)
