"""What happened, by category only: asked once, stopped with one tap; and how the person leaves, before anything closes.

It is never needed in order to receive care, and no number is made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from karama.care import intakes, targets
from karama.care.access import OWN_CHAPTER
from karama.care.actions import shapes
from karama.care.actions.intake import Given
from karama.care.actions.intakedrafts import draft_of, kept
from karama.care.models import IntakeDraft, Leaving, WhatHappened
from karama.care.problems.apart import NotThatAnswer
from karama.care.problems.intake import (
    AgreeFirst,
    HowLeavingFirst,
    NoCallAgreed,
    NoCallOpen,
    NoIntakeHere,
    NotAloneNow,
    NotBegun,
    StandsAlready,
)
from karama.care.queries.company import company_of
from karama.journal import ERASED, Absent, Actor, action
from karama.people.deciding import limits_shown
from karama.people.joined import file_that_remains, files_of
from karama.people.models import Person
from karama.people.queries import ground_of_care
from karama.people.reaching import may_call
from karama.programme.days import today_at
from karama.rules import intake as rule

RESTS: Final = ("own", "guardian", "best_interest")
"""Grounds of care on which it may be opened; emergency care is none of them."""
MORE: Final = "wanted to say more"


@action("care.begin_own_chapter", access=OWN_CHAPTER, target=targets.of_person)
def begin_own_chapter(*, by: Actor, person: UUID, wish: bool = False) -> IntakeDraft:
    """Open the chapter. From now on nothing of this day closes before the person was asked how she leaves.

    `wish`: the person herself wants to say more about what stands already.

    Raises:
        NotAloneNow, AgreeFirst: what has to come before. StandsAlready: it was asked once. HowLeavingFirst: it was
        opened before, and nobody asked how she left.
    """
    may_open(by, person)
    files = files_of(person)
    if awaited(by, files) is not None:
        raise HowLeavingFirst()
    stands, draft = intakes.standing(WhatHappened, files), draft_of(by, person, rule.OWN)
    said = _sealed(stands, "state") if stands is not None else ""
    if rule.asked_once(said) and not wish and (draft is None or _overtaken(draft, stands)):
        raise StandsAlready()
    today = _today(person)
    if draft is None:
        draft = IntakeDraft(person_id=person, user_id=by.id, chapter=rule.OWN, begun_on=today)
        draft.begun_from = stands.id if stands is not None else None
        draft.seal("own", (_sealed(stands, "answers") if stands is not None else None) or {})
        draft.save()
    elif stands is not None and _overtaken(draft, stands):
        draft.begun_from = stands.id
        draft.seal("own", rule.added(_sealed(stands, "answers") or {}, kept(draft, "own")))
        draft.save()
    Leaving(person_id=person, user_id=by.id, opened_on=today).save()
    return draft


@action("care.answer_own_chapter", access=OWN_CHAPTER, target=targets.of_person)
def answer_own_chapter(*, by: Actor, person: UUID, question: shapes.Code, answer: Given) -> IntakeDraft:
    """Keep one answer, or why there is none.

    Raises:
        NotAloneNow, AgreeFirst: what has to stand. NotBegun: it was not opened. NotThatAnswer: not an answer.
        StandsAlready: a colleague was told since it was opened.
    """
    may_open(by, person)
    chapter = intakes.chapter(rule.OWN)
    asked = chapter.question(question) if chapter is not None else None
    if asked is None or not rule.fits_choices(answer, [code for code, _w in asked.choices], many=asked.many):
        raise NotThatAnswer("answer")
    draft = draft_of(by, person, rule.OWN)
    if draft is None or awaited(by, files_of(person)) is None:
        raise NotBegun()
    if _overtaken(draft, intakes.standing(WhatHappened, files_of(person))):
        raise StandsAlready()
    draft.seal("own", {**kept(draft, "own"), question: answer})
    draft.save()
    return draft


@action("care.end_own_chapter", access=OWN_CHAPTER, target=targets.of_person)
def end_own_chapter(
    *, by: Actor, person: UUID, how: Literal["told", "stopped", "skipped", "refused", "not_asked", "dont_know"]
) -> WhatHappened:
    """End the chapter, at any moment and whoever came in: what was said is kept, and the rest is never asked.

    Raises:
        NotBegun: nothing was opened that could end so. StandsAlready: it was asked once, and stands.
    """
    draft = draft_of(by, person, rule.OWN)
    if draft is None and how in ("told", "stopped"):
        raise NotBegun()
    Person.objects.select_for_update().get(pk=person)
    stands = intakes.standing(WhatHappened, files_of(person))
    if draft is None and stands is not None and rule.asked_once(_sealed(stands, "state")):
        raise StandsAlready()
    before = intakes.standing(WhatHappened, [person])
    row = WhatHappened(person_id=person, told_on=_today(person), amends=before)
    row.seal("amend_reason", MORE if before is not None else None)
    answers = kept(draft, "own") if draft is not None else {}
    state = "stopped" if answers and how not in ("told", "stopped") else how
    if draft is not None and stands is not None and _overtaken(draft, stands):
        answers, before_her = rule.added(_sealed(stands, "answers") or {}, answers), _sealed(stands, "state")
        state = before_her if before_her == "told" or not answers else "stopped"
    row.seal("state", state)
    row.seal("answers", answers or None)
    row.save()
    if draft is not None:
        draft.delete()
    return row


@action("care.say_leaving", access=OWN_CHAPTER, target=targets.of_person)
def say_leaving(
    *,
    by: Actor,
    person: UUID,
    said: Literal["calmer", "as_before", "more_upset", "left_suddenly", "interrupted", "did_not_want"],
) -> Leaving:
    """How the person leaves, or why nobody asked. Raises `NotBegun` when nothing was opened."""
    row = awaited(by, files_of(person))
    if row is None:
        raise NotBegun()
    row.seal("said", said)
    row.save()
    return row


def of_leaving(*, by: Actor, leaving: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of a call that was promised."""
    person = Leaving.objects.filter(pk=leaving).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.promise_call", access=OWN_CHAPTER, target=of_leaving)
