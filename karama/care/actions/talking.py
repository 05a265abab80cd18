"""The short conversation of a contact by code: each answer is kept and told at once, whatever becomes of the rest."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from karama.care import contacts, targets
from karama.care.access import TALK
from karama.care.actions import shapes
from karama.care.models import BriefIntervention, GroupAnswer, Talk, TalkDraft
from karama.care.problems.apart import NoTalk, NotAskedOfChildren, NotThatAnswer
from karama.journal import ERASED, Absent, Actor, action
from karama.people.deciding import is_minor
from karama.people.models import Person
from karama.programme.days import today_at
from karama.rules import first_contact as rule
from karama.safety.actions import raise_alert

TOLD = "talk"
"""How an alert says that a short conversation raised it."""

Kind = Literal["pfa", "motivational", "coping", "psychoeducation"]
Groups = Annotated[list[shapes.Code], Field(max_length=12)]


@action("care.begin_talk", access=TALK, target=targets.of_person)
def begin_talk(*, by: Actor, person: UUID, again: bool = False) -> TalkDraft:
    """Begin a conversation, or go on with the one this worker has begun. A later visit asks less (`again`)."""
    draft = TalkDraft.objects.filter(person_id=person, user_id=by.id).first()
    if draft is None:
        draft = TalkDraft(person_id=person, user_id=by.id, again=again)
        for name, empty in (("asked", []), ("raised", []), ("answers", {}), ("answers_gbv", {})):
            draft.seal(name, empty)
        draft.save()
    return draft


@action("care.answer_talk", access=TALK, target=targets.of_person)
def answer_talk(*, by: Actor, person: UUID, item: shapes.Code, answer: shapes.Code) -> TalkDraft:
    """Keep one answer; a yes that somebody has to hear is told at once, and once in a conversation.

    Raises:
        NoTalk: none has begun. NotThatAnswer: not an answer to this question.
    """
    draft = _draft(by, person)
    if not rule.fits(item, answer) or item not in (rule.AGAIN if draft.again else rule.ITEMS):
        raise NotThatAnswer("answer")
    field = "answers_gbv" if item in rule.SAFETY else "answers"
    draft.seal(field, {**_kept(draft, field), item: answer})
    asked, raised = [one for one in _kept(draft, "asked") if one != item], list(_kept(draft, "raised"))
    draft.seal("asked", [*asked, item])
    told = rule.raised_by(item, answer, child=is_minor(Person.objects.get(pk=person)))
    if told and item not in raised:
        draft.seal("raised", [*raised, item])
    for one in told if item not in raised else ():
        raise_alert(by=by, person=person, kind=one.kind, grade=one.grade, source=TOLD, source_record=draft.id)
    draft.save()
    return draft


@action("care.finish_talk", access=TALK, target=targets.of_person)
def finish_talk(*, by: Actor, person: UUID, brief: Kind | Literal[""] = "") -> Talk:
    """End the conversation: it becomes a fact, with the brief intervention that was given. Raises `NoTalk`."""
    draft = _draft(by, person)
    site = Person.objects.values_list("site_id", flat=True).get(pk=person)
    plain, violence = _kept(draft, "answers"), _kept(draft, "answers_gbv")
    missing = rule.apart(rule.unasked(draft.again, _kept(draft, "asked")))
    row = Talk(person_id=person, site_id=site, held_on=today_at(site), again=draft.again)
    row.seal("answers", {**missing[0], **plain})
    row.seal("answers_gbv", {**missing[1], **violence} if violence else None)
    row.save()
    draft.delete()
    if brief:
        _give(person, site, brief)
    return row


@action("care.give_brief_intervention", access=TALK, target=targets.of_person)
def give_brief_intervention(*, by: Actor, person: UUID, kind: Kind) -> BriefIntervention:
    """Write down a brief intervention that was given today."""
    return _give(person, Person.objects.values_list("site_id", flat=True).get(pk=person), kind)


@action("care.answer_group", access=TALK, target=targets.of_person)
def answer_group(*, by: Actor, person: UUID, groups: Groups) -> GroupAnswer:
    """Keep to which groups an adult said that she belongs; an empty list says that she was asked and skipped it.

    Raises:
        NotAskedOfChildren: she is, or may be, a child. NotThatAnswer: a group the programme does not ask about.
    """
    file = Person.objects.select_related("programme").get(pk=person)
    if is_minor(file):
        raise NotAskedOfChildren()
    if not set(groups) <= {code for code, _words in contacts.groups(file.programme.code)}:
        raise NotThatAnswer("groups")
    row = GroupAnswer(person_id=person, asked_on=today_at(file.site_id))
    row.seal("groups", sorted(set(groups)))
    row.save()
    return row


def _give(person: UUID, site: UUID, kind: str) -> BriefIntervention:
    row = BriefIntervention(person_id=person, given_on=today_at(site))
    row.seal("kind", kind)
    row.save()
    return row


def _draft(by: Actor, person: UUID) -> TalkDraft:
    draft = TalkDraft.objects.select_for_update().filter(person_id=person, user_id=by.id).first()
    if draft is None:
        raise NoTalk()
    return draft


def _kept(draft: TalkDraft, name: str) -> Any:
    value = draft.unseal(name)
    if value is ERASED:
        raise Absent()
    return value or ({} if name.startswith("answers") else [])
