"""A supervisor asks a colleague; the colleague answers; the supervisor reads the answer. Nothing ends in between."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal
from uuid import UUID

from karama.care.access import ANSWER_QUESTION, FOLLOW_QUESTION
from karama.care.actions import shapes
from karama.care.actions.handing_over import supervisors_of
from karama.care.asking import follows_on, of_question, opens
from karama.care.days import today_of
from karama.care.models import Note, Question
from karama.care.problems import (
    AnsweredAlready,
    AnsweredMeanwhile,
    NobodyToAsk,
    NotAnsweredYet,
    ReadByMore,
    ReasonNeeded,
)
from karama.journal import ERASED, Absent, Actor, action, clock
from karama.notices.actions import take_back, tell
from karama.people.joined import last_file
from karama.safety.models import Alert
from karama.safety.standing import standing_of

ASKED, ANSWERED = "care.asked", "care.answered"
"""Kinds of notices: to whoever is asked, and to who asked."""


def ask(
    by: Actor, *, about: str, subject: UUID, person: UUID | None, asked: UUID | None, words: str, plain: bool
) -> Question:
    """Put a question to a colleague, and tell her that there is one. What waited for an answer about the same
    thing ends with it. `plain`: its page had said that everybody in care with the person can read it. Called inside an
    action.

    Raises:
        ReasonNeeded: without words. NobodyToAsk: nobody, oneself, or a colleague who may not open it now.
        ReadByMore: more people could read it than was said.
    """
    if not words:
        raise ReasonNeeded("words")
    clinical = opens(asked, about, subject, person) if asked is not None and asked != by.id else None
    if asked is None or clinical is None:
        raise NobodyToAsk()
    if not clinical and not plain:
        raise ReadByMore()
    end_questions(by, Question.objects.filter(about=about, subject=subject, asker_id=by.id), "settled")
    row = Question(about=about, subject=subject, person_id=person, asker_id=by.id, asked_id=asked)
    row.asked_on = _today(row)
    row.seal("told" if clinical else "plain", {"words": words, "answer": ""})
    row.save()
    tell(by=by, user=asked, kind=ASKED, place=row.id)
    return row


def end_questions(by: Actor, rows: Iterable[Question], how: str) -> None:
    """End what is open of these. An answer that is there stays open until it was read. Called inside an action."""
    for row in rows:
        if not row.ended and (row.answered_on is not None) == (how == "read"):
            row.ended = how
            row.read_on = _today(row)
            row.save()
            take_back(by=by, place=row.id)


def note_corrected(by: Actor, note: Note) -> None:
    """Whoever was asked about a note has corrected it: that is her answer, and it is read again. Called inside an
    action."""
    end_questions(by, Question.objects.filter(about="note", subject=note.id, answered_on__isnull=True), "corrected")


@action("care.answer_question", access=ANSWER_QUESTION, target=of_question)
def answer_question(*, by: Actor, question: UUID, words: shapes.Words) -> Question:
    """Answer in words. Who asked is told, and sees the answer until she has read it.

    Raises:
        ReasonNeeded: without words. AnsweredAlready: there is an answer, or none is needed any more.
    """
    row = Question.objects.select_for_update(of=("self",)).get(pk=question)
    if row.ended or row.answered_on is not None:
        raise AnsweredAlready()
    if not words:
        raise ReasonNeeded("words")
    told = row.unseal(row.place)
    if told is None or told is ERASED:
        raise Absent()
    row.seal(row.place, {**told, "answer": words})
    row.answered_on = _today(row)
    row.save()
    take_back(by=by, place=row.id)
    for user in _told_of(row):
        tell(by=by, user=user, kind=ANSWERED, place=row.id)
    return row


@action("care.follow_question", access=FOLLOW_QUESTION, target=of_question)
def follow_question(
    *,
    by: Actor,
    question: UUID,
    how: Literal["read", "again", "settled"],
    words: shapes.Words = "",
    plain: bool = False,
    seen: bool = False,
) -> Question:
    """The answer was read; it is asked once more, with an answer or without; or no answer is needed any more.
    `plain`: see `ask`; `seen`: the answer stood on the page.

    Raises:
        AnsweredAlready: it is over. AnsweredMeanwhile: there is an answer that she has not seen. NotAnsweredYet:
        nothing to read. ReasonNeeded, NobodyToAsk, ReadByMore: see `ask`.
    """
    row = Question.objects.select_for_update(of=("self",)).get(pk=question)
    if row.ended:
        raise AnsweredAlready()
    if how == "read" and row.answered_on is None:
        raise NotAnsweredYet()
    if row.answered_on is not None and how != "read" and not (seen and how == "again"):
        raise AnsweredMeanwhile()
    if how == "again":
        end_questions(by, [row], "read" if row.answered_on is not None else "settled")
        told: dict[str, Any] = {"about": row.about, "subject": row.subject, "person": row.person_id}
        return ask(by, **told, asked=row.asked_id, words=words, plain=plain)
    end_questions(by, [row], how)
    return row


def _told_of(row: Question) -> list[UUID]:
    """Who is told of an answer: who asked; where she can read it no more, the supervisors who can."""
    if follows_on(row) or row.person is None:
        return [row.asker_id]
    alert = Alert.objects.filter(pk=row.subject).first() if row.about == "alert" else None
    barred = standing_of(alert).around.barred if alert is not None else frozenset()
    return supervisors_of(last_file(row.person), barred | {row.asker_id, row.asked_id})


def _today(row: Question) -> date:
    return clock.day_in_utc() if row.person_id is None else today_of(row.person_id)
