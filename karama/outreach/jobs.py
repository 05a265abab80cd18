"""What happens without a click: telling whoever is called next. No visit depends on it: Today derives the same."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from karama.jobs.schedule import Job, scheduled
from karama.journal import Actor, Problem
from karama.outreach.access import OUTREACH_JOB
from karama.outreach.actions import call_next
from karama.outreach.models import REMINDED
from karama.outreach.standing import not_over, standings

CALLER = Actor(id=UUID("0190c0de-0000-7000-8000-000000000a7e"), kind="job", duty=OUTREACH_JOB, name="Outreach")


def tell_next() -> int:
    """Note for each overdue visit who is called now and was not told since it is overdue; returns how many were."""
    told = 0
    for one in standings(not_over()):
        if one.call is None or one.overdue_at is None:
            continue
        done = {step.to_id for step in one.steps if step.step == REMINDED and step.recorded_at >= one.overdue_at}
        for user in one.call.asked:
            if isinstance(user, UUID) and user not in done:
                told += _tell(one.visit.id, user)
    return told


def _tell(visit: UUID, user: UUID) -> int:
    try:
        call_next(by=CALLER, visit=visit, to=user)
    except Problem:
        return 0  # somebody was heard of in between: the next turn looks again
    return 1


def run() -> None:
    """One turn of the job."""
    tell_next()


def install() -> None:
    """Called once, when Django is ready."""
    scheduled(Job("outreach.tell_next", run, every=timedelta(minutes=1)))
