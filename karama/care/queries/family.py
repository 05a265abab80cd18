"""A family as a reader may know it through one of its members.

Everything is read from what that member has herself. Whoever the reader may not know of is nowhere: not among those who
came, not in a number; and words that were said in front of her are not there, as if none had been written down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from karama.accounts.queries import aliases_of
from karama.care.access import PLAN, SEE_EPISODES
from karama.care.models import FamilyAttendance, FamilyGoal, FamilyGoalStep, FamilyGoalWords, FamilySession
from karama.care.queries.files import clinical_words, files_of
from karama.journal import Absent, Actor
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.joined import last_files
from karama.people.models import FamilyMember, Person
from karama.people.queries import Together, fields_of, kept_from, person_in_reach, together
from karama.rules.permission import Policy

SHARED = ("techniques", "agreed", "rating")


@dataclass(frozen=True)
class FamilyGoalShown:
    """A goal with its words. `steps`: (state, moment, who)."""

    goal: FamilyGoal
    words: str
    steps: list[tuple[str, datetime, str]]


@dataclass(frozen=True)
class FamilySessionShown:
    """A session of the family, in its newest version. `states`: of each member this reader may know of.

    `fields`: what everybody who came shares, as far as it opens; empty also where nothing was written down.
    """

    row: FamilySession
    states: dict[UUID, str]
    led: str
    co_led: str
    fields: dict[str, Any]
    corrected: bool


@dataclass(frozen=True)
class FamilyShown:
    """The family of a person as one."""

    person: Person
    family: Together
    goals: list[FamilyGoalShown]
    sessions: list[FamilySessionShown]


def family_together(by: Actor, person: UUID, policy: Policy = SEE_EPISODES) -> tuple[Person, Together]:
    """A person and her family as one. Raises `Absent`: out of reach, or not accompanied together."""
    file = person_in_reach(by, person, policy)
    found = together(by, file)
    if found is None:
        raise Absent()
    return file, found


def family_shown(by: Actor, person: UUID) -> FamilyShown:
    """Goals and sessions, the newest first. Raises `Absent`."""
    file, family = family_together(by, person)
    known = whom_one_knows(by, family)
    return FamilyShown(file, family, _goals(by, file, family, known), sessions_of_family(by, file, family, known))


@dataclass(frozen=True)
class Known:
    """Everybody of whom a family keeps something. `last`: each file -> the one that remains of its person; `away`: the
    files of those from whom the reader is kept away."""

    last: dict[UUID, UUID]
    away: frozenset[UUID]


def whom_one_knows(by: Actor, family: Together) -> Known:
    """Of whom of this family the reader may know: as many questions whether somebody is kept from her or nobody is."""
    members = FamilyMember.objects.filter(family_id=family.family).values_list("person_id")
    came = FamilyAttendance.objects.filter(held__family_id=family.family).values_list("person_id")
    told = FamilyGoalWords.objects.filter(goal__family_id=family.family).values_list("person_id")
    last = last_files({one for (one,) in members.union(came, told)})
    return Known(last, kept_from(by, last))


def sessions_of_family(by: Actor, file: Person, family: Together, known: Known) -> list[FamilySessionShown]:
    """Those in which this member stands, with her own part of each. One to which nobody came of whom the reader may
    know is not there: it would tell of somebody else."""
    shown = {one.id for one in family.members}
    own = own_parts(files_of(by, file), family.family, {one for one, now in known.last.items() if now in shown})
    newest = newest_versions(own)
    told = list(FamilyAttendance.objects.filter(held__in=own).order_by("recorded_at", "id"))
    closed = {one.held_id for one in told if one.state == "came" and one.person_id in known.away}
    states: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for one in told:
        states[one.held_id][known.last[one.person_id]] = one.state
    names = aliases_of({user for row in newest.values() for user in (row.led_by_id, row.co_led_by_id) if user})
    found = [
        FamilySessionShown(
            row=row,
            states={who: state for who, state in states[held].items() if who in shown},
            led=names.get(row.led_by_id, ""),
            co_led=names.get(row.co_led_by_id, "") if row.co_led_by_id else "",
            fields={} if held in closed else fields_of(by, own[held], SHARED),
            corrected=row.id != held,
        )
        for held, row in newest.items()
    ]
    return sorted(found, key=lambda one: (one.row.occurred_on, one.row.recorded_at), reverse=True)


def own_parts(files: Collection[UUID], family: UUID, known: Collection[UUID]) -> dict[UUID, FamilyAttendance]:
    """First version of each session to which one of these known files came -> what a person has of it; to have come
    counts before anything else."""
    newest = FamilyAttendance.objects.filter(amended_by__isnull=True)
    came = newest.filter(held=OuterRef("held"), state="came", person_id__in=known)
    rows = newest.filter(Exists(came), person_id__in=files, held__family_id=family)
    found: dict[UUID, FamilyAttendance] = {}
    for one in rows.order_by("recorded_at", "id"):
        if one.held_id not in found or one.state == "came" or found[one.held_id].state != "came":
            found[one.held_id] = one
    return found


@asks
def newest_versions(held: Iterable[UUID]) -> Asks[dict[UUID, FamilySession]]:
    """First version of each session -> the newest one."""
    asked = set(held)
    rows = (yield _held.later(list(asked))) if asked else []
    found: dict[UUID, FamilySession] = {one.id: one for one in rows if one.id in asked}
    waiting = dict(zip(found, found, strict=True))
    amending = [one for one in rows if one.amends_id in waiting]
    while amending:
        waiting = {one.id: _first(found, waiting, one) for one in amending}
        amending = yield _amending.later(list(waiting))
    return found


@readymade
def _held(sessions: list[UUID]) -> QuerySet[FamilySession, FamilySession]:
    """These, and their first corrections: most have none, and so one question tells all."""
    return FamilySession.objects.filter(Q(pk__in=sessions) | Q(amends__in=sessions))


@readymade
def _amending(sessions: list[UUID]) -> QuerySet[FamilySession, FamilySession]:
    return FamilySession.objects.filter(amends__in=sessions)


def _first(found: dict[UUID, FamilySession], waiting: dict[UUID, UUID], row: FamilySession) -> UUID:
    assert row.amends_id is not None
    first = waiting[row.amends_id]
    found[first] = row
    return first


def family_session(by: Actor, person: UUID, session: UUID) -> tuple[Person, Together, FamilySessionShown]:
    """One session in its newest version, for whoever may correct it. Raises `Absent`, also for an older version."""
    file, family = family_together(by, person, PLAN)
    for one in sessions_of_family(by, file, family, whom_one_knows(by, family)):
        if one.row.id == session:
            return file, family, one
    raise Absent()


def first_of(row: FamilySession) -> FamilySession:
    """The first version of a session."""
    while row.amends_id is not None:
        row = FamilySession.objects.get(pk=row.amends_id)
    return row


@dataclass(frozen=True)
class FamilyVersion:
    """A version of a session as it stands with one member: who wrote it and why, who was there, what was shared."""

    row: FamilySession
    who: str
    reason: str
    states: dict[UUID, str]
    fields: dict[str, Any]


def versions_shown(by: Actor, person: Person, family: Together, session: FamilySession) -> list[FamilyVersion]:
    """Every version, the newest first. Whoever stands in no row of a version stands in it as in the one before."""
    chain = [session]
    while chain[-1].amends_id is not None:
        chain.append(FamilySession.objects.get(pk=chain[-1].amends_id))
    rows = list(FamilyAttendance.objects.filter(held=chain[-1].id).order_by("recorded_at", "id"))
    last = last_files({one.person_id for one in rows})
    closed = bool(kept_from(by, {one.person_id for one in rows if one.state == "came"}))
    files, shown = files_of(by, person), {one.id for one in family.members}
    names = aliases_of({one.author_id for one in chain})
    states: dict[UUID, str] = {}
    fields: dict[str, Any] = {}
    found = []
    for version in reversed(chain):
        told = [one for one in rows if one.session_id == version.id]
        states |= {last[one.person_id]: one.state for one in told if last[one.person_id] in shown}
        own = next((one for one in told if one.person_id in files), None)
        if own is not None and not closed:
            fields = fields_of(by, own, SHARED)
        reason = "" if own is None or closed else clinical_words(by, own, "amend_reason")
        found.append(FamilyVersion(version, names.get(version.author_id, ""), reason, dict(states), fields))
    return found[::-1]


def family_goal(by: Actor, person: UUID, goal: UUID) -> tuple[Person, FamilyGoalShown]:
    """One goal, for whoever may say where it stands. Raises `Absent`."""
    file, family = family_together(by, person, PLAN)
    for one in _goals(by, file, family, whom_one_knows(by, family)):
        if one.goal.id == goal:
            return file, one
    raise Absent()


def _goals(by: Actor, file: Person, family: Together, known: Known) -> list[FamilyGoalShown]:
    if "clinical" not in by.compartments:
        return []
    heard = FamilyGoalWords.objects.filter(goal=OuterRef("goal"), person_id__in=known.away)
    rows = FamilyGoalWords.objects.filter(goal__family_id=family.family, person_id__in=files_of(by, file))
    own = {one.goal_id: one for one in rows.exclude(Exists(heard)).select_related("goal")}
    steps: dict[UUID, list[FamilyGoalStep]] = defaultdict(list)
    for step in FamilyGoalStep.objects.filter(goal__in=own).order_by("recorded_at", "id"):
        steps[step.goal_id].append(step)
    names = aliases_of({one.author_id for several in steps.values() for one in several})
    found = [
        FamilyGoalShown(
            one.goal,
            one.text_of("words"),
            [(step.state, step.recorded_at, names.get(step.author_id, "")) for step in steps[one.goal_id]],
        )
        for one in own.values()
    ]
    return sorted(found, key=lambda one: one.goal.recorded_at)


@asks
def family_days_of(by: Actor, person: UUID, most: int) -> Asks[list[date]]:
    """The days on which this person came to a session of a family: that she came, and nothing else. Raises `Absent`."""
    file = yield from person_in_reach.asking(by, person, SEE_EPISODES)
    held = yield _came_to.later((yield from files_of.asking(by, file)))
    newest = yield from newest_versions.asking(set(held))
    return sorted((one.occurred_on for one in newest.values()), reverse=True)[:most]


@readymade
def _came_to(files: list[UUID]) -> QuerySet[Any]:
    rows = FamilyAttendance.objects.filter(person_id__in=files, state="came", amended_by__isnull=True)
    return rows.values_list("held_id", flat=True)
