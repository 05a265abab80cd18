"""What one member says apart from her family: on her own page for it, and on none that the others may look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from karama.accounts.queries import aliases_of
from karama.care.access import PLAN
from karama.care.models import FamilyAttendance, FamilyRating
from karama.care.queries.family import newest_versions
from karama.care.queries.files import clinical_words, files_of
from karama.journal import Absent, Actor
from karama.people.families import standing_of
from karama.people.models import Person
from karama.people.queries import fields_of, person_in_reach


@dataclass(frozen=True)
class OwnRating:
    """What a member said alone: a number or why there is none. `reason`: why it was corrected, if it was."""

    row: FamilyRating
    said: Any
    who: str
    reason: str


@dataclass(frozen=True)
class Apart:
    """What a member said apart. `asked`: (day of a session of the family, whether safety was asked about)."""

    person: Person
    in_family: bool
    ratings: list[OwnRating]
    asked: list[tuple[date, str]]


def said_apart(by: Actor, person: UUID) -> Apart:
    """Her own answers, the newest first, and on which days safety was asked about. Raises `Absent`: out of reach, or
    neither in a family nor with anything said."""
    file = person_in_reach(by, person, PLAN)
    files = files_of(by, file)
    rows = list(FamilyRating.objects.filter(person_id__in=files, amended_by__isnull=True))
    came = FamilyAttendance.objects.filter(person_id__in=files, state="came", amended_by__isnull=True)
    own = {one.held_id: one for one in came}
    in_family = standing_of(file.id) is not None
    if not (rows or own or in_family):
        raise Absent()
    days = [(row.occurred_on, _asked(by, own[held])) for held, row in newest_versions(own).items()]
    names = aliases_of({one.author_id for one in rows})
    ratings = [_shown(by, one, names) for one in rows]
    ratings.sort(key=lambda one: (one.row.occurred_on, one.row.recorded_at), reverse=True)
    return Apart(file, in_family, ratings, sorted(days, reverse=True))


def rating_versions(by: Actor, person: UUID, rating: UUID) -> tuple[Person, list[OwnRating]]:
    """One answer with what it corrects, the newest first. Raises `Absent`: not hers, or corrected since."""
    told = said_apart(by, person)
    chain = [one.row for one in told.ratings if one.row.id == rating]
    if not chain:
        raise Absent()
    while (older := chain[-1].amends_id) is not None:
        chain.append(FamilyRating.objects.get(pk=older))
    names = aliases_of({one.author_id for one in chain})
    return told.person, [_shown(by, one, names) for one in chain]


def _shown(by: Actor, row: FamilyRating, names: dict[UUID, str]) -> OwnRating:
    said = fields_of(by, row, ("said",)).get("said")
    return OwnRating(row, said, names.get(row.author_id, ""), clinical_words(by, row, "amend_reason"))


def _asked(by: Actor, row: FamilyAttendance) -> str:
    return str(fields_of(by, row, ("risk_asked",)).get("risk_asked") or "")
