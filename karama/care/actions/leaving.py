"""A site or a grant ends: planned with a day, and nobody who is in care under it is left without a goodbye."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from karama.care import targets
from karama.care.access import CLOSE_GRANT, CLOSE_SITE, FAREWELL
from karama.care.actions import shapes
from karama.care.actions.paying import write_down
from karama.care.models import Closing, Episode, Farewell
from karama.care.problems import (
    AgreementNeeded,
    AlertFirst,
    ClosingOver,
    DayDoesNotFit,
    DoesNotCarry,
    NobodyTold,
    NotPlanned,
    PlannedAlready,
    ReasonNeeded,
    WhoTakesOver,
)
from karama.care.queries.leaving import standing
from karama.care.queries.paying import may_carry
from karama.care.queries.telling import colleagues_to_tell
from karama.journal import Actor, action
from karama.notices.actions import tell
from karama.people.joined import all_files_of
from karama.people.models import Person, Transfer
from karama.people.registries import on_the_way, work_open_for
from karama.programme.actions.granting import of_grant, open_grant_row
from karama.programme.days import today_at, today_in
from karama.programme.grants import payers
from karama.rules.episodes import OPEN_STATES

GRANT_ENDS = "care.grant_ends"


@action("care.plan_site_closing", access=CLOSE_SITE, target=targets.of_site)
def plan_site_closing(*, by: Actor, site: UUID, ends_on: date, why: shapes.Reason = "") -> Closing:
    """Work at a site ends on this day. Everybody in care there stands on a list until there was a goodbye.

    Raises:
        PlannedAlready. DayDoesNotFit: the day has passed.
    """
    return _plan(Closing(site_id=site, ends_on=ends_on), why, today_at(site))


@action("care.cancel_site_closing", access=CLOSE_SITE, target=targets.of_site)
def cancel_site_closing(*, by: Actor, site: UUID) -> Closing:
    """The site goes on after all. What was said in goodbyes stays. Raises `NotPlanned`."""
    return _cancel(today_at(site), site_id=site)


@action("care.plan_grant_closing", access=CLOSE_GRANT, target=of_grant)
def plan_grant_closing(
    *,
    by: Actor,
    grant: UUID,
    ends_on: date,
    why: shapes.Reason,
    told: Annotated[list[UUID], Field(max_length=200)],
) -> Closing:
    """What a grant pays ends on this day, and these colleagues are told. Whoever only it pays for stands on a list.

    Raises:
        GrantClosed, PlannedAlready, ReasonNeeded. NobodyTold: nobody, or somebody who cannot be told. DayDoesNotFit:
            the day has passed, or lies after the contract while that has days left.
    """
    row = open_grant_row(grant)
    if not why:
        raise ReasonNeeded("why")
    today = today_in(row.programme_id)
    if ends_on > max(row.to_on, today):
        raise DayDoesNotFit()
    users = list(dict.fromkeys(told))
    if not users or not set(users) <= {user for user, _alias in colleagues_to_tell(row)}:
        raise NobodyTold()
    made = Closing(grant_id=grant, ends_on=ends_on)
    made.seal("told", [str(one) for one in users])
    _plan(made, why, today)
    for user in users:
        tell(by=by, user=user, kind=GRANT_ENDS, place=grant)
    return made


@action("care.cancel_grant_closing", access=CLOSE_GRANT, target=of_grant)
def cancel_grant_closing(*, by: Actor, grant: UUID) -> Closing:
    """The grant goes on after all. What was said in goodbyes stays. Raises `NotPlanned`, `GrantClosed`."""
    row = open_grant_row(grant)
    return _cancel(today_in(row.programme_id), grant_id=grant)


def _plan(row: Closing, why: str, today: date) -> Closing:
    if row.ends_on < today:
        raise DayDoesNotFit()
    planned = Closing.objects.filter(cancelled_on__isnull=True)
    same = planned.filter(site=row.site) if row.site is not None else planned.filter(grant=row.grant)
    if same.exists():
        raise PlannedAlready()
    row.seal("why", why or None)
    row.save()
    return row


def _cancel(today: date, **what: Any) -> Closing:
    row = Closing.objects.select_for_update(of=("self",)).filter(cancelled_on__isnull=True, **what).first()
    if row is None:
        raise NotPlanned()
    row.cancelled_on = today
    row.save()
    return row


@action("care.say_goodbye", access=FAREWELL, target=targets.of_person)
def say_goodbye(
    *,
    by: Actor,
    person: UUID,
    last_check: Literal["safe", "alert", "not_asked"],
    onward: Literal["handed_over", "ended", "declined", "not_reached"],
    agreed: bool = False,
    words: shapes.Words = "",
    closing: UUID | None = None,
    grant: UUID | None = None,
    follow_up: Literal["yes", "no", "not_asked"] = "not_asked",
) -> Farewell:
    """A goodbye before a site closes or a grant ends: asked about safety once more, and where this person goes from
    here. `closing`: without one, that of the site. `grant`: which goes on paying for this person at the same site.

    Raises:
        NotPlanned: the site does not close. ClosingOver: it was taken back, or the grant is closed. AgreementNeeded:
        handed over without this person's yes. AlertFirst: an alert is said to be raised and none is open.
        DoesNotCarry, WhoTakesOver: a grant ends, and it is not true that somebody takes over.
    """
    file = Person.objects.get(pk=person)
    row = _ending(file, closing)
    if onward == "handed_over" and not agreed:
        raise AgreementNeeded()
    if last_check == "alert" and all(one.kind != "alert" for one in work_open_for(person, by)):
        raise AlertFirst()
    if row.grant_id is not None and onward == "handed_over":
        _taken_over(by, file, row, grant)
    made = Farewell(
        person_id=person,
        closing=row,
        occurred_on=today_at(file.site_id),
        last_check=last_check,
        onward=onward,
        grant_id=grant if row.grant_id is not None and onward == "handed_over" else None,
        follow_up=follow_up,
    )
    made.seal("words", words or None)
    made.save()
    return made


def _ending(file: Person, closing: UUID | None) -> Closing:
    if closing is None:
        row = standing(site=file.site_id).first()
        if row is None:
            raise NotPlanned()
        return row
    row = standing(pk=closing).first()
    of_person = row is not None and (
        row.site_id == file.site_id if row.grant is None else row.grant.programme_id == file.programme_id
    )
    if row is None or not of_person:
        raise ClosingOver()
    return row


def _taken_over(by: Actor, file: Person, closing: Closing, grant: UUID | None) -> None:
    """Another grant goes on paying here, which is written down; or somebody was asked to take this person on."""
    if grant is None:
        moving = Transfer.objects.filter(person_id=file.id, state="proposed").exists()
        if not moving and not any(answer(file.id, by.id) for _room, answer in on_the_way):
            raise WhoTakesOver()
        return
    other = open_grant_row(grant)
    payer = next((one for one in payers(file.programme_id) if one.id == other.id), None)
    if payer is None or other.id == closing.grant_id or not may_carry(payer, file.site_id, closing.ends_on):
        raise DoesNotCarry()
    for episode in Episode.objects.filter(person_id__in=all_files_of(file.id), state__in=OPEN_STATES):
        write_down(episode, other.id, True, "")
