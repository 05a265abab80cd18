"""What a worker is told at once when an answer raised an alert: what to do, who has it, which screener comes next."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from karama.journal import Actor
from karama.people.models import Person
from karama.programme import packs
from karama.programme.problems import NoPack
from karama.safety.models import AlertSource
from karama.safety.queries import WhoHasIt, who_has_it_now


@dataclass(frozen=True)
class Told:
    """One alert that the reader's answers raised. `screener`: the pack's follow-up for this kind, or empty."""

    kind: str
    who: WhoHasIt
    screener: str


def told_about(by: Actor, record: UUID, person: Person) -> list[Told]:
    """The alerts which this reader raised with these answers (a draft or a response), newest first."""
    rows = AlertSource.objects.filter(author_id=by.id, source_record_id=record, source="answer").select_related("alert")
    found = []
    for row in rows.order_by("-recorded_at"):
        kind = row.alert.unseal("kind")
        kind = kind if isinstance(kind, str) else ""
        found.append(Told(kind, who_has_it_now(by, row.id), screener_for(person, kind)))
    return found


def screener_for(person: Person, kind: str) -> str:
    """The follow-up screener that the person's programme names for a kind of danger; empty when it names none."""
    try:
        return packs.find(person.programme.code).safety.follow_up.get(kind, "")
    except NoPack:
        return ""
