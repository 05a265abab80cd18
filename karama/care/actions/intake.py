"""Two short screenings, and an intake in chapters: each answer is kept at once, and nothing is required to save."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import Field

from karama.care import intakes, targets
from karama.care.access import INTAKE
from karama.care.actions import shapes
from karama.care.models import IntakeChapter, IntakeDraft, IntakeScreening
from karama.care.problems.apart import NotThatAnswer
from karama.care.problems.intake import NoIntakeHere, NotBegun
from karama.journal import ERASED, Absent, Actor, action
from karama.knowledge.value_sets import IntakeChapter as Chapter
from karama.people.actions import papers
from karama.people.joined import files_of
from karama.people.models import Paper, Person
from karama.programme.days import today_at
from karama.rules import intake as rule

Given = Annotated[list[shapes.Code], Field(max_length=20)]
Missing = Literal["skipped", "refused", "not_asked", "dont_know"]
ADDED: Final = "said again"
"""Why a newer version of a chapter amends the one before."""


@action("care.screen", access=INTAKE, target=targets.of_person)
def screen(
    *,
    by: Actor,
    person: UUID,
    stage: Annotated[int, Field(ge=1, le=2)],
    answers: Annotated[dict[shapes.Code, shapes.Code], Field(max_length=40)] = {},  # noqa: B006 - pydantic copies it
    urgency: Literal["", "now", "days", "weeks"] = "",
    paper: UUID | None = None,
) -> IntakeScreening:
    """Keep a short screening. What was not answered is kept as not asked; nothing of it refuses anybody.

    Raises:
        NoIntakeHere: the programme's pack has none. NotThatAnswer: a question or an answer that is not on the list.
    """
    rules = intakes.rules_of(_programme(person))
    if rules is None:
        raise NoIntakeHere()
    asked = [one.code for one in rules.of_stage(stage)]
    if not answers.keys() <= set(asked) or not set(answers.values()) <= {*rule.YES_OR_NO, *rule.MISSING}:
        raise NotThatAnswer("answers")
    sheet = papers.being_typed(by, paper, "screening" if stage == 1 else "screening_2", person)
    row = IntakeScreening(person_id=person, held_on=papers.day_of(sheet, _today(person)), stage=stage)
    row.seal("answers", {one: answers.get(one, "not_asked") for one in asked})
    row.seal("urgency", urgency or None)
    row.save()
    papers.enter(sheet, row)
    return row


@action("care.answer_chapter", access=INTAKE, target=targets.of_person)
def answer_chapter(
    *, by: Actor, person: UUID, chapter: shapes.Code, question: shapes.Code, answer: Given
) -> IntakeDraft:
    """Keep one answer of a chapter, or why there is none. The first one begins it, with what stands there already.

    Raises:
        NoIntakeHere: there is no such chapter here. NotThatAnswer: not an answer to this question.
    """
    asked = chapter_asked(person, chapter).question(question)
    if asked is None or not rule.fits_choices(answer, [code for code, _w in asked.choices], many=asked.many):
        raise NotThatAnswer("answer")
    draft = draft_of(by, person, chapter) or _begun(by, person, chapter)
    draft.seal("answers", {**kept(draft, "answers"), question: answer})
    draft.save()
    return draft


@action("care.keep_chapter_words", access=INTAKE, target=targets.of_person)
def keep_chapter_words(*, by: Actor, person: UUID, chapter: shapes.Code, words: shapes.Words) -> IntakeDraft:
    """Keep the words of a chapter that goes on, as they are typed."""
    chapter_asked(person, chapter)
    draft = draft_of(by, person, chapter) or _begun(by, person, chapter)
    draft.seal("words", words or None)
    draft.save()
    return draft


@action("care.finish_chapter", access=INTAKE, target=targets.of_person)
def finish_chapter(
    *, by: Actor, person: UUID, chapter: shapes.Code, words: shapes.Words | None = None, paper: UUID | None = None
) -> IntakeChapter:
    """A chapter stands as far as it was told; what was not reached is kept as not asked. Words are optional: without
    an argument those of the draft stay. `paper`: the sheet it was told on, which says the day. Raises `NotBegun`,
    `PaperOlder` when the chapter was told again since."""
    sheet = papers.being_typed(by, paper, "chapter", person)
    asked = chapter_asked(person, chapter)
    draft = draft_of(by, person, chapter)
    if draft is None and not words:
        raise NotBegun()
    begun = draft or _begun(by, person, chapter)
    answers = {one.code: ["not_asked"] for one in asked.questions} | kept(begun, "answers")
    told = begun.text_of("words") if words is None else words
    if draft is not None:
        draft.delete()
    row = _stand(person, chapter, "told", answers, told, sheet)
    papers.enter(sheet, row)
    return row


@action("care.skip_chapter", access=INTAKE, target=targets.of_person)
def skip_chapter(*, by: Actor, person: UUID, chapter: shapes.Code, why: Missing) -> IntakeChapter:
    """A chapter is left out, with why. What stood before stays readable; a draft of it goes."""
    chapter_asked(person, chapter)
    draft = draft_of(by, person, chapter)
    if draft is not None:
        draft.delete()
    return _stand(person, chapter, why, None, "")


def chapter_asked(person: UUID, code: str) -> Chapter:
    """A chapter that is gone through with this person; what happened has actions of its own. Raises `NoIntakeHere`."""
    found = intakes.chapter(code)
    if found is None or code == rule.OWN or intakes.rules_of(_programme(person)) is None:
        raise NoIntakeHere()
    return found


def draft_of(by: Actor, person: UUID, chapter: str) -> IntakeDraft | None:
    """This worker's own draft of a chapter, in whichever file of the person she began it."""
    found = IntakeDraft.objects.select_for_update().filter(
        person_id__in=files_of(person), user_id=by.id, chapter=chapter
    )
    return found.order_by("begun_on", "id").last()


def kept(row: IntakeDraft, name: str) -> dict[str, list[str]]:
    """Answers under seal. Raises `Absent` when they are erased."""
    value = row.unseal(name)
    if value is ERASED:
        raise Absent()
    return dict(value or {})


def _begun(by: Actor, person: UUID, chapter: str) -> IntakeDraft:
    draft = IntakeDraft(person_id=person, user_id=by.id, chapter=chapter, begun_on=_today(person))
    stands = intakes.standing(IntakeChapter, files_of(person), chapter=chapter)
    if stands is not None and stands.state == "told":
        for name in ("answers", "words"):
            value = stands.unseal(name)
            draft.seal(name, None if value is ERASED else value)
    return draft


def _stand(
    person: UUID, chapter: str, state: str, answers: Mapping[str, Any] | None, words: str, sheet: Paper | None = None
) -> IntakeChapter:
    Person.objects.select_for_update().get(pk=person)  # one after another, so that there is one newest version
    before = intakes.standing(IntakeChapter, [person], chapter=chapter)
    papers.check_newest(sheet, before.told_on if before is not None else None)
    day = papers.day_of(sheet, _today(person))
    row = IntakeChapter(person_id=person, chapter=chapter, told_on=day, state=state, amends=before)
    row.seal("amend_reason", ADDED if before is not None else None)
    row.seal("answers", answers)
    row.seal("words", words or None)
    row.save()
    return row


def _programme(person: UUID) -> str:
    return str(Person.objects.values_list("programme__code", flat=True).get(pk=person))


def _today(person: UUID) -> date:
    return today_at(Person.objects.values_list("site_id", flat=True).get(pk=person))
