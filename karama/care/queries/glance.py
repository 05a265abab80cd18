"""What helps a moment before an appointment: how pressing it is, the last goal, the last score, a plan or
none.

For all appointments of a day at once, in a number of queries that does not grow with them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.care.access import CLINICAL, SEE
from karama.care.models import Episode, Goal
from karama.care.queries.changes import Moved, moved_in
from karama.journal import Actor, clock, visible_to
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.people.access import ATTRIBUTES, JOINED, purpose_of
from karama.people.models import Person
from karama.rules.episodes import OPEN_STATES
from karama.rules.permission import Policy
from karama.safety.models import SafetyPlan
from karama.safety.queries import MOST_URGENT, pressing_among
from karama.security import vault

TOLD_ON_TODAY = ("clinical",)
"""Answers about violence and other things told alone stand on no list that somebody may read over a shoulder."""


@dataclass(frozen=True)
class Glance:
    """`goal`: the newest one that is open, empty when there is none. `moved`: the measure asked last, None: none.
    `risk`: the most urgent grade of the open alerts that the reader may see, empty when there is none."""

    goal: str
    moved: Moved | None
    plan: bool
    risk: str = ""


def glances(by: Actor, people: Collection[UUID]) -> dict[UUID, Glance]:
    """Of these people, those whom the reader may see in a duty that reads what is told in care."""
    if by.duty not in CLINICAL or not people:
        return {}
    roots = _files(by, people)
    goals, moved = _goals(roots), _moved(by, roots)
    planned = {roots[one] for one in _planned(list(roots))}
    risks = _risks(by, roots)
    return {
        one: Glance(goals.get(one, ""), moved.get(one), one in planned, risks.get(one, ""))
        for one in set(roots.values())
    }


def _files(by: Actor, people: Collection[UUID]) -> dict[UUID, UUID]:
    """Each file of these people -> the one asked about; of files from which the reader is kept away none."""
    roots = {one: one for one in _seen(by, list(people))}
    layer = dict(roots)
    while layer:
        found = _joined_with(by, list(layer))
        layer = {file: roots[into] for file, into in found if into is not None and file not in roots}
        roots |= layer
    return roots


@readymade
def _seen(by: Actor, people: list[UUID]) -> QuerySet[Any]:
    return _among(by, SEE, pk__in=people).values_list("id", flat=True)


@readymade
def _joined_with(by: Actor, files: list[UUID]) -> QuerySet[Any]:
    return _among(by, JOINED, merged_into__in=files, status="merged_into").values_list("id", "merged_into_id")


@readymade
def _planned(files: list[UUID]) -> QuerySet[Any]:
    return SafetyPlan.objects.filter(person_id__in=files).values_list("person_id", flat=True)


def _among(by: Actor, policy: Policy, **where: object) -> QuerySet[Person]:
    rows = Person.objects.filter(**where)
    return visible_to(rows, by=by, policy=policy, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES)


def _risks(by: Actor, roots: dict[UUID, UUID]) -> dict[UUID, str]:
    """Person -> how pressing it is, whichever of her files an alert is about."""
    found: dict[UUID, str] = {}
    for file, grade in pressing_among(by, list(roots)).items():
        person = roots[file]
        found[person] = min(found.get(person, grade), grade, key=MOST_URGENT.index)
    return found


def _goals(roots: dict[UUID, UUID]) -> dict[UUID, str]:
    newest: dict[UUID, Goal] = {}
    for one in _open_goals(list(roots)):
        newest[roots[one.person_id]] = one
    opened = list({one.person_id for one in newest.values()})
    opening_all(opened)
    vault.warm(opened, "clinical")
    return {person: one.text_of("words") for person, one in newest.items()}


@readymade
def _open_goals(files: list[UUID]) -> QuerySet[Goal, Goal]:
    rows = Goal.objects.filter(person__in=files, episode__state__in=OPEN_STATES, state__in=("planned", "in_progress"))
    return rows.order_by("recorded_at", "id")


@readymade
def _open_episodes(files: list[UUID]) -> QuerySet[Any]:
    return Episode.objects.filter(person__in=files, state__in=OPEN_STATES).values_list("id", "person_id")


def _moved(by: Actor, roots: dict[UUID, UUID]) -> dict[UUID, Moved]:
    whose = dict(_open_episodes(list(roots)))
    found: dict[UUID, Moved] = {}
    for episode, measures in moved_in(by, whose, once=True, only=TOLD_ON_TODAY).items():
        person = roots[whose[episode]]
        for one in measures.values():
            if person not in found or found[person].on <= one.on:
                found[person] = one
    return found
