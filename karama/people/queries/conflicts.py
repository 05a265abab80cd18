"""Who is involved with a person, for whoever decides who works with her; and who was not asked yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from karama.journal import Actor
from karama.people import workers
from karama.people.joined import files_of
from karama.people.models import INVOLVED, Assignment, Conflict
from karama.people.queries.page import PersonPage, fields_of


@dataclass(frozen=True)
class Involved:
    """A colleague who is a relative, a neighbour or otherwise involved. `note`: for a supervisor only."""

    user: UUID
    alias: str
    accepted: bool
    note: str


def may_assign(by: Actor, around: Iterable[Assignment]) -> bool:
    """Whether the reader changes who works with a person: the supervisor, and whoever is responsible."""
    return by.duty == "supervisor" or any(one.user_id == by.id and one.role == "lead" for one in around)


def declared_among(by: Actor, around: Iterable[Assignment]) -> frozenset[UUID]:
    """Of those who work with a person, whoever was declared, for whoever assigns; never the reader herself."""
    rows = list(around)
    if not may_assign(by, rows):
        return frozenset()
    return frozenset(one.user_id for one in rows if one.conflict in INVOLVED and one.user_id != by.id)


def involved_with(by: Actor, shown: PersonPage) -> list[Involved]:
    """Whoever was ever declared of a person whose page is open, at work with her or not; in whichever of her files."""
    if not may_assign(by, shown.workers):
        return []
    rows = Assignment.objects.filter(person_id__in=files_of(shown.id), conflict__in=INVOLVED)
    found = list(rows.exclude(user_id=by.id).order_by("since", "id"))
    named = workers.aliases({one.user_id for one in found})
    told: dict[UUID, Involved] = {}
    for one in found:
        note = fields_of(by, one, ("conflict_note",)).get("conflict_note") if by.duty == "supervisor" else None
        notes = [told[one.user_id].note] if one.user_id in told else []
        notes += [note] if note and note not in "".join(notes) else []
        accepted = one.conflict == Conflict.ACCEPTED
        told[one.user_id] = Involved(one.user_id, named.get(one.user_id, ""), accepted, " · ".join(filter(None, notes)))
    return list(told.values())


def not_asked_yet(person: UUID, user: UUID) -> bool:
    """Whether nobody has asked this colleague whether she is involved with a person."""
    rows = Assignment.objects.filter(person_id__in=files_of(person), user_id=user)
    return not rows.exclude(conflict=Conflict.NOT_ASKED).exists()


def own_answer_missing(by: Actor, around: Iterable[Assignment]) -> bool:
    """Whether the reader works with a person and has not said whether she is involved."""
    return any(one.user_id == by.id and one.conflict == Conflict.NOT_ASKED for one in around)
