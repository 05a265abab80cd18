"""What a person does with grants. Nothing that a grant pays for is ever taken off it: it ends by being closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from karama.journal import Absent, Actor, action, target_attributes
from karama.programme import access, packs, problems, registries
from karama.programme.days import today_in
from karama.programme.models import CountryProgramme, Grant, GrantLine, Site, Team

Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]+$")]
Code = Annotated[str, Field(min_length=2, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$")]
Service = Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9_]*$")]

PURPOSE = "administration"


def _programme(*, by: Actor, programme: UUID, **_more: object) -> Mapping[str, object]:
    return target_attributes(CountryProgramme.objects.all(), programme, access.PROGRAMME)


def of_grant(*, by: Actor, grant: UUID, **_more: object) -> Mapping[str, object]:
    """The target of an action about a grant."""
    return target_attributes(Grant.objects.all(), grant, access.GRANT)


@action("programme.open_grant", access=access.DECLARE_GRANT, target=_programme, purpose=PURPOSE)
def open_grant(
    *,
    by: Actor,
    programme: UUID,
    code: Code,
    name: Name,
    donor: Name,
    from_on: date,
    to_on: date,
    sites: Annotated[list[UUID], Field(min_length=1, max_length=60)],
    services: Annotated[list[Service], Field(max_length=60)] = [],  # noqa: B006 - never changed
) -> Grant:
    """Write down a grant: who gives, from when until when, the sites and services it pays; no service: all of them.

    Raises:
        NameTaken: a grant of this code. GrantDays: it ends before it begins, or has ended. NotPaidHere.
    """
    if to_on < max(from_on, today_in(programme)):
        raise problems.GrantDays()
    if Grant.objects.filter(programme_id=programme, code__iexact=code).exists():
        raise problems.NameTaken(field="code")
    made = Grant.objects.create(
        programme_id=programme, code=code, name=name.strip(), donor=donor.strip(), from_on=from_on, to_on=to_on
    )
    for site in dict.fromkeys(sites):
        for service in dict.fromkeys(services) or [""]:
            _line(made, site, service, None)
    return made


@action("programme.change_grant", access=access.DECLARE_GRANT, target=of_grant, purpose=PURPOSE)
def change_grant(*, by: Actor, grant: UUID, name: Name, donor: Name, to_on: date, was: date | None = None) -> Grant:
    """Correct the name and donor of a grant, or its last day, as when a donor gives it more time. `was`: the last day
    that stood on the page; whoever left it there takes no newer one back.

    Raises:
        GrantClosed. GrantDays: the last day was changed to one before the first, today, or the planned last day.
        GrantMeanwhile: somebody else changed it, too.
    """
    found = _held(grant)
    if was is not None and was != found.to_on:
        if to_on not in (was, found.to_on):
            raise problems.GrantMeanwhile()
        to_on = found.to_on
    planned = registries.planned_end(grant)
    if to_on != found.to_on and to_on < max(found.from_on, planned or today_in(found.programme_id)):
        raise problems.GrantDays()
    found.name, found.donor, found.to_on = name.strip(), donor.strip(), to_on
    found.save()
    return found


@action("programme.pay_from_grant", access=access.DECLARE_GRANT, target=of_grant, purpose=PURPOSE)
def pay_from_grant(*, by: Actor, grant: UUID, site: UUID, service: Service = "", team: UUID | None = None) -> GrantLine:
    """Let a grant pay for one more site, service or team. Raises `GrantClosed`, `NotPaidHere`."""
    return _line(_held(grant), site, service, team)


@action("programme.close_grant", access=access.DECLARE_GRANT, target=of_grant, purpose=PURPOSE)
def close_grant(*, by: Actor, grant: UUID) -> Grant:
    """Close a grant after its last day. From then on it pays for nobody; what stands stays readable.

    Raises:
        GrantClosed, ClosingNotPlanned, LastDayToCome. NoGoodbyeYet: somebody would be left without a word.
        GroupsGoOn: people still meet whom only this grant pays for.
    """
    found = _held(grant)
    day = registries.planned_end(grant)
    if day is None:
        raise problems.ClosingNotPlanned()
    today = today_in(found.programme_id)
    if today < day:
        raise problems.LastDayToCome()
    if any(answer(grant) for _room, answer in registries.without_goodbye):
        raise problems.NoGoodbyeYet()
    if registries.going_on(registries.End(grant=grant)):
        raise problems.GroupsGoOn()
    found.closed_on = max(today, found.from_on)
    found.save()
    return found


def open_grant_row(grant: UUID) -> Grant:
    """A grant that may still pay for something new, held until the action ends. Raises `Absent`, `GrantClosed`."""
    return _held(grant)


def _held(grant: UUID) -> Grant:
    found = Grant.objects.select_for_update(of=("self",), no_key=True).filter(pk=grant).first()
    if found is None:
        raise Absent()
    if found.closed_on is not None:
        raise problems.GrantClosed()
    return found


def _line(grant: Grant, site: UUID, service: str, team: UUID | None) -> GrantLine:
    place = Site.objects.filter(pk=site, programme_id=grant.programme_id, closed_on__isnull=True).first()
    if place is None:
        raise problems.NotPaidHere(field="site")
    if team is not None and not Team.objects.filter(pk=team, site=place, closed_on__isnull=True).exists():
        raise problems.NotPaidHere(field="team")
    known = {one.code for one in packs.find(grant.programme.code).services}
    if service and service not in known:
        raise problems.NotPaidHere(field="service")
    known_line = GrantLine.objects.filter(grant=grant, site=place, service=service)
    row = known_line.filter(team__isnull=True).first() if team is None else known_line.filter(team_id=team).first()
    return row or GrantLine.objects.create(grant=grant, site=place, service=service, team_id=team)
