"""Erasing the words of a message that is over: its key is destroyed, so they open nowhere, also not in the journal."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from karama.journal import Actor, action, clock
from karama.rules import complaints as law
from karama.security import vault
from karama.voice import packs
from karama.voice.access import ERASE_WORDS
from karama.voice.asked import Standing, standing_of
from karama.voice.models import Feedback, FeedbackKeptFrom, FeedbackStep
from karama.voice.problems import NotNow


@action("voice.erase_words", access=ERASE_WORDS, purpose="rights", erases=True)
def erase_words(*, by: Actor, feedback: UUID) -> FeedbackStep:
    """Erase the words of a message, of its answers and notes. Its kind, coarsened day and place, and its steps stay.

    Raises:
        NotNow: it is not over, its days are not, or its words are erased already.
    """
    row = Feedback.objects.select_for_update(of=("self",)).select_related("programme").filter(pk=feedback).first()
    standing = standing_of(feedback) if row is not None else None
    if row is None or standing is None:
        raise NotNow()
    keep = packs.voice_by_code(row.programme.code if row.programme else None).keeping.after
    if not law.is_over(standing.kind, [(one.step, one.recorded_at) for one in standing.steps], keep, clock.now()):
        raise NotNow()
    made = note_erased(standing)
    vault.erase(feedback)
    transaction.on_commit(lambda: vault.settled(feedback))
    return made


def note_erased(standing: Standing) -> FeedbackStep:
    """Say that its words are gone. Whoever it is kept from now stays kept from it."""
    row = standing.row
    known = set(FeedbackKeptFrom.objects.filter(feedback=row).values_list("user_id", flat=True))
    for user in sorted(standing.barred - known):
        FeedbackKeptFrom.objects.create(feedback=row, user_id=user, why="in_line")
    return FeedbackStep.objects.create(feedback=row, place=len(standing.steps) + 1, step="erased")
