"""Programmes, sites and teams within the reader's reach, and who answers at a site."""

from __future__ import annotations

from typing import Final, TypeVar
from uuid import UUID

from django.db.models import F, QuerySet

from karama.journal import Absent, Actor, visible_to
from karama.journal.clock import now as server_now
from karama.programme import access
from karama.programme.models import CountryProgramme, Organisation, Responder, Site, SiteAnswer, Team

PURPOSE: Final = "administration"
OPEN_FIRST: Final = F("closed_on").asc(nulls_first=True)
Row = TypeVar("Row", CountryProgramme, Site)


def organisation() -> Organisation | None:
    """The organisation of this installation; its name stands on every page, so nobody is asked who reads it."""
    return Organisation.objects.filter(role="own").first()


def partners(by: Actor) -> QuerySet[Organisation]:
    """Partner organisations, for a consent or a referral."""
    return Organisation.objects.filter(role="partner").order_by("name") if by.duty else Organisation.objects.none()


def programmes(by: Actor) -> QuerySet[CountryProgramme]:
    """The programmes within this actor's reach."""
    return visible_to(
        CountryProgramme.objects.select_related("organisation").order_by("name"),
        by=by, policy=access.SEE, purpose=PURPOSE, now=server_now(), attributes=access.PROGRAMME,
    )  # fmt: skip


def sites(by: Actor, programme: UUID | None = None) -> QuerySet[Site]:
    """The sites of the programmes within reach, or of one of them; closed ones last."""
    rows = visible_to(
        Site.objects.select_related("programme").order_by(OPEN_FIRST, "name"),
        by=by, policy=access.SEE, purpose=PURPOSE, now=server_now(), attributes=access.SITE,
    )  # fmt: skip
    return rows if programme is None else rows.filter(programme_id=programme)


def teams(by: Actor, site: UUID | None = None) -> QuerySet[Team]:
    """The teams of the sites of the programmes within reach."""
    rows = visible_to(
        Team.objects.select_related("site").order_by(OPEN_FIRST, "name"),
        by=by, policy=access.SEE, purpose=PURPOSE, now=server_now(), attributes=access.TEAM,
    )  # fmt: skip
    return rows if site is None else rows.filter(site_id=site)


def programme(by: Actor, programme: UUID) -> CountryProgramme:
    """One programme. Raises `Absent`."""
    return _one(programmes(by), id=programme)


def programme_by_code(by: Actor, code: str) -> CountryProgramme:
    """One programme by the code of its pack. Raises `Absent`."""
    return _one(programmes(by), code=code)


def site(by: Actor, site: UUID) -> Site:
    """One site. Raises `Absent`."""
    return _one(sites(by), id=site)


def _one(rows: QuerySet[Row], **where: object) -> Row:
    found = rows.filter(**where).first()
    if found is None:
        raise Absent()
    return found


def responders(by: Actor, site: UUID) -> QuerySet[Responder]:
    """Who answers at a site now: responders first, then deputies."""
    return visible_to(
        Responder.objects.filter(site_id=site, ended_on__isnull=True).order_by("-role", "recorded_at"),
        by=by, policy=access.SEE, purpose=PURPOSE, now=server_now(), attributes=access.OF_SITE,
    )  # fmt: skip


def site_answer(by: Actor, site: UUID) -> SiteAnswer | None:
    """The out-of-hours answer and the verified service of a site."""
    return visible_to(
        SiteAnswer.objects.filter(site_id=site),
        by=by, policy=access.SEE, purpose=PURPOSE, now=server_now(), attributes=access.OF_SITE,
    ).first()  # fmt: skip
