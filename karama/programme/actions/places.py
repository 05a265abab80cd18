"""What a person does with programmes, sites and teams. Each function is one action of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field

from karama.journal import Actor, action, target_attributes
from karama.journal.clock import day_in_utc, now
from karama.knowledge.packs import Pack
from karama.knowledge.packs import Site as PackSite
from karama.programme import access, packs, problems, registries
from karama.programme.days import today_at
from karama.programme.models import (
    CountryProgramme,
    Grant,
    GrantLine,
    Organisation,
    Responder,
    Site,
    SiteAnswer,
    Team,
)

Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]+$")]
Code = Annotated[str, Field(min_length=2, max_length=40, pattern=r"^[a-z0-9][a-z0-9-]*$")]
PlaceCode = Annotated[str, Field(max_length=20, pattern=r"^[A-Za-z0-9-]*$")]
Line = Annotated[str, Field(max_length=160, pattern=r"^[^\x00-\x1f]*$")]
Night = Annotated[str, Field(max_length=600, pattern=r"^[^\x00-\x09\x0b\x0c\x0e-\x1f]*$")]

PURPOSE = "administration"
Closing = TypeVar("Closing", Site, Team)


def _programme(*, by: Actor, programme: UUID, **_more: object) -> Mapping[str, object]:
    return target_attributes(CountryProgramme.objects.all(), programme, access.PROGRAMME)


def _site(*, by: Actor, site: UUID, **_more: object) -> Mapping[str, object]:
    return target_attributes(Site.objects.all(), site, access.SITE)


def _team(*, by: Actor, team: UUID, **_more: object) -> Mapping[str, object]:
    return target_attributes(Team.objects.all(), team, access.TEAM)


def _responder(*, by: Actor, responder: UUID, **_more: object) -> Mapping[str, object]:
    return target_attributes(Responder.objects.all(), responder, access.OF_SITE)


@action("programme.set_up_organisation", access=access.SET_UP, purpose=PURPOSE)
def set_up_organisation(*, by: Actor, name: Name) -> Organisation:
    """Write down the organisation this installation belongs to. Once."""
    if Organisation.objects.filter(role="own").exists():
        raise problems.OrganisationExists()
    return Organisation.objects.create(name=name.strip(), role="own")


@action("programme.add_partner", access=access.PARTNERS, purpose=PURPOSE)
def add_partner(*, by: Actor, name: Name) -> Organisation:
    """Write down a partner organisation: somebody who may be named in a consent or a referral, never a tenant."""
    _refuse_taken(Organisation.objects.filter(name__iexact=name.strip()).exists(), "name")
    return Organisation.objects.create(name=name.strip(), role="partner")


@action("programme.open_programme", access=access.OPEN_PROGRAMME, purpose=PURPOSE)
def open_programme(*, by: Actor, code: Annotated[str, Field(max_length=60)]) -> CountryProgramme:
    """Open a country programme from its pack, with the pack's sites and their teams."""
    organisation = Organisation.objects.filter(role="own").first()
    if organisation is None:
        raise problems.NoOrganisation()
    if CountryProgramme.objects.filter(code=code).exists():
        raise problems.AlreadyOpen()
    pack = packs.find(code)
    name = packs.words(pack.names, pack.languages)
    made = CountryProgramme.objects.create(
        organisation=organisation, code=pack.code, name=name,
        opened_on=day_in_utc(),  # it has no site yet
    )  # fmt: skip
    for site in pack.sites:
        _open_from_pack(made, pack, site)
    _grants_from_pack(made, pack)
    return made


def _grants_from_pack(made: CountryProgramme, pack: Pack) -> None:
    """The grants that the pack declares and that have not ended."""
    sites = dict(made.sites.values_list("code", "id"))
    for one in packs.grants(pack):
        if one.to_on < made.opened_on:
            continue
        grant = Grant.objects.create(
            programme=made, code=one.code, name=one.name, donor=one.donor, from_on=one.from_on, to_on=one.to_on
        )
        for site in one.sites:
            for service in one.services or ("",):
                GrantLine.objects.create(grant=grant, site_id=sites[site], service=service)


def _open_from_pack(made: CountryProgramme, pack: Pack, words: PackSite) -> None:
    """A site of the pack with its teams, and its safety answer: the service counts as verified only when a day
    is known.
    """
    site = Site.objects.create(
        programme=made, code=words.code, name=words.name, p_code=words.p_code, time_zone=_zone(words.time_zone)
    )
    Team.objects.bulk_create([Team(site=site, name=team.name) for team in pack.teams if team.site == words.code])
    told = next((one for one in pack.safety.sites if one.site == words.code), None)
    if told is not None:
        night = told.out_of_hours.get(pack.languages[0], "")
        SiteAnswer.objects.create(site=site, out_of_hours=night, service=told.service, verified_on=told.verified_on)


