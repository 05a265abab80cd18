"""What is done about a message, step by step, by whoever is asked and is neither named nor in line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from karama.journal import Actor, Refused, action
from karama.rules import complaints as law
from karama.voice.access import ANSWER, TAKE
from karama.voice.actions.words import Words
from karama.voice.asked import Standing, standing_of
from karama.voice.models import Feedback, FeedbackKeptFrom, FeedbackStep
from karama.voice.problems import LastReader, NotNow, WordsNeeded


def of_feedback(*, by: Actor, feedback: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about one message; nothing when there is none, which denies."""
    found = standing_of(feedback)
    return found.attributes() if found is not None else {}


@action("voice.take_feedback", access=TAKE, target=of_feedback, purpose="rights")
def take_feedback(*, by: Actor, feedback: UUID) -> FeedbackStep:
    """Take it, and say that it is not about oneself or anybody close. Its words open for whoever has said so.

    Whoever is asked next, because the first one was silent for too long or is gone, takes it over.

    Raises:
        NotNow: it is answered, or she has it in hand.
    """
    standing = standing_of(feedback)
    if standing is not None and standing.acknowledged_by == by.id and standing.is_open:
        raise NotNow()
    return _step(by, feedback, "acknowledged")


@action("voice.step_aside", access=TAKE, target=of_feedback, purpose="rights")
def step_aside(*, by: Actor, feedback: UUID) -> FeedbackKeptFrom:
    """Somebody else should look at it: for whoever says so it does not exist from now on, and the next is asked.

    Raises `LastReader`: nobody would be left.
    """
    row = Feedback.objects.select_for_update().get(pk=feedback)
    made = FeedbackKeptFrom.objects.create(feedback=row, user_id=by.id, why="stepped_aside")
    standing = standing_of(feedback)
    if standing is None or not standing.permitted:
        raise LastReader()
    return made


@action("voice.look_into", access=ANSWER, target=of_feedback, purpose="rights")
def look_into(*, by: Actor, feedback: UUID, words: Words) -> FeedbackStep:
    """Note what was found out. Raises `WordsNeeded`, `NotNow`."""
    return _step(by, feedback, "looked_into", _said(words))


@action("voice.answer_feedback", access=ANSWER, target=of_feedback, purpose="rights")
def answer_feedback(*, by: Actor, feedback: UUID, words: Words) -> FeedbackStep:
    """Answer, in the words that are given back under the token. Raises `WordsNeeded`, `NotNow`."""
    return _step(by, feedback, "answered", _said(words))


@action("voice.hand_outside", access=ANSWER, target=of_feedback, purpose="rights")
def hand_outside(*, by: Actor, feedback: UUID, words: Words) -> FeedbackStep:
    """It was handed to somebody outside the organisation; `words`: to whom and how. Raises `WordsNeeded`, `NotNow`."""
    return _step(by, feedback, "outside", _said(words))


@action("voice.pass_on", access=ANSWER, target=of_feedback, purpose="rights")
def pass_on(*, by: Actor, feedback: UUID, words: Words = "") -> FeedbackStep:
    """It turned out to be sensitive: it leaves everybody of the site, whoever passes it on among them.

    Raises:
        NotNow: it is sensitive already, or stands somewhere else.
    """
    return _step(by, feedback, "passed_on", words)


@action("voice.close_feedback", access=ANSWER, target=of_feedback, purpose="rights")
def close_feedback(*, by: Actor, feedback: UUID, words: Words = "") -> FeedbackStep:
    """Nothing more is to be done. A complaint is answered or handed outside first. Raises `NotNow`."""
    return _step(by, feedback, "closed", words)


def _said(words: str) -> str:
    if not words:
        raise WordsNeeded()
    return words


def _step(by: Actor, feedback: UUID, step: str, words: str = "") -> FeedbackStep:
    row = Feedback.objects.select_for_update().get(pk=feedback)
    standing = _still_asked(by, feedback)
    if step not in law.steps_after(standing.kind, standing.state, standing.disagreements):
        raise NotNow()
    made = FeedbackStep(feedback=row, place=len(standing.steps) + 1, step=step)
    made.seal("words", words or None)
    made.save()
    return made


def _still_asked(by: Actor, feedback: UUID) -> Standing:
    """Where it stands now that its row is held. Raises `Refused` for whom it no longer exists."""
    standing = standing_of(feedback)
    if standing is None or by.id not in standing.asked:
        raise Refused("barred")
    return standing
