"""Every kind of help for one person on one page, as far as the reader's compartments open it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from karama.journal import Actor, clock, visible_to
from karama.journal.access_log import opening_all
from karama.people.access import purpose_of
from karama.people.joined import files_of
from karama.people.queries import person_in_reach
from karama.programme.days import day_at, today_at
from karama.referrals.access import REFER, SEE
from karama.referrals.models import ReferralTask, Service
from karama.referrals.offered import sector_and_way
from karama.referrals.queries.lists import ATTRIBUTES
from karama.referrals.standing import details_of
from karama.rules import referrals as law


@dataclass(frozen=True)
class PlanLine:
    """One referral of the page."""

    referral: UUID
    provider: str
    came_from: str
    direction: str
    urgency: str
    state: str
    on: date


@dataclass(frozen=True)
class SectorLine:
    """One kind of help. A kind that the reader may not open is not there at all, whatever stands in it."""

    sector: str
    lines: list[PlanLine]


@dataclass(frozen=True)
class Plan:
    """The page of one person."""

    person: UUID
    code: str
    sectors: list[SectorLine]


def plan_of(by: Actor, person: UUID) -> Plan:
    """The page. Raises `Absent`."""
    found = person_in_reach(by, person, REFER)
    rows = list(
        visible_to(
            ReferralTask.objects.filter(person_id=found.id).select_related("referral__person__programme"),
            by=by,
            policy=SEE,
            purpose=purpose_of(by),
            now=clock.now(),
            attributes=ATTRIBUTES,
        ).order_by("-recorded_at")
    )
    if rows:
        opening_all(sorted({one.referral.person_id for one in rows} & set(files_of(found.id))))
    told = [(one, details_of(one.referral)) for one in rows]
    wanted = {UUID(each["service"]) for _one, each in told if each.get("service")}
    named = dict(Service.objects.filter(pk__in=wanted).values_list("id", "provider")) if wanted else {}
    by_sector: dict[str, list[PlanLine]] = {}
    today = today_at(found.site_id)
    for one, each in told:
        place = UUID(each["service"]) if each.get("service") else None
        sector, way = sector_and_way(by, one.referral, each)
        line = PlanLine(
            referral=one.referral_id,
            provider=named.get(place, "") if place is not None else way,
            came_from=each.get("came_from", ""),
            direction=one.direction,
            urgency=one.urgency,
            state=law.stands(one.state, one.ask_on, today),
            on=day_at(found.site_id, one.referral.recorded_at),
        )
        by_sector.setdefault(sector or "other", []).append(line)
    shown = [
        SectorLine(sector, by_sector.get(sector, []))
        for sector, compartment in law.SECTORS.items()
        if compartment in by.compartments or sector in by_sector
    ]
    return Plan(found.id, found.code, shown)