def promise_call(*, by: Actor, leaving: UUID) -> Leaving:
    """Promise to call tomorrow. Raises `NoCallOpen` when one was promised, or nobody said how the person left;
    `NoCallAgreed`."""
    row = Leaving.objects.select_for_update(of=("self",)).get(pk=leaving)
    if row.call_on is not None or row.said is None:
        raise NoCallOpen()
    if not may_call(Person.objects.get(pk=file_that_remains(row.person_id))):
        raise NoCallAgreed()
    row.call_on = max(_today(row.person_id), row.opened_on) + timedelta(days=1)
    row.save()
    return row


@action("care.settle_call", access=OWN_CHAPTER, target=of_leaving)
def settle_call(*, by: Actor, leaving: UUID, how: Literal["reached", "again", "not_needed"]) -> Leaving:
    """What became of a promised call; `again`: nobody answered, try tomorrow. Raises `NoCallOpen`."""
    row = Leaving.objects.select_for_update(of=("self",)).get(pk=leaving)
    if row.call_on is None or row.called:
        raise NoCallOpen()
    if how == "again":
        row.call_on = max(_today(row.person_id), row.opened_on) + timedelta(days=1)
    else:
        row.called = how
    row.save()
    return row


def may_open(by: Actor, person: UUID) -> None:
    """Whether what happened may be opened now. Raises `NoIntakeHere`, `NotAloneNow`, `AgreeFirst`."""
    code = str(Person.objects.values_list("programme__code", flat=True).get(pk=person))
    if intakes.rules_of(code) is None:
        raise NoIntakeHere()
    if not company_of(by, person).may_ask:
        raise NotAloneNow()
    ground = ground_of_care(by, person)
    if not limits_shown(person) or ground is None or ground.ground not in RESTS:
        raise AgreeFirst()


def awaited(by: Actor, files: list[UUID]) -> Leaving | None:
    """The opening by this worker after which nobody has said yet how the person left."""
    return Leaving.objects.filter(person_id__in=files, user_id=by.id, said__isnull=True).order_by("opened_on").first()


def must_ask_first(by: Actor, person: UUID, day: date) -> bool:
    """Whether a session of this worker with this person on this day waits for "how are you leaving?"."""
    if "torture" not in by.compartments:
        return False
    row = awaited(by, files_of(person))
    return row is not None and row.opened_on <= day


def _overtaken(draft: IntakeDraft, stands: WhatHappened | None) -> bool:
    """Whether it was told to a colleague, or refused, since this draft was begun: then nobody asks it again."""
    if stands is None or stands.id == draft.begun_from:
        return False
    return rule.asked_once(_sealed(stands, "state"))


def _sealed(row: WhatHappened, name: str) -> Any:
    value = row.unseal(name)
    if value is ERASED:
        raise Absent()
    return value


def _today(person: UUID) -> date:
    return today_at(Person.objects.values_list("site_id", flat=True).get(pk=person))
