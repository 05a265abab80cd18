"""Many with the very same words came at once: whoever has read one of them puts the others aside. None is lost."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from karama.journal import Actor, action
from karama.rules import complaints as law
from karama.voice.access import ANSWER
from karama.voice.actions.answering import of_feedback
from karama.voice.around import around_now
from karama.voice.asked import Standing, held_back, standings
from karama.voice.models import Feedback, FeedbackStep
from karama.voice.problems import NotNow

AT_ONCE: Final = 500
MOST_LOOKED: Final = 5000
"""How many are put aside in one go, and how many are looked at for that; then the same button takes the next ones."""

PART: Final = 400


@action("voice.put_aside_same", access=ANSWER, target=of_feedback, purpose="rights")
def put_aside_same(*, by: Actor, feedback: UUID) -> FeedbackStep:
    """Put aside those held messages that say what this one says, word for word, and about the same one. This one is
    answered like any other.

    Only what the reader could take herself, what nobody has taken, and nothing that tells of a danger. Whoever meant
    hers says so under her code, and it is received again.

    Raises:
        NotNow: none has the same words.
    """
    row = Feedback.objects.get(pk=feedback)
    ids = [one for one in held_back(row.kind, "none") if one != feedback][:MOST_LOOKED]
    made: list[FeedbackStep] = []
    around, said = around_now(), _content(row)
    for start in range(0, len(ids), PART):
        held = Feedback.objects.select_for_update().filter(pk__in=ids[start : start + PART])
        alike = [one.id for one in held.order_by("received_on", "recorded_at", "id") if _content(one) == said]
        made += [_aside(one) for one in standings(alike, around) if _may(by, one)]
        if len(made) >= AT_ONCE:
            break
    if not made:
        raise NotNow()
    return made[-1]


def _may(by: Actor, standing: Standing) -> bool:
    return by.id in standing.asked and "put_aside" in law.steps_after(standing.kind, standing.state)


def _aside(standing: Standing) -> FeedbackStep:
    return FeedbackStep.objects.create(feedback=standing.row, place=len(standing.steps) + 1, step="put_aside")


def _content(row: Feedback) -> tuple[str, ...]:
    """What somebody said, without how it is spaced."""
    return tuple(" ".join(row.text_of(name).split()).casefold() for name in ("words", "about", "about_duty"))
