"""Drafts of chapters: one worker's, begun from what stood; what colleagues told beside each other is put together."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from karama.care import intakes
from karama.care.models import IntakeChapter, IntakeDraft
from karama.journal import ERASED, Absent, Actor
from karama.people.joined import files_of
from karama.people.models import Person
from karama.programme.days import today_at
from karama.rules import intake as rule

Told = dict[str, list[str]]


def draft_of(by: Actor, person: UUID, chapter: str) -> IntakeDraft | None:
    """This worker's own draft of a chapter, in whichever file of the person she began it. Where she has several, since
    files were joined or a colleague left hers, they become one here, and no answer of any of them is lost."""
    rows = IntakeDraft.objects.select_for_update(of=("self",)).filter(
        person_id__in=files_of(person), user_id=by.id, chapter=chapter
    )
    found = list(rows.order_by("begun_on", "id"))
    if len(found) < 2:
        return found[0] if found else None
    first = found[0]
    for name in ("answers", "own"):
        answers: Told = {}
        for one in found:
            answers = rule.together(answers, kept(one, name), {})
        first.seal(name, answers or None)
    words = ""
    for one in found:
        words = rule.words_together(words, one.text_of("words"), "")
    first.seal("words", words or None)
    first.save()
    for one in found[1:]:
        one.delete()
    return first


def kept(row: IntakeDraft, name: str) -> Told:
    """Answers under seal. Raises `Absent` when they are erased."""
    value = row.unseal(name)
    if value is ERASED:
        raise Absent()
    return dict(value or {})


def begun(by: Actor, person: UUID, chapter: str, since: UUID | None = None) -> IntakeDraft:
    """A new draft, with what was told last; not saved yet. `since`: the version that its writer had before her, when
    she saw one, or an id of nothing when she saw none."""
    draft = IntakeDraft(person_id=person, user_id=by.id, chapter=chapter, begun_on=today_of(person))
    stands = told_before(person, chapter, since) if since is not None else newest_told(person, chapter)
    draft.begun_from = stands.id if stands is not None else None
    for name in ("answers", "words"):
        draft.seal(name, _sealed(stands, name))
    return draft


def newest_told(person: UUID, chapter: str) -> IntakeChapter | None:
    """The newest version in which something was told, also where the chapter was left out since."""
    return intakes.told_versions(files_of(person), chapter).last()


def told_before(person: UUID, chapter: str, version: UUID | None) -> IntakeChapter | None:
    """One version of this chapter in which something was told."""
    rows = intakes.told_versions(files_of(person), chapter)
    return rows.filter(pk=version).first() if version is not None else None


def with_what_stands(draft: IntakeDraft, person: UUID, words: str) -> tuple[Told, str]:
    """The answers and the words of a draft, together with what a colleague told since it was begun."""
    answers, newest = kept(draft, "answers"), newest_told(person, draft.chapter)
    if newest is None or newest.id == draft.begun_from:
        return answers, words
    before = told_before(person, draft.chapter, draft.begun_from)
    theirs = _sealed(newest, "answers") or {}
    told = rule.together(theirs, answers, _sealed(before, "answers") or {})
    return told, rule.words_together(_text(newest), words, _text(before))


def today_of(person: UUID) -> date:
    """The day where the person is met."""
    return today_at(Person.objects.values_list("site_id", flat=True).get(pk=person))


def _sealed(row: IntakeChapter | None, name: str) -> Any:
    value = row.unseal(name) if row is not None else None
    return None if value is ERASED else value


def _text(row: IntakeChapter | None) -> str:
    return row.text_of("words") if row is not None else ""
