"""An intake in chapters: each answer is kept at once, and nothing is required to save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.care import intakes, targets
from karama.care.access import INTAKE
from karama.care.actions import shapes
from karama.care.actions.intakedrafts import begun, draft_of, kept, newest_told, today_of, with_what_stands
from karama.care.models import IntakeChapter, IntakeDraft
from karama.care.problems.apart import NotThatAnswer
from karama.care.problems.intake import NoIntakeHere, NotBegun, ToldAlready
from karama.journal import Actor, action
from karama.knowledge.value_sets import IntakeChapter as Chapter
from karama.people.actions import papers
from karama.people.models import Paper, Person
from karama.rules import intake as rule

WORDS: Final = 6000
"""So long the words of a chapter may be: those of colleagues who wrote beside each other stand together."""
Given = Annotated[list[shapes.Code], Field(max_length=20)]
ChapterWords = Annotated[str, StringConstraints(strip_whitespace=True, max_length=WORDS)]
Missing = Literal["skipped", "refused", "not_asked", "dont_know"]
ADDED: Final = "said again"
"""Why a newer version of a chapter amends the one before."""


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
    draft = draft_of(by, person, chapter) or begun(by, person, chapter)
    draft.seal("answers", {**kept(draft, "answers"), question: answer})
    draft.save()
    return draft


@action("care.keep_chapter_words", access=INTAKE, target=targets.of_person)
def keep_chapter_words(
    *, by: Actor, person: UUID, chapter: shapes.Code, words: ChapterWords, since: UUID | None = None
) -> IntakeDraft:
    """Keep the words of a chapter that goes on, as they are typed. `since`: the version their writer has before her."""
    chapter_asked(person, chapter)
    draft = draft_of(by, person, chapter) or begun(by, person, chapter, since)
    draft.seal("words", words or None)
    draft.save()
    return draft


@action("care.finish_chapter", access=INTAKE, target=targets.of_person)
def finish_chapter(
    *,
    by: Actor,
    person: UUID,
    chapter: shapes.Code,
    words: ChapterWords | None = None,
    paper: UUID | None = None,
    since: UUID | None = None,
) -> IntakeChapter:
    """A chapter stands as far as it was told; what was not reached is kept as not asked. Words are optional: without
    an argument those of the draft stay. What a colleague told since the draft was begun stays, too. `paper`: the sheet
    it was told on, which says the day. `since`: the version its writer has before her. Raises `NotBegun`, `PaperOlder`
    when the chapter was told again since."""
    sheet = papers.being_typed(by, paper, "chapter", person)
    asked = chapter_asked(person, chapter)
    Person.objects.select_for_update(of=("self",)).get(pk=person)
    draft = draft_of(by, person, chapter)
    if draft is None and not words:
        raise NotBegun()
    going = draft or begun(by, person, chapter, since)
    answers, told = with_what_stands(going, person, going.text_of("words") if words is None else words)
    answers = {one.code: ["not_asked"] for one in asked.questions} | answers
    if draft is not None:
        draft.delete()
    row = _stand(person, chapter, "told", answers, told, sheet)
    papers.enter(sheet, row)
    return row


@action("care.skip_chapter", access=INTAKE, target=targets.of_person)
def skip_chapter(*, by: Actor, person: UUID, chapter: shapes.Code, why: Missing) -> IntakeChapter:
    """A chapter is left out, with why. A draft in which something stands goes on. Raises `ToldAlready`."""
    chapter_asked(person, chapter)
    Person.objects.select_for_update(of=("self",)).get(pk=person)
    if newest_told(person, chapter) is not None:
        raise ToldAlready()
    draft = draft_of(by, person, chapter)
    if draft is not None and draft.answers is None and draft.words is None:
        draft.delete()
    return _stand(person, chapter, why, None, "")


def chapter_asked(person: UUID, code: str) -> Chapter:
    """A chapter that is gone through with this person; what happened has actions of its own. Raises `NoIntakeHere`."""
    found = intakes.chapter(code)
    if found is None or code == rule.OWN or intakes.rules_of(programme_of(person)) is None:
        raise NoIntakeHere()
    return found


def _stand(
    person: UUID, chapter: str, state: str, answers: Mapping[str, Any] | None, words: str, sheet: Paper | None = None
) -> IntakeChapter:
    Person.objects.select_for_update(of=("self",)).get(pk=person)  # so that there is one newest version
    before = intakes.standing(IntakeChapter, [person], chapter=chapter)
    papers.check_newest(sheet, before.told_on if before is not None else None)
    day = papers.day_of(sheet, today_of(person))
    row = IntakeChapter(person_id=person, chapter=chapter, told_on=day, state=state, amends=before)
    row.seal("amend_reason", ADDED if before is not None else None)
    row.seal("answers", answers)
    row.seal("words", words or None)
    row.save()
    return row


def programme_of(person: UUID) -> str:
    """The code of her programme."""
    return str(Person.objects.values_list("programme__code", flat=True).get(pk=person))
