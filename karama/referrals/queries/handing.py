"""A referral whose worker has gone, for whoever hands it on or takes it up: nothing of what it is about."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Absent, Actor
from karama.people.workers import Worker, workers_for
from karama.referrals.access import HAND_ON, TAKE_UP
from karama.referrals.following import openers, without_worker, working_with
from karama.referrals.models import ReferralTask
from karama.referrals.queries.referral import referral_in_reach
from karama.rules import referrals as law


def lost_referral(by: Actor, referral: UUID) -> tuple[UUID, str, list[Worker]]:
    """For handing it on: its person, code, and who works with her in a duty that opens it. Raises `Absent`."""
    _row, task, person = referral_in_reach(by, referral, HAND_ON)
    able = set(openers(person, task.compartment)) & working_with(person.id) - {by.id}
    return person.id, person.code, [one for one in workers_for(person) if one.user in able]


def code_of_lost(by: Actor, referral: UUID) -> str:
    """For taking it up: the code of its person, as long as nobody carries it. Raises `Absent`: as many queries for one
    that somebody carries, that is not hers and that does not exist."""
    lost = ReferralTask.objects.filter(without_worker(), referral=referral).exclude(state__in=sorted(law.OVER))
    nobody = lost.exists()
    _row, _task, person = referral_in_reach(by, referral, TAKE_UP)
    if not nobody:
        raise Absent()
    return person.code
