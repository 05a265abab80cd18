"""Amal is taken in: a screening, a chapter that stands, and goes on, what happened, and a call promised."""

from __future__ import annotations

from typing import Any

from karama.care.actions import (
    answer_chapter,
    answer_own_chapter,
    begin_own_chapter,
    end_own_chapter,
    finish_chapter,
    keep_chapter_words,
    promise_call,
    say_company,
    say_leaving,
    screen,
)
from karama.care.models import Leaving


def made_intake(made: Any, canary: Any) -> None:
    """By the psychologist who works with her. What happened is told, then opened once more."""
    ada, person = made.actors["psychologist.assigned"], made.ids["person"]
    kept = screen(by=ada, person=person, stage=1, answers={"weighs": "yes"}, urgency="days")
    made.ids["screening"] = kept.value.id
    answer_chapter(by=ada, person=person, chapter="health", question="pain", answer=["some"])
    finish_chapter(by=ada, person=person, chapter="health", words=canary("intake_words"))
    answer_chapter(by=ada, person=person, chapter="health", question="sleep", answer=["bad"])
    keep_chapter_words(by=ada, person=person, chapter="health", words=canary("intake_draft"))
    say_company(by=ada, person=person, said="alone")
    told_apart(made)
    begin_own_chapter(by=ada, person=person, wish=True)


def told_apart(made: Any, period: str = "longer") -> None:
    """What happened, how she left, and a call for tomorrow."""
    ada, person = made.actors["psychologist.assigned"], made.ids["person"]
    begin_own_chapter(by=ada, person=person, wish=True)
    answer_own_chapter(by=ada, person=person, question="events", answer=["torture", "lost"])
    answer_own_chapter(by=ada, person=person, question="period", answer=[period])
    end_own_chapter(by=ada, person=person, how="told")
    say_leaving(by=ada, person=person, said="more_upset")
    row = Leaving.objects.filter(person_id=person).order_by("recorded_at").last()
    assert row is not None
    promise_call(by=ada, leaving=row.id)
    made.ids["leaving"] = made.ids["promised"] = row.id


INTAKE: dict[str, dict[str, Any]] = {
    "care.screen": {"stage": 1},
    "care.answer_chapter": {"chapter": "health", "question": "pain", "answer": ["some"]},
    "care.keep_chapter_words": {"chapter": "health"},
    "care.lower_urgency": {"urgency": "days", "reason": "words"},
    "care.finish_chapter": {"chapter": "health"},
    "care.skip_chapter": {"chapter": "health", "why": "skipped"},
    "care.answer_own_chapter": {"question": "events", "answer": ["held"]},
    "care.end_own_chapter": {"how": "refused"},
    "care.say_leaving": {"said": "calmer"},
    "care.settle_call": {"how": "reached"},
}
"""Arguments that fit the actions of an intake (AT072)."""
