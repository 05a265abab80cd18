"""What each discipline brings about one person, for colleagues who decide together: each part to whoever may read it.

A part that the reader may not open is None, whether there is anything in it or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from karama.care.access import BODY_READERS, CLINICAL, MEDICINE_READERS, SHARED_PLAN
from karama.care.models import Episode, Goal
from karama.care.queries.body import activities_of, body_sessions_of, cautions_of
from karama.care.queries.changes import Moved, moved_in
from karama.care.queries.course import GoalShown, plan_of_episode
from karama.care.queries.files import files_of
from karama.care.queries.glance import TOLD_ON_TODAY
from karama.care.queries.medicines import prescriptions_of
from karama.care.queries.stuck import why_stuck
from karama.journal import Actor
from karama.journal.access_log import opening_all
from karama.people.models import Person
from karama.people.queries import ground_of_care, person_in_reach
from karama.rules.episodes import OPEN_STATES

RESTS: Final = ("own", "guardian", "best_interest")
"""Without one of these no goal is read by whoever does not open what is told in care."""
OPEN_GOALS: Final = ("planned", "in_progress")
RUNNING: Final = ("running", "due")


@dataclass(frozen=True)
class Talked:
    """Of psychotherapy and social work. `last`: the last day on which anybody met the person."""

    goals: Sequence[GoalShown]
    last: date | None
    score: Moved | None


@dataclass(frozen=True)
class Moving:
    """Of physiotherapy: how the person rates each of the activities chosen, from 0 to 10, as (words, first, newest),
    None where it was never rated; `places` that hurt last, None: never asked."""

    activities: Sequence[tuple[str, int | None, int | None]]
    places: int | None


@dataclass(frozen=True)
class Sides:
    """`medicines`: ATC codes of those that run. `agreed`: (goal, words) that the person shares; `avoid`: codes."""

    talked: Talked | None
    moving: Moving | None
    medicines: Sequence[str] | None
    agreed: Sequence[tuple[UUID, str]]
    avoid: Sequence[str]


def sides_of(by: Actor, episode: Episode, person: Person) -> Sides:
    """The parts of a person's care side by side. Raises `Absent`."""
    return Sides(
        talked=_talked(by, episode) if by.duty in CLINICAL else None,
        moving=_moving(by, person.id) if by.duty in BODY_READERS else None,
        medicines=_medicines(by, person.id) if by.duty in MEDICINE_READERS else None,
        agreed=shared_goals(by, person.id),
        avoid=[avoid for _row, avoid in cautions_of(by, person.id)],
    )


def shared_goals(by: Actor, person: UUID) -> list[tuple[UUID, str]]:
    """(goal, words) of the open goals that a person agreed to share with everybody in care who works with her. Without
    a yes to care that holds, only whoever opens what is told in care reads them. Raises `Absent`."""
    found = person_in_reach(by, person, SHARED_PLAN)
    if not reads_shared(by, person):
        return []
    rows = list(
        Goal.objects.filter(
            person_id__in=files_of(by, found),
            episode__state__in=OPEN_STATES,
            state__in=OPEN_GOALS,
            shared__isnull=False,
        ).order_by("recorded_at", "id")
    )
    if rows:
        opening_all(list({one.person_id for one in rows}))
    return [(one.id, one.text_of("shared")) for one in rows]


def reads_shared(by: Actor, person: UUID) -> bool:
    """Whether a yes to care, or what stands in for it, lets this reader have what a person shares."""
    ground = ground_of_care(by, person)
    return "clinical" in by.compartments or (ground is not None and ground.ground in RESTS)


def _talked(by: Actor, episode: Episode) -> Talked:
    goals = [one for one in plan_of_episode(by, episode.id)[2] if one.goal.state in OPEN_GOALS]
    moved = moved_in(by, [episode.id], once=True, only=TOLD_ON_TODAY).get(episode.id, {})
    return Talked(goals, why_stuck(by, episode.id).last, max(moved.values(), key=lambda one: one.on, default=None))


def _moving(by: Actor, person: UUID) -> Moving:
    sessions = body_sessions_of(by, person, most=200)
    told = [one.fields.get("ratings") or {} for one in reversed(sessions)]
    activities = []
    for row, words in activities_of(by, person):
        rated = [one[str(row.id)] for one in told if one.get(str(row.id)) is not None]
        activities.append((words, rated[0], rated[-1]) if rated else (words, None, None))
    drawn = next((one.fields["places"] for one in sessions if one.fields.get("places") is not None), None)
    return Moving(activities, None if drawn is None else len(drawn))


def _medicines(by: Actor, person: UUID) -> list[str]:
    told = [one.fields.get("medicine", "") for one in prescriptions_of(by, person) if one.state in RUNNING]
    return [one for one in dict.fromkeys(told) if one]
