"""The state of areas now: what was said last while it holds, else what the pack says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.outreach.models import AreaState
from karama.outreach.rulebook import area_of
from karama.rules.visits import area_now, stricter


@dataclass(frozen=True)
class AreaNow:
    """An area at a moment. `said`: the fact it comes from, while it holds. `since`: since when it is so."""

    site: UUID
    code: str
    state: str
    said: AreaState | None = None

    @property
    def since(self) -> datetime | None:
        """The moment at which it began; None when the pack says so."""
        return self.said.since if self.said is not None else None


@asks
def areas_now(wanted: Collection[tuple[UUID, str]], now: datetime) -> Asks[dict[tuple[UUID, str], AreaNow]]:
    """The areas of sites, as (site, code). One query."""
    if not wanted:
        return {}
    rows = yield _said_last.later({site for site, _code in wanted})
    last: dict[tuple[UUID, str], AreaState] = {(row.site_id, row.area): row for row in rows}
    return {key: _area(key, last.get(key), now) for key in wanted}


@readymade
def _said_last(sites: Collection[UUID]) -> QuerySet[AreaState, AreaState]:
    newer = AreaState.objects.filter(
        Q(recorded_at__gt=OuterRef("recorded_at")) | Q(recorded_at=OuterRef("recorded_at"), id__gt=OuterRef("id")),
        site=OuterRef("site"),
        area=OuterRef("area"),
    )
    return AreaState.objects.filter(~Exists(newer), site__in=sites)


def area_at(site: UUID, code: str, now: datetime) -> AreaNow:
    """One area."""
    return areas_now([(site, code)], now)[(site, code)]


def _area(key: tuple[UUID, str], row: AreaState | None, now: datetime) -> AreaNow:
    site, code = key
    known = area_of(site, code)
    usual = known.usual if known is not None else stricter("care", "no_go")
    if row is None:
        return AreaNow(site, code, usual)
    holds = now < row.until
    return AreaNow(site, code, area_now(row.state, row.until, now, usual), row if holds else None)
