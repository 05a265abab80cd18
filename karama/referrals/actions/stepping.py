"""What became of a referral: each step, who told, and giving it to somebody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal
from uuid import UUID

from karama.journal import Actor, action, clock
from karama.people.access import purpose_of
from karama.programme.days import today_at
from karama.referrals.access import HAND_ON, MOVE, REFER, TAKE_UP
from karama.referrals.actions import shapes
from karama.referrals.following import openers, without_worker, working_with
from karama.referrals.models import ReferralStep, ReferralTask
from karama.referrals.problems import CannotHandOn, DayNeeded, NotNow, ReasonNeeded
from karama.referrals.sharing import person_of
from karama.referrals.standing import Said, held, step, target_of, tell_worker
from karama.rules import referrals as law
from karama.rules.permission import permit

FARTHEST: Final = timedelta(days=366)
WITH_WORDS: Final = frozenset({"ended"})
"""Ending a referral takes a sentence; so does not accepting somebody who was referred to us."""

Recorded = Literal[
    "received", "accepted", "declined", "scheduled", "unknown", "arrived", "not_arrived", "done",
    "declined_by_person", "ended",
]  # fmt: skip


@action("referrals.record_step", access=MOVE, target=shapes.of_referral)
def record_step(
    *,
    by: Actor,
    referral: UUID,
    state: Recorded,
    source: shapes.Source = "",
    barrier: shapes.Barrier = "",
    scheduled_on: date | None = None,
    words: shapes.Words = "",
) -> ReferralStep:
    """Write down what became of a referral. Whether the person arrived stays unknown until somebody says who knows.

    Raises:
        NotNow: not after the last step. WhoTold, NoBarrier, DayNeeded, ReasonNeeded: something is missing or too much.
    """
    row, task = held(referral)
    if row.direction == "in" and state == "accepted":
        raise NotNow()
    if (state in WITH_WORDS or (row.direction == "in" and state == "declined")) and not words:
        raise ReasonNeeded()
    check_day(state, scheduled_on, row.site_id)
    made = step(row, task, state, Said(source, barrier, scheduled_on, words=words))
    tell_worker(by, task, "referrals.moved")
    return made


def check_day(state: str, scheduled_on: date | None, site: UUID) -> None:
    """An agreed day is a day to come at the site, and only an agreed day has one."""
    today = today_at(site)
    if (state == "scheduled") != (scheduled_on is not None):
        raise DayNeeded()
    if scheduled_on is not None and not today <= scheduled_on <= today + FARTHEST:
        raise DayNeeded()


@action("referrals.hand_on", access=HAND_ON, target=shapes.of_referral)
def hand_on(*, by: Actor, referral: UUID, to: UUID) -> ReferralTask:
    """Give a referral to another colleague who works with the person. Its content is not shown for that.

    Raises:
        CannotHandOn: its worker still has it; or the colleague does not work with this person, is kept away from it,
        has no duty here that opens it, or is whoever asks: nobody gives anything to herself.
    """
    row, task = held(referral)
    person = person_of(row)
    able = set(openers(person, task.compartment)) & working_with(person.id) - {by.id}
    if to not in able or not ReferralTask.objects.filter(without_worker(), pk=task.pk).exists():
        raise CannotHandOn()
    task.worker_id, task.followed = to, False
    task.save()
    tell_worker(by, task, "referrals.handed_on")
    return task


@action("referrals.take_up", access=TAKE_UP, target=shapes.of_referral)
def take_up(*, by: Actor, referral: UUID) -> ReferralTask:
    """Take a referral whose worker has gone. Whoever does not work with the person follows this one, and sees no more.

    Raises:
        NotNow: somebody carries it, or it is over.
    """
    _row, task = held(referral)
    if task.state in law.OVER or not ReferralTask.objects.filter(without_worker(), pk=task.pk).exists():
        raise NotNow()
    near = permit(REFER, by.attributes(), target_of(referral), purpose_of(by), clock.now()).allowed
    task.worker_id, task.followed = by.id, not near
    task.save()
    return task
