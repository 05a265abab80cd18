"""A conversation by code as its worker sees it: the next question, what came up, what is suggested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from karama.accounts.queries import aliases_of
from karama.care import contacts
from karama.care.access import TALK
from karama.care.models import BriefIntervention, GroupAnswer, Talk, TalkDraft
from karama.care.queries.asking import kinds_open
from karama.care.queries.company import VIOLENCE, company_of
from karama.care.queries.files import files_of
from karama.journal import ERASED, Absent, Actor
from karama.journal.access_log import opening_all
from karama.people.deciding import is_minor
from karama.people.models import Person
from karama.people.queries import fields_of, person_in_reach
from karama.rules import first_contact as rule
from karama.rules.alone import UNSAID


@dataclass(frozen=True)
class TalkPage:
    """Where a conversation stands. `item`: the next question, empty at the end; `ask_company`: first say who is there.

    `draft`: None until the first answer. `raised`: what was told to those who answer; nothing about violence is among
    it while it is not known that nobody can overhear.
    """

    person: Person
    draft: TalkDraft | None
    again: bool
    items: tuple[str, ...]
    asked: tuple[str, ...]
    item: str
    ask_company: bool
    raised: tuple[str, ...]
    themes: tuple[str, ...]
    suggested: str
    minor: bool

    @property
    def number(self) -> int:
        """Which question it is, from 1."""
        return self.items.index(self.item) + 1 if self.item in self.items else len(self.items)


def talk_person(by: Actor, person: UUID) -> Person:
    """The person with whom this actor may talk so. Raises `Absent`."""
    return person_in_reach(by, person, TALK)


def talk_page(by: Actor, person: UUID) -> TalkPage:
    """The actor's own conversation with a person, which begins with the first answer. Raises `Absent`."""
    found = talk_person(by, person)
    draft = TalkDraft.objects.filter(person_id=person, user_id=by.id).first()
    kept = {name: draft.unseal(name) if draft else None for name in ("asked", "raised", "answers")}
    if ERASED in kept.values():
        raise Absent()
    again = draft.again if draft is not None else _talked_before(by, found)
    open_kinds, here = kinds_open(found), company_of(by, person)
    violence = VIOLENCE in open_kinds
    items = rule.to_ask(again, safety=violence and here.may_ask, hope="suicide" in open_kinds)
    asked = tuple(kept["asked"] or ())
    left = [one for one in items if one not in asked]
    came_up = rule.themes(kept["answers"] or {})
    raised = tuple(kept["raised"] or ())
    shown = raised if here.may_ask else tuple(one for one in raised if one not in rule.SAFETY)
    safety = ("safety",) if set(shown) & set(rule.SAFETY) else ()
    return TalkPage(
        person=found,
        draft=draft,
        again=again,
        items=items,
        asked=asked,
        item=left[0] if left else "",
        ask_company=not left and violence and here == UNSAID,
        raised=shown,
        themes=came_up,
        suggested=rule.suggested((*came_up, *safety)),
        minor=is_minor(found),
    )


def is_child(person: Person) -> bool:
    """Whether a person is, or may be, a child: an age that nobody knows counts so."""
    return is_minor(person)


def has_talk(by: Actor, person: UUID) -> bool:
    """Whether this actor has begun a conversation and not finished it."""
    return TalkDraft.objects.filter(person_id=person, user_id=by.id).exists()


def _talked_before(by: Actor, person: Person) -> bool:
    """Whether there was such a conversation before, in any file of the person."""
    return Talk.objects.filter(person_id__in=files_of(by, person)).exists()


def talks_of(by: Actor, person: UUID, most: int = 10) -> list[tuple[Talk, str, Mapping[str, Any]]]:
    """Conversations with who held them and what may be read of them, the newest first. Raises `Absent`."""
    found = talk_person(by, person)
    rows = list(Talk.objects.filter(person_id__in=files_of(by, found)).order_by("-held_on", "-recorded_at")[:most])
    names = ("answers",) if company_of(by, person).hide else ("answers", "answers_gbv")
    if rows:
        opening_all({one.person_id for one in rows})
    who = aliases_of({one.author_id for one in rows})
    return [(one, who.get(one.author_id, ""), fields_of(by, one, names)) for one in rows]


def briefs_of(by: Actor, person: UUID, most: int = 10) -> list[tuple[BriefIntervention, str]]:
    """Brief interventions by kind, the newest first. Raises `Absent`."""
    found = talk_person(by, person)
    rows = list(
        BriefIntervention.objects.filter(person_id__in=files_of(by, found)).order_by("-given_on", "-recorded_at")[:most]
    )
    if rows:
        opening_all({one.person_id for one in rows})
    return [(one, str(fields_of(by, one, ("kind",)).get("kind") or "")) for one in rows]


def group_question(by: Actor, person: UUID) -> tuple[Person, list[tuple[str, str]]]:
    """The groups that may be asked of this person; none for whoever is or may be a child, and none while it was said
    that somebody else is here. Raises `Absent`.
    """
    found = talk_person(by, person)
    closed = is_minor(found) or company_of(by, person).hide
    return found, [] if closed else contacts.groups(found.programme.code)


def groups_said(by: Actor, person: UUID) -> list[str] | None:
    """What was answered last, in words, for a duty that opens it; None where nobody asked. Raises `Absent`.

    Nothing of a child's, whatever was once written down, and nothing while somebody else is in the room.
    """
    found = talk_person(by, person)
    if is_minor(found) or company_of(by, person).hide or "kp_sogi" not in by.compartments:
        return None
    row = GroupAnswer.objects.filter(person_id__in=files_of(by, found)).order_by("-recorded_at").first()
    if row is None:
        return None
    said = fields_of(by, row, ("groups",)).get("groups")
    known = dict(contacts.groups(found.programme.code))
    return None if said is None else [known.get(one, one) for one in said]
