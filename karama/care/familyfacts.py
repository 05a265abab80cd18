"""Rows for analytics about families: contacts by an opaque id, and sessions. No word, no name, no family by name.

The id of a person is that of `care.facts`: who comes to a session of the family and to sessions alone is one person.
A session is one row here and one contact for each who came; a correction counts instead of what it corrects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from karama.care.access import STATISTICS
from karama.care.facts import last_file, survivors
from karama.care.models import FamilyAttendance
from karama.care.queries.family import newest_versions
from karama.journal import Actor, Refused, clock, reading
from karama.people.deciding import reportable
from karama.rules.permission import permit


@dataclass(frozen=True)
class FamilyContactRow:
    """One member who came to one session. `person`: the same opaque id for all files of a person."""

    person: UUID
    session: UUID
    on: date
    site: UUID
    modality: str
    in_episode: bool


@dataclass(frozen=True)
class FamilySessionRow:
    """One session. `contacts`: how many of those came who agreed to be counted."""

    session: UUID
    on: date
    site: UUID
    modality: str
    minutes: int | None
    contacts: int


def family_contact_rows(*, by: Actor, programme: UUID) -> list[FamilyContactRow]:
    """Everybody who came, each once for a session. Raises `Refused`: the duty counts nothing in this programme."""
    decision = permit(STATISTICS, by.attributes(), {"programme": programme}, "statistics", clock.now())
    if not decision.allowed:
        raise Refused(decision.reason)
    rows = FamilyAttendance.objects.filter(
        held__site__programme_id=programme, state="came", amended_by__isnull=True
    ).exclude(person__status="erased")
    into = survivors(programme)
    came = {(one.held_id, last_file(one.person_id, into)): one.episode_id is not None for one in rows}
    newest = newest_versions({held for held, _person in came})
    with reading(by=by, purpose="statistics", route="care.family_contact_rows") as counted:
        people = reportable({person for _held, person in came}, clock.now())
        counted.count(people)
    return [
        FamilyContactRow(person, held, row.occurred_on, row.site_id, row.modality, in_episode)
        for (held, person), in_episode in sorted(came.items())
        if person in people and (row := newest[held])
    ]


def family_session_rows(*, by: Actor, programme: UUID) -> Iterator[FamilySessionRow]:
    """Each session once, with its contacts. Raises `Refused`."""
    rows = family_contact_rows(by=by, programme=programme)
    contacts = Counter(one.session for one in rows)
    return _sessions(contacts)


def _sessions(contacts: Counter[UUID]) -> Iterator[FamilySessionRow]:
    for held, row in newest_versions(contacts).items():
        yield FamilySessionRow(held, row.occurred_on, row.site_id, row.modality, row.minutes, contacts[held])
