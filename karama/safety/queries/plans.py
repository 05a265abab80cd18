"""The safety plan of a person: the newest version and the ones before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.journal import ERASED, Actor
from karama.journal.readymade import readymade
from karama.journal.together import Asks, answered, asks
from karama.people import deciding
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.safety.access import PLAN
from karama.safety.models import PLAN_PARTS, SafetyPlan


@dataclass(frozen=True)
class Plan:
    """One version. `parts`: code -> words, in the order of the steps; `who`: the work alias of its writer."""

    id: UUID
    made_on: date
    who: str
    parts: dict[str, str]


def plan_page(by: Actor, person: UUID) -> tuple[Person, list[Plan]]:
    """Every version of a person's plan, the newest first. Raises `Absent`."""
    file = person_in_reach(by, person, PLAN)
    rows = _newest_first(_plans(answered(_files(file))))
    names = aliases_of({row.author_id for row in rows})
    found = []
    for row in rows:
        parts = row.unseal("parts")
        if parts is not ERASED:
            told = {code: parts[code] for code in PLAN_PARTS if code in parts}
            found.append(Plan(row.id, row.made_on, names.get(row.author_id, ""), told))
    return file, found


@asks
def plan_known(by: Actor, person: UUID) -> Asks[tuple[date, str] | None]:
    """The day of the newest plan and the work alias of its writer, without opening it; none when there is none. Raises
    `Absent`."""
    file = yield from person_in_reach.asking(by, person, PLAN)
    plans = yield _days_of_plans.later((yield from _files(file)))
    if not plans:
        return None
    made_on, author = plans[0]
    return made_on, (yield from aliases_of.asking([author])).get(author, "")


@readymade
def _plans(files: list[UUID]) -> QuerySet[SafetyPlan, SafetyPlan]:
    return SafetyPlan.objects.filter(person_id__in=files).order_by("-recorded_at", "-id")


@readymade
def _days_of_plans(files: list[UUID]) -> QuerySet[Any, Any]:
    return _plans.make(files).values_list("made_on", "author_id")[:1]


def _files(file: Person) -> Asks[list[UUID]]:
    return [file.id, *(folded for folded, _since in (yield from deciding.joined_files.asking(file)))]


def _newest_first(rows: list[SafetyPlan]) -> list[SafetyPlan]:
    """Each newest version followed by those it renewed, whatever the clock said when they were written."""
    by_id = {row.id: row for row in rows}
    renewed = {row.amends_id for row in rows}
    found: list[SafetyPlan] = []
    for row in rows:
        if row.id not in renewed:
            version: SafetyPlan | None = row
            while version is not None:
                found.append(version)
                version = by_id.get(version.amends_id) if version.amends_id else None
    return found
