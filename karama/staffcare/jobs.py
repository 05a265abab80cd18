"""What happens without a click: telling whose turn it is, and erasing what is over. Today derives the turn itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from karama.jobs.schedule import Job, scheduled
from karama.journal import Actor, Problem
from karama.staffcare.access import STAFFCARE_JOB
from karama.staffcare.actions import end_all, erase_over, forget_offers, tell_turn
from karama.staffcare.colleagues import has_left
from karama.staffcare.models import Offer, Supporter, SupportRequest
from karama.staffcare.standing import unfinished

CARER: Final = Actor(id=UUID("0190c0de-0000-7000-8000-00000000a1e9"), kind="job", duty=STAFFCARE_JOB, name="Staff")


def tell_turns() -> int:
    """Tell whoever's turn has come; returns how many talks were looked at."""
    rows = list(unfinished(SupportRequest.objects.all()).order_by("recorded_at"))
    for row in rows:
        tell_turn(by=CARER, support=row.id)
    return len(rows)


def tidy() -> int:
    """Erase talks that are over since the days of the pack, and all of those who left; returns how many talks."""
    for user in sorted(_whoever_has_something()):
        if has_left(user):
            end_all(by=CARER, user=user)
    forget_offers(by=CARER)
    rows, done = list(SupportRequest.objects.all()), 0
    for row in rows:
        try:
            erase_over(by=CARER, support=row.id)
        except (Problem, SupportRequest.DoesNotExist):
            continue  # it is not over, its days are not, or its owner was quicker
        done += 1
    return done


def _whoever_has_something() -> set[UUID]:
    return {
        *SupportRequest.objects.values_list("author_id", flat=True),
        *Offer.objects.values_list("user_id", flat=True),
        *Supporter.objects.filter(ended_at__isnull=True).values_list("user_id", flat=True),
    }


def run() -> None:
    """One turn of the job that tells."""
    tell_turns()


def run_daily() -> None:
    """One turn of the job that erases."""
    tidy()


def install() -> None:
    """Called once, when Django is ready."""
    scheduled(Job("staffcare.tell_turns", run, every=timedelta(minutes=5)))
    scheduled(Job("staffcare.tidy", run_daily, every=timedelta(days=1)))
