"""Giving and ending duties. Nobody gives herself one, and nobody gives more than she reaches herself."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from karama.accounts import access, duties, problems, reach
from karama.accounts.actions.users import PURPOSE, other_administrator
from karama.accounts.models import Posting
from karama.accounts.registries import has_left
from karama.journal import Actor, action
from karama.journal.clock import day_in_utc, now
from karama.programme.models import Site, Team

Alias = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f]*\S[^\x00-\x1f]*$")]


@action("accounts.give_duty", access=access.GIVE_DUTY, target=reach.of_new_duty, purpose=PURPOSE)
def give_duty(
    *,
    by: Actor,
    user: UUID,
    duty: str,
    work_alias: Alias,
    programme: UUID | None = None,
    site: UUID | None = None,
    team: UUID | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Posting:
    """Give a duty in a programme, at a site or in a team; without a programme, in the whole organisation."""
    return post(user, duty, work_alias, programme, site, team, from_on, until_on)


def post(
    user: UUID,
    duty: str,
    work_alias: str,
    programme: UUID | None = None,
    site: UUID | None = None,
    team: UUID | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Posting:
    """Check that duty, place and days fit, and write the posting. Called by actions."""
    _check_place(duty, programme, site, team)
    begins = from_on or day_in_utc()
    if until_on is not None and until_on < begins:
        raise problems.DaysDoNotFit(field="until_on")
    place: dict[str, Any] = {"programme_id": programme, "site_id": site, "team_id": team}
    if Posting.objects.filter(reach.not_over(now()), user_id=user, duty=duty, **place).exists():
        raise problems.HeldAlready(field="duty")
    return Posting.objects.create(
        user_id=user,
        duty=duty,
        programme_id=programme,
        site_id=site,
        team_id=team,
        work_alias=work_alias.strip(),
        from_on=begins,
        until_on=until_on,
    )


def _check_place(duty: str, programme: UUID | None, site: UUID | None, team: UUID | None) -> None:
    if duty not in duties.BY_CODE:
        raise problems.UnknownDuty(field="duty")
    if programme is None and (site or team or not duties.duty(duty).whole_organisation):
        raise problems.PlaceDoesNotFit(field="programme")
    if site and programme and not Site.objects.filter(id=site, programme_id=programme, closed_on=None).exists():
        raise problems.PlaceDoesNotFit(field="site")
    if team and (site is None or not Team.objects.filter(id=team, site_id=site, closed_on=None).exists()):
        raise problems.PlaceDoesNotFit(field="team")


@action("accounts.end_duty", access=access.END_DUTY, target=reach.of_posting, purpose=PURPOSE)
def end_duty(*, by: Actor, posting: UUID, until_on: date | None = None) -> Posting:
    """End a duty: at once, or on `until_on`, the first day without it. What was done in it stays."""
    found = Posting.objects.get(id=posting)
    ends = max(until_on or day_in_utc(), found.from_on)
    if found.duty == "administrator" and not other_administrator(found.user_id):
        raise problems.LastAdministrator()
    if found.until_on is None or ends < found.until_on:
        found.until_on = ends
        found.save()
        if ends <= day_in_utc():
            has_left(by=by, user=found.user_id)
    return found
