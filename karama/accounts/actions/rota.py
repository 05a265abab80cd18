"""Leave with a deputy, and the rota of a site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated
from uuid import UUID

from pydantic import Field

from karama.accounts import access, problems, reach
from karama.accounts.actions.users import PURPOSE
from karama.accounts.models import Leave, Posting, Rota, User
from karama.journal import Absent, Actor, action
from karama.journal.clock import now
from karama.programme.days import today_at


def _leave(*, by: Actor, leave: UUID, **_more: object) -> Mapping[str, object]:
    found = Leave.objects.filter(id=leave).first()
    return reach.of_user(by=by, user=found.user_id) if found else {}


def _site(*, by: Actor, site: UUID, **_more: object) -> Mapping[str, object]:
    return {"site": site}


def _shift(*, by: Actor, shift: UUID, **_more: object) -> Mapping[str, object]:
    found = Rota.objects.filter(id=shift).first()
    return {"site": found.site_id} if found else {}


@action("accounts.set_leave", access=access.LEAVE, target=reach.of_user, purpose=PURPOSE)
def set_leave(*, by: Actor, user: UUID, from_on: date, until_on: date, deputy: UUID | None = None) -> Leave:
    """Say that somebody is away, both days included, and who stands in. One's own leave, or as supervisor or
    administrator.
    """
    if until_on < from_on:
        raise problems.DaysDoNotFit(field="until_on")
    if deputy == user:
        raise problems.OwnDeputy(field="deputy")
    if deputy is not None and not User.objects.filter(id=deputy, is_active=True).exists():
        raise Absent()
    return Leave.objects.create(user_id=user, from_on=from_on, until_on=until_on, deputy_id=deputy)


@action("accounts.cancel_leave", access=access.LEAVE, target=_leave, purpose=PURPOSE)
def cancel_leave(*, by: Actor, leave: UUID) -> UUID:
    """Take a leave back."""
    Leave.objects.get(id=leave).delete()
    return leave


@action("accounts.set_rota", access=access.ROTA, target=_site, purpose=PURPOSE)
def set_rota(
    *,
    by: Actor,
    site: UUID,
    user: UUID,
    starts: time,
    ends: time,
    weekday: Annotated[int, Field(ge=0, le=6)] | None = None,
    day: date | None = None,
) -> Rota:
    """Put somebody on call at a site: every week (0 = Monday), or on one day. Times are the site's own."""
    if (weekday is None) == (day is None):
        raise problems.WeekdayOrDay(field="weekday")
    works_there = Posting.objects.filter(reach.not_over(now()), user_id=user, user__is_active=True).filter(
        programme__sites=site
    )
    if not any(posting.site_id in (None, site) for posting in works_there):
        raise problems.NotAtSite(field="user")
    return Rota.objects.create(site_id=site, user_id=user, weekday=weekday, day=day, starts=starts, ends=ends)


@action("accounts.end_rota", access=access.ROTA, target=_shift, purpose=PURPOSE)
def end_rota(*, by: Actor, shift: UUID) -> Rota:
    """Take somebody off the rota from today on."""
    found = Rota.objects.get(id=shift)
    found.ended_on = today_at(found.site_id)
    found.save()
    return found
