"""What stands in a person's own copy of her intake, also what happened: it is hers. A guardian reads nothing of it.

And what is kept from readers who do not open what happened: in the list of who wrote and saw what it leaves no line.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.accounts import reach
from karama.accounts.models import Posting
from karama.care import intakes
from karama.care import intakewords as words
from karama.care.access import OPENING_OWN
from karama.care.models import IntakeChapter, IntakeDraft, IntakeScreening, Leaving, WhatHappened
from karama.journal import ERASED, Actor, clock
from karama.people.registries import CopySection, Untold
from karama.programme import packs
from karama.rules.intake import LEAVING, OWN
from karama.ui.dates import day

ACTIONS = frozenset(
    {
        "care.begin_own_chapter",
        "care.answer_own_chapter",
        "care.end_own_chapter",
        "care.say_leaving",
        "care.promise_call",
        "care.settle_call",
    }
)
ROUTES = ACTIONS | {"care.intake_own", "care.leaving", "care.after_leaving", "care.promised_call"}
"""Actions and pages of what happened: that one was done or opened would tell that it is there."""


def readable_copy(*, by: Actor, files: list[UUID]) -> list[CopySection]:
    """Screenings and chapters; apart from them what happened, and how she left, for a maker who opens it."""
    if "torture" not in by.compartments:
        return [CopySection(_("Our first conversations"), [*_screenings(files), *_chapters(files)])]
    return [
        CopySection(_("Our first conversations"), [*_screenings(files), *_chapters(files)]),
        CopySection(_("What happened"), [*_own(files), *_leavings(files)]),
    ]


def _screenings(files: list[UUID]) -> list[tuple[Any, Any]]:
    told: list[tuple[Any, Any]] = []
    known = {code: str(label) for code, label in words.YES_OR_NO} | {k: str(v) for k, v in words.MISSING.items()}
    for row in IntakeScreening.objects.filter(person_id__in=files).select_related("person__programme"):
        answers, rules = row.unseal("answers"), intakes.rules_of(row.person.programme.code)
        if not answers or answers is ERASED:
            continue
        told.append((_("Screening"), day(row.held_on)))
        asked = {one.code: packs.words(one.names) for one in (rules.questions if rules else ())}
        told += [(asked.get(one, one), known.get(said, said)) for one, said in answers.items() if said != "not_asked"]
        if urgency := row.text_of("urgency"):
            told.append((_("How urgent is it?"), words.URGENCIES.get(urgency, urgency)))
    return told


def _chapters(files: list[UUID]) -> list[tuple[Any, Any]]:
    told: list[tuple[Any, Any]] = []
    for chapter in intakes.open_chapters():
        row = intakes.standing(IntakeChapter, files, chapter=chapter.code)
        if row is None:
            continue
        told.append((words.named(chapter), f"{words.STATES[row.state]} · {day(row.told_on)}"))
        answers = row.unseal("answers")
        told += words.facts(chapter, answers) if answers and answers is not ERASED else []
        if text := row.text_of("words"):
            told.append((_("Words"), text))
    return told


def _own(files: list[UUID]) -> list[tuple[Any, Any]]:
    row, chapter = intakes.standing(WhatHappened, files), intakes.chapter(OWN)
    if row is None or chapter is None or (state := row.text_of("state")) not in words.STATES:
        return []
    answers = row.unseal("answers")
    told: list[tuple[Any, Any]] = [(words.STATES[state], day(row.told_on))]
    return told + (words.facts(chapter, answers) if answers and answers is not ERASED else [])


def _leavings(files: list[UUID]) -> list[tuple[Any, Any]]:
    rows = Leaving.objects.filter(person_id__in=files, said__isnull=False).order_by("opened_on", "id")
    told = ((day(row.opened_on), row.text_of("said")) for row in rows)
    return [(_("How you left on %(day)s") % {"day": on}, words.LEAVING[said]) for on, said in told if said in LEAVING]


def untold(reader: UUID, files: Collection[UUID]) -> Untold:
    """Whoever holds no duty that opens what happened is not told that something of it was written or opened."""
    if Posting.objects.filter(reach.current(clock.now()), user_id=reader, duty__in=OPENING_OWN).exists():
        return Untold()
    rows: set[UUID] = set()
    for model in (WhatHappened, Leaving):
        rows |= set(model.objects.filter(person_id__in=files).values_list("id", flat=True))
    rows |= set(IntakeDraft.objects.filter(person_id__in=files, chapter=OWN).values_list("id", flat=True))
    return Untold(frozenset(rows), ROUTES, ACTIONS)
