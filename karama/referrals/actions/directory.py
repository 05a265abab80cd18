"""Keeping the directory of services, and the agreements with those who receive."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from karama.journal import Absent, Actor, action
from karama.programme.days import today_in
from karama.programme.models import Organisation
from karama.referrals.access import AGREE, KEEP
from karama.referrals.actions import shapes
from karama.referrals.models import Agreement, Service
from karama.referrals.problems import AgreementThere, DayNeeded, ServiceGone

LONGEST: Final = timedelta(days=3 * 366)


@action("referrals.keep_service", access=KEEP, target=shapes.of_programme, purpose="administration")
def keep_service(
    *,
    by: Actor,
    programme: UUID,
    provider: shapes.Title,
    sector: shapes.Sector,
    service: UUID | None = None,
    organisation: UUID | None = None,
    area: shapes.Line = "",
    hours: shapes.Line = "",
    cost: shapes.Cost = "unknown",
    languages: Annotated[list[shapes.Language], Field(max_length=8)] = [],  # noqa: B006 - pydantic copies it
    access: Annotated[list[shapes.Access], Field(max_length=6)] = [],  # noqa: B006 - pydantic copies it
    safe_for: Annotated[list[shapes.SafeFor], Field(max_length=8)] = [],  # noqa: B006 - pydantic copies it
    how: shapes.Words = "",
    verified: bool = False,
) -> Service:
    """Write a service into the directory, or correct one. `verified`: somebody asked there today.

    Raises:
        ServiceGone: there is no such service in this programme. Absent: no such organisation.
    """
    row = Service(programme_id=programme)
    if service is not None:
        found = Service.objects.filter(pk=service, programme_id=programme, closed_on__isnull=True).first()
        if found is None:
            raise ServiceGone()
        row = found
    if organisation is not None and not Organisation.objects.filter(pk=organisation, role="partner").exists():
        raise Absent()
    row.organisation_id, row.provider, row.sector = organisation, provider, sector
    row.area, row.hours, row.cost = area[:120], hours[:120], cost
    row.languages, row.access, row.safe_for = ",".join(languages), ",".join(access), ",".join(safe_for)
    row.seal("how", how or None)
    if verified:
        row.verified_on, row.verified_by = today_in(programme), by.id
    row.save()
    return row


@action("referrals.verify_service", access=KEEP, target=shapes.of_service, purpose="administration")
def verify_service(*, by: Actor, service: UUID) -> Service:
    """Say that somebody asked at a service today and everything still is as it is written."""
    row = _open(service)
    row.verified_on, row.verified_by = today_in(row.programme_id), by.id
    row.save()
    return row


@action("referrals.close_service", access=KEEP, target=shapes.of_service, purpose="administration")
def close_service(*, by: Actor, service: UUID) -> Service:
    """Take a service out of the directory. What was referred there stays as it is."""
    row = _open(service)
    row.closed_on = today_in(row.programme_id)
    row.save()
    return row


def _open(service: UUID) -> Service:
    row = Service.objects.filter(pk=service, closed_on__isnull=True).first()
    if row is None:
        raise ServiceGone()
    return row


@action("referrals.record_agreement", access=AGREE, target=shapes.of_programme, purpose="rights")
def record_agreement(
    *,
    by: Actor,
    programme: UUID,
    organisation: UUID,
    recipient: shapes.Recipient,
    classes: Annotated[list[shapes.DataClass], Field(min_length=1, max_length=10)],
    until_on: date,
    from_on: date | None = None,
) -> Agreement:
    """Write down a signed sharing agreement. None lasts for ever: three years at most.

    Raises:
        Absent: no such partner. AgreementThere: one is in force. DayNeeded: its days cannot be.
    """
    today = today_in(programme)
    begins = from_on or today
    if not begins < until_on or until_on - begins > LONGEST:
        raise DayNeeded("until_on")
    if not Organisation.objects.filter(pk=organisation, role="partner").exists():
        raise Absent()
    before = Agreement.objects.filter(programme_id=programme, organisation_id=organisation, ended_on__isnull=True)
    for one in before:
        if one.until_on >= today:
            raise AgreementThere()
        one.ended_on = one.until_on
        one.save()
    return Agreement.objects.create(
        programme_id=programme,
        organisation_id=organisation,
        recipient=recipient,
        classes=",".join(sorted(set(classes))),
        from_on=begins,
        until_on=until_on,
    )


@action("referrals.end_agreement", access=AGREE, target=shapes.of_agreement, purpose="rights")
def end_agreement(*, by: Actor, agreement: UUID) -> Agreement:
    """End an agreement today: nothing is shared on it any more, and what was sent cannot be opened."""
    row = Agreement.objects.get(pk=agreement)
    if row.ended_on is None:
        row.ended_on = today_in(row.programme_id)
        row.save()
    return row
