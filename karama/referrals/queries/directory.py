"""The directory of services and the sharing agreements, as far as the reader's programmes go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from karama.journal import Absent, Actor, clock, visible_to
from karama.people.access import purpose_of
from karama.programme.days import today_for
from karama.referrals import packs
from karama.referrals.access import AGREE, DIRECTORY
from karama.referrals.models import Agreement, Service

ATTRIBUTES: Final[dict[str, Any]] = {"programme": "programme_id"}
MOST: Final = 500
SOON: Final = timedelta(days=30)


@dataclass(frozen=True)
class ServiceLine:
    """One service. `stale`: nobody has asked there for so long that it is not believed; `how` on its page only."""

    id: UUID
    programme: UUID
    organisation: UUID | None
    provider: str
    sector: str
    area: str
    hours: str
    cost: str
    languages: tuple[str, ...]
    access: tuple[str, ...]
    safe_for: tuple[str, ...]
    verified_on: date | None
    stale: bool
    how: str = ""


@dataclass(frozen=True)
class AgreementLine:
    """One agreement. `state`: in_force, ends_soon, lapsed or ended."""

    id: UUID
    organisation: str
    recipient: str
    classes: tuple[str, ...]
    from_on: date
    until_on: date
    state: str


def services(by: Actor, *, sector: str = "", programme: UUID | None = None) -> list[ServiceLine]:
    """The open services of the reader's programmes, those verified last first. One query."""
    rows = Service.objects.filter(closed_on__isnull=True, programme_id__in=by.programmes)
    if sector:
        rows = rows.filter(sector=sector)
    if programme is not None:
        rows = rows.filter(programme_id=programme)
    seen = visible_to(
        rows, by=by, policy=DIRECTORY, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES
    ).order_by("sector", "provider", "id")
    today = today_for(by)
    fresh = {one: packs.referring(one).fresh for one in by.programmes}
    return [line(one, fresh, today) for one in seen[:MOST]]


def service_page(by: Actor, service: UUID) -> ServiceLine:
    """One service with how to get there. Raises `Absent`."""
    rows = Service.objects.filter(pk=service, closed_on__isnull=True)
    row = visible_to(
        rows, by=by, policy=DIRECTORY, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES
    ).first()
    if row is None:
        raise Absent()
    return line(row, {row.programme_id: packs.referring(row.programme_id).fresh}, today_for(by), how=row.text_of("how"))


def way_to(by: Actor, services: Collection[UUID]) -> dict[UUID, str]:
    """How to reach several services that the reader may see."""
    rows = visible_to(
        Service.objects.filter(pk__in=list(services), closed_on__isnull=True),
        by=by, policy=DIRECTORY, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES,
    )  # fmt: skip
    return {row.pk: row.text_of("how") for row in rows}


def line(row: Service, fresh: dict[UUID, timedelta], today: date, how: str = "") -> ServiceLine:
    """A service as a line. Never verified is stale."""
    within = fresh.get(row.programme_id, timedelta(0))
    return ServiceLine(
        id=row.id,
        programme=row.programme_id,
        organisation=row.organisation_id,
        provider=row.provider,
        sector=row.sector,
        area=row.area,
        hours=row.hours,
        cost=row.cost,
        languages=tuple(Service.codes(row.languages)),
        access=tuple(Service.codes(row.access)),
        safe_for=tuple(Service.codes(row.safe_for)),
        verified_on=row.verified_on,
        stale=row.verified_on is None or row.verified_on + within < today,
        how=how,
    )


def agreements(by: Actor) -> list[AgreementLine]:
    """Every agreement of the reader's programmes, those that end first on top."""
    rows = visible_to(
        Agreement.objects.select_related("organisation"),
        by=by,
        policy=AGREE,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    ).order_by("ended_on", "until_on", "id")
    today = today_for(by)
    return [_agreement(one, today) for one in rows[:MOST]]


def _agreement(row: Agreement, today: date) -> AgreementLine:
    if row.ended_on is not None:
        state = "ended"
    elif row.until_on < today:
        state = "lapsed"
    else:
        state = "ends_soon" if row.until_on - SOON <= today else "in_force"
    return AgreementLine(
        row.id, row.organisation.name, row.recipient, tuple(Service.codes(row.classes)), row.from_on, row.until_on,
        state,
    )  # fmt: skip
