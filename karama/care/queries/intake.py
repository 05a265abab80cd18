"""An intake as its reader may see it: which chapters stand, what was told, what comes next, what was promised.

For a duty that does not open what happened there is no such chapter: not on the list, not on a page of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.care import intakes
from karama.care.access import INTAKE, OPENING_OWN, OWN_CHAPTER
from karama.care.models import IntakeChapter, IntakeDraft, Leaving, WhatHappened
from karama.care.queries.company import company_of
from karama.care.queries.files import deepest, files_of, living_rows, with_owner
from karama.journal import ERASED, Absent, Actor
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.knowledge.value_sets import IntakeChapter as Chapter
from karama.notices.queries import silent_among
from karama.people.deciding import limits_shown
from karama.people.joined import all_files_of, last_file
from karama.people.models import Person
from karama.people.queries import fields_of, ground_of_care, person_in_reach
from karama.programme.days import today_for
from karama.rules import intake as rule

Answers = Mapping[str, list[str]]


@dataclass(frozen=True)
class ChapterLine:
    """A chapter on the page of an intake. `state` is empty while none stands; `begun`: the reader's own draft."""

    chapter: Chapter
    state: str = ""
    on: date | None = None
    who: str = ""
    begun: date | None = None


@dataclass(frozen=True)
class Version:
    """What was told of a chapter before."""

    on: date
    who: str
    told: Answers
    words: str


@dataclass(frozen=True)
class ChapterPage:
    """What stands of a chapter, and the reader's draft. `question`: empty at the end; `since`: what was told last."""

    person: Person
    chapter: Chapter
    state: str
    on: date | None
    who: str
    told: Answers
    words: str
    drafted: bool
    answers: Answers
    draft_words: str
    question: str
    since: UUID | None = None
    earlier: tuple[Version, ...] = ()


@dataclass(frozen=True)
class OwnPage(ChapterPage):
    """`stands`: it was asked once; `leaving`: nobody said yet how; `overtaken`: told to a colleague since she began."""

    stands: bool = False
    may_ask: bool = False
    hide: bool = False
    agreed: bool = False
    leaving: bool = False
    overtaken: bool = False


def opens_own(by: Actor) -> bool:
    """Whether this duty opens what happened."""
    return by.duty in OPENING_OWN and "torture" in by.compartments


@asks
def intake_person(by: Actor, person: UUID) -> Asks[Person]:
    """The person whom this actor may take in, in a programme that does so. Raises `Absent`."""
    found = yield from person_in_reach.asking(by, person, INTAKE)
    if intakes.rules_of(found.programme.code) is None:
        raise Absent()
    return found


@asks
def lines_of(by: Actor, person: UUID) -> Asks[list[ChapterLine]]:
    """The chapters with where each stands, for this reader. Raises `Absent`."""
    found = yield from intake_person.asking(by, person)
    files = yield from files_of.asking(by, found)
    newest, begun_on = yield (_newest.later(files), _begun.later(files, by.id))
    stands, drafts = {one.chapter: one for one in newest}, dict(begun_on)
    who = yield from aliases_of.asking({one.author_id for one in stands.values()})
    told = []
    for chapter in intakes.open_chapters():
        row, begun = stands.get(chapter.code), drafts.get(chapter.code)
        if row is None:
            told.append(ChapterLine(chapter, begun=begun))
        else:
            told.append(ChapterLine(chapter, row.state, row.told_on, who.get(row.author_id, ""), begun))
    return told


@readymade
def _newest(files: list[UUID]) -> QuerySet[IntakeChapter, IntakeChapter]:
    rows = IntakeChapter.objects.filter(person_id__in=files, amended_by__isnull=True)
    return rows.order_by("recorded_at", "id")


@readymade
def _begun(files: list[UUID], user: UUID) -> QuerySet[Any]:
    rows = IntakeDraft.objects.filter(person_id__in=files, user_id=user)
    return rows.order_by("begun_on", "id").values_list("chapter", "begun_on")


def own_line(by: Actor, person: UUID) -> ChapterLine | None:
    """What happened as a line; None for whoever does not open it, and while somebody else is in the room."""
    if not opens_own(by) or company_of(by, person).hide:
        return None
    found, chapter = _own_person(by, person), intakes.chapter(rule.OWN)
    if chapter is None:
        return None
    files = files_of(by, found)
    begun = IntakeDraft.objects.filter(person_id__in=files, user_id=by.id, chapter=rule.OWN).values_list(
        "begun_on", flat=True
    )
    row = intakes.standing(WhatHappened, files)
    if row is None:
        return ChapterLine(chapter, begun=begun.first())
    opening_all({row.person_id})
    state = _plain(fields_of(by, row, ("state",)).get("state"))
    return ChapterLine(chapter, state, row.told_on, _alias(row.author_id), begun.first())


def chapter_page(by: Actor, person: UUID, code: str) -> ChapterPage:
    """One of the chapters of everybody. Raises `Absent`, also for a chapter that is not there."""
    found = intake_person(by, person)
    chapter = intakes.chapter(code)
    if chapter is None or code == rule.OWN:
        raise Absent()
    files = files_of(by, found)
    row, drafts = intakes.standing(IntakeChapter, files, chapter=code), _drafts(by, files, code)
    versions = list(intakes.told_versions(files, code))
    opening_all({one.person_id for one in (row, *drafts, *versions) if one is not None})
    told = fields_of(by, row, ("answers", "words")) if row is not None else {}
    answers, words = _drafted(by, drafts, "answers")
    names = aliases_of({one.author_id for one in versions})
    return ChapterPage(
        person=found,
        chapter=chapter,
        state=row.state if row is not None else "",
        on=row.told_on if row is not None else None,
        who=_alias(row.author_id) if row is not None else "",
        told=_answers(told.get("answers")),
        words=_plain(told.get("words")),
        drafted=bool(drafts),
        answers=answers,
        draft_words=words,
        question=rule.to_ask([one.code for one in chapter.questions], answers.keys()),
        since=versions[-1].id if versions else None,
        earlier=tuple(_version(by, one, names) for one in reversed(versions) if one != row),
    )