@action("programme.open_site", access=access.MANAGE, target=_programme, purpose=PURPOSE)
def open_site(*, by: Actor, programme: UUID, code: Code, name: Name, time_zone: str, p_code: PlaceCode = "") -> Site:
    """Open a site that the pack does not name."""
    _refuse_taken(Site.objects.filter(programme_id=programme, code=code).exists(), "code")
    return Site.objects.create(
        programme_id=programme, code=code, name=name.strip(), p_code=p_code, time_zone=_zone(time_zone)
    )


@action("programme.change_site", access=access.MANAGE, target=_site, purpose=PURPOSE)
def change_site(*, by: Actor, site: UUID, name: Name, time_zone: str, p_code: PlaceCode = "") -> Site:
    """Correct the name, place code or time zone of a site. Its code stays."""
    found = Site.objects.get(id=site)
    found.name, found.p_code, found.time_zone = name.strip(), p_code, _zone(time_zone)
    found.save()
    return found


@action("programme.close_site", access=access.MANAGE, target=_site, purpose=PURPOSE)
def close_site(*, by: Actor, site: UUID) -> Site:
    """Close a site to new work. Its records stay readable.

    Raises:
        StillInUse: a team is open. StillInCare: somebody is in care there. StillExpected: an appointment is to come.
        StillGoingOn: people still meet there.
    """
    found = Site.objects.select_for_update(of=("self",), no_key=True).get(id=site)
    if Team.objects.filter(site_id=site, closed_on__isnull=True).exists():
        raise problems.StillInUse()
    if any(answer(site) for _room, answer in registries.in_care_at):
        raise problems.StillInCare()
    if any(answer(site) for _room, answer in registries.expected_at):
        raise problems.StillExpected()
    if registries.going_on(registries.End(site=site)):
        raise problems.StillGoingOn()
    return _close(found, site)


@action("programme.open_team", access=access.MANAGE, target=_site, purpose=PURPOSE)
def open_team(*, by: Actor, site: UUID, name: Name) -> Team:
    """Make a team at a site."""
    _refuse_taken(Team.objects.filter(site_id=site, name__iexact=name.strip()).exists(), "name")
    return Team.objects.create(site_id=site, name=name.strip())


@action("programme.close_team", access=access.MANAGE, target=_team, purpose=PURPOSE)
def close_team(*, by: Actor, team: UUID) -> Team:
    """Close a team to new work."""
    found = Team.objects.get(id=team)
    return _close(found, found.site_id)


@action("programme.name_responder", access=access.ANSWER, target=_site, purpose=PURPOSE)
def name_responder(*, by: Actor, site: UUID, user: UUID, role: Literal["responder", "deputy"]) -> Responder:
    """Name who answers at a site when somebody is in danger."""
    if registries.reach(user, site, now()) == "unknown":
        raise problems.NotStaff(field="user")
    if Responder.objects.filter(site_id=site, user_id=user, ended_on__isnull=True).exists():
        raise problems.AnswersAlready(field="user")
    return Responder.objects.create(site_id=site, user_id=user, role=role)


@action("programme.end_responder", access=access.ANSWER, target=_responder, purpose=PURPOSE)
def end_responder(*, by: Actor, responder: UUID) -> Responder:
    """End somebody's answering at a site. When nobody is left, the safety questions of the site are hidden."""
    found = Responder.objects.get(id=responder)
    found.ended_on = today_at(found.site_id)
    found.save()
    return found


@action("programme.set_site_answer", access=access.ANSWER, target=_site, purpose=PURPOSE)
def set_site_answer(
    *,
    by: Actor,
    site: UUID,
    out_of_hours: Night,
    service: Line,
    service_contact: Line = "",
    verified_on: date | None = None,
) -> SiteAnswer:
    """Write down what happens out of hours, and the service somebody can be brought to with the day it was verified."""
    if verified_on is not None and (verified_on > today_at(site) or not service.strip()):
        raise problems.NotYetVerified(field="verified_on")
    found = SiteAnswer.objects.filter(site_id=site).first() or SiteAnswer(site_id=site)
    found.out_of_hours, found.service = out_of_hours.strip(), service.strip()
    found.service_contact, found.verified_on = service_contact.strip(), verified_on
    found.save()
    return found


def _refuse_taken(taken: bool, field: str) -> None:
    if taken:
        raise problems.NameTaken(field=field)


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise problems.UnknownTimeZone(field="time_zone")
    return ZoneInfo(name).key


def _close(found: Closing, site: UUID) -> Closing:
    if found.closed_on is None:
        found.closed_on = today_at(site)
        found.save()
    return found
