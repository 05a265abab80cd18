"""What happens without a click: erasing the words of messages that are over, once a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from karama.jobs.schedule import Job, scheduled
from karama.journal import Actor, Problem
from karama.voice.access import KEEPER_JOB
from karama.voice.actions import erase_words
from karama.voice.models import Feedback, FeedbackStep

KEEPER: Final = Actor(id=UUID("0190c0de-0000-7000-8000-0000000005a2"), kind="job", duty=KEEPER_JOB, name="Messages")


def erase_old_words() -> int:
    """Erase the words of every message whose days are over; returns of how many. Run again, it finds nothing more."""
    steps = FeedbackStep.objects.filter(feedback=OuterRef("pk"))
    answered = Exists(steps.filter(step__in=("answered", "closed", "put_aside")))
    rows = Feedback.objects.filter(answered, ~Exists(steps.filter(step="erased")))
    done = 0
    for feedback in list(rows.order_by("id").values_list("id", flat=True)):
        try:
            erase_words(by=KEEPER, feedback=feedback)
        except Problem:
            continue  # it is not over, its days are not, or somebody was quicker
        done += 1
    return done


def run() -> None:
    """One turn of the daily job."""
    erase_old_words()


def install() -> None:
    """Called once, when Django is ready."""
    scheduled(Job("voice.erase_old_words", run, every=timedelta(days=1)))