def own_page(by: Actor, person: UUID) -> OwnPage:
    """What happened. Raises `Absent` for every duty that does not open it."""
    found, chapter = _own_person(by, person), intakes.chapter(rule.OWN)
    if chapter is None:
        raise Absent()
    files, here = files_of(by, found), company_of(by, person)
    row, drafts = intakes.standing(WhatHappened, files), _drafts(by, files, rule.OWN)
    opening_all({one.person_id for one in (row, *drafts) if one is not None})
    told = fields_of(by, row, ("state", "answers")) if row is not None else {}
    answers, _no_words = _drafted(by, drafts, "own")
    state, ground = _plain(told.get("state")), ground_of_care(by, person)
    return OwnPage(
        person=found,
        chapter=chapter,
        state=state,
        on=row.told_on if row is not None else None,
        who=_alias(row.author_id) if row is not None else "",
        told=_answers(told.get("answers")),
        words="",
        drafted=bool(drafts),
        answers=answers,
        draft_words="",
        question=rule.to_ask([one.code for one in chapter.questions], answers.keys()),
        stands=rule.asked_once(state),
        may_ask=here.may_ask,
        hide=here.hide,
        agreed=limits_shown(person) and ground is not None and ground.ground in ("own", "guardian", "best_interest"),
        leaving=_leavings(by, files).filter(said__isnull=True).exists(),
        overtaken=bool(drafts) and rule.asked_once(state) and row is not None and drafts[0].begun_from != row.id,
    )


def leaving_awaited(by: Actor, person: UUID) -> Person:
    """The person of whom this worker has to say how she leaves. Raises `Absent` when nothing was opened: looked for
    before the person is, so that somebody with whom she opened nothing costs what nobody costs."""
    if not _leavings(by, all_files_of(person)).filter(said__isnull=True).exists():
        raise Absent()
    return _own_person(by, person)


def last_leaving(by: Actor, person: UUID) -> tuple[Person, Leaving, str]:
    """The last time this worker said how the person left, and what. Raises `Absent`."""
    row = _leavings(by, all_files_of(person)).filter(said__isnull=False).order_by("opened_on", "id").last()
    if row is None:
        raise Absent()
    found = _own_person(by, person)
    return found, row, _plain(fields_of(by, row, ("said",)).get("said"))


def call_page(by: Actor, leaving: UUID) -> tuple[Person, Leaving]:
    """A promised call. It tells nothing of why. Raises `Absent`."""
    row = Leaving.objects.filter(pk=leaving, call_on__isnull=False).select_related("person").first()
    row, found = with_owner(by, row, leaving, OWN_CHAPTER)
    return found, row


@asks
def calls_due(by: Actor) -> Asks[list[tuple[UUID, str, date]]]:
    """Calls that this worker promised, and of colleagues those that are a day late: (call, code, day)."""
    if not opens_own(by):
        return []
    deep, today = (yield from deepest.asking()), today_for(by)
    rows = yield _promised.later(by, today, deep)
    late = [one for one in rows if one.user_id == by.id or one.call_on < today]
    told = [(one, last_file(one.person)) for one in late]
    dead = yield from silent_among.asking([file.id for _row, file in told])
    return [(row.id, file.code, row.call_on) for row, file in told if file.id not in dead and row.call_on is not None]


@readymade
def _promised(by: Actor, today: date, deep: int) -> QuerySet[Leaving, Leaving]:
    rows = Leaving.objects.filter(called="", call_on__lte=today)
    near = living_rows(rows, by=by, policy=OWN_CHAPTER, deep=deep)
    return near.select_related("person").order_by("call_on", "id")


def _own_person(by: Actor, person: UUID) -> Person:
    found = person_in_reach(by, person, OWN_CHAPTER)
    if not opens_own(by) or intakes.rules_of(found.programme.code) is None:
        raise Absent()
    return found


def _leavings(by: Actor, files: list[UUID]) -> QuerySet[Leaving, Leaving]:
    return Leaving.objects.filter(person_id__in=files, user_id=by.id)


def _drafts(by: Actor, files: list[UUID], code: str) -> list[IntakeDraft]:
    rows = IntakeDraft.objects.filter(person_id__in=files, user_id=by.id, chapter=code)
    return list(rows.order_by("begun_on", "id"))


def _drafted(by: Actor, drafts: list[IntakeDraft], name: str) -> tuple[Answers, str]:
    """What stands in the drafts of one worker, as they become one when she goes on."""
    answers: dict[str, list[str]] = {}
    words = ""
    for one in drafts:
        fields = fields_of(by, one, (name, "words"))
        answers = rule.together(answers, dict(_answers(fields.get(name))), {})
        words = rule.words_together(words, _plain(fields.get("words")), "")
    return answers, words


def _version(by: Actor, row: IntakeChapter, names: Mapping[UUID, str]) -> Version:
    told = fields_of(by, row, ("answers", "words"))
    return Version(row.told_on, names.get(row.author_id, ""), _answers(told.get("answers")), _plain(told.get("words")))


def _alias(user: UUID) -> str:
    return aliases_of({user}).get(user, "")


def _answers(value: Any) -> Answers:
    return {} if value is None or value is ERASED else dict(value)


def _plain(value: Any) -> str:
    return "" if value is None or value is ERASED else str(value)
