"""Somebody was referred to us: typed from paper or telephone, accepted into an episode, told back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal
from uuid import UUID

from karama.care.actions import open_episode
from karama.care.models import Episode
from karama.journal import Absent, Actor, action
from karama.people.actions import shapes as people
from karama.programme.days import today_at
from karama.programme.models import Organisation
from karama.referrals import sharing
from karama.referrals.access import REFER, SEE
from karama.referrals.actions import shapes
from karama.referrals.models import Feedback, Referral, ReferralStep
from karama.referrals.problems import DayNeeded, NotAgreed, NotNow, ReasonNeeded
from karama.referrals.standing import begin, held, step
from karama.rules import referrals as law
from karama.rules.episodes import OPEN_STATES

LONGEST_AGO: Final = timedelta(days=366)


@action("referrals.receive_referral", access=REFER, target=shapes.of_person)
def receive_referral(
    *,
    by: Actor,
    person: UUID,
    sector: shapes.Sector,
    urgency: shapes.Urgency,
    came_from: shapes.Line,
    by_way: Literal["paper", "telephone", "in_person", "message"],
    reason: shapes.Words = "",
    organisation: UUID | None = None,
    received_on: date | None = None,
) -> Referral:
    """Write down that somebody was referred to us. It waits in the inbox until it is accepted or answered why not.

    Raises:
        ReasonNeeded: it is not said who referred. DayNeeded: the day lies ahead, or more than a year back.
        Absent: no such organisation.
    """
    if not came_from:
        raise ReasonNeeded("came_from")
    file = people.locked(person)
    today = today_at(file.site_id)
    on = received_on or today
    if not today - LONGEST_AGO <= on <= today:
        raise DayNeeded("received_on")
    if organisation is not None and not Organisation.objects.filter(pk=organisation, role="partner").exists():
        raise Absent()
    row = Referral(
        person_id=file.id,
        direction="in",
        compartment=law.compartment_of(sector),
        urgency=urgency,
        organisation_id=organisation,
        site_id=file.site_id,
    )
    row.seal("details", {"sector": sector, "came_from": came_from, "by_way": by_way, "on": on.isoformat()})
    row.seal("reason", reason or None)
    row.save()
    begin(row, by.id, on)
    return row


@action("referrals.accept_incoming", access=SEE, target=shapes.of_referral)
def accept_incoming(*, by: Actor, referral: UUID) -> ReferralStep:
    """Accept somebody who was referred to us, into the open episode of care or a new one.

    Raises:
        NotNow: it did not come in, or is answered already.
    """
    row, task = held(referral)
    if row.direction != "in":
        raise NotNow()
    made = step(row, task, "accepted")
    file = sharing.person_of(row)
    if not Episode.objects.filter(person_id=file.id, state__in=OPEN_STATES).exists():
        open_episode(by=by, person=file.id)
    return made


@action("referrals.give_feedback", access=SEE, target=shapes.of_referral)
def give_feedback(*, by: Actor, referral: UUID, toward: Literal["us", "them"], words: shapes.Words) -> Feedback:
    """Keep what a service told us, or what we told whoever referred to us. The latter is sharing: the person agrees.

    Raises:
        ReasonNeeded: without words. NotAgreed: nothing may be told to whoever referred. NotNow: it was prepared only.
    """
    if not words:
        raise ReasonNeeded()
    row, task = held(referral)
    if task.state == "prepared" or (toward == "them") != (row.direction == "in"):
        raise NotNow()
    if toward == "them" and not sharing.may_tell_back(row):
        raise NotAgreed()
    made = Feedback(person_id=row.person_id, referral=row, toward=toward)
    made.seal("words", words)
    made.save()
    return made
