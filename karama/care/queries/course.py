"""The course of care of one episode: goals with their history, views and decided layers, waiting, closures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.care.access import CLOSE, PLAN, WAITING
from karama.care.models import Closure, Episode, Goal, GoalStep, LayerStep, OwnView, Wait, WaitCheck
from karama.care.pathways import of_programme
from karama.care.queries.files import with_owner
from karama.care.queries.suggesting import suggestion_for
from karama.journal import ERASED, Absent, Actor
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.people.models import Person
from karama.people.registries import OpenWork, work_open_for
from karama.programme.days import day_at, today_at
from karama.rules.episodes import GoalCount, count_goals
from karama.rules.permission import Policy
from karama.rules.stepped_care import Recheck, Suggestion, recheck


@dataclass(frozen=True)
class GoalShown:
    """A goal in the person's words, with each step: (state, moment, who, words)."""

    goal: Goal
    words: str
    steps: list[tuple[str, datetime, str, str]]


@dataclass(frozen=True)
class ViewShown:
    """A worker's view, and what was decided on it. `suggestion` is told only because the view is there."""

    view: OwnView
    wish: str
    seen: tuple[str, ...]
    who: str
    suggestion: Suggestion
    step: LayerStep | None
    reason: str


@dataclass(frozen=True)
class WaitShown:
    """A wait with its named contact, and when she is asked again."""

    wait: Wait
    contact: str
    recheck: Recheck
    checks: int


def episode_in_reach(by: Actor, episode: UUID, policy: Policy) -> tuple[Episode, Person]:
    """An episode and the file it now belongs to. Raises `Absent`, with one query for reach whether it exists or not."""
    row = Episode.objects.filter(pk=episode).select_related("person", "programme", "site").first()
    row, found = with_owner(by, row, episode, policy)
    return row, found


def plan_of_episode(by: Actor, episode: UUID) -> tuple[Episode, Person, list[GoalShown], GoalCount, LayerStep | None]:
    """Goals, their count, and the layer that was decided last. Raises `Absent`."""
    row, person = episode_in_reach(by, episode, PLAN)
    goals = list(Goal.objects.filter(episode=row).order_by("recorded_at"))
    steps = list(GoalStep.objects.filter(goal__in=goals).order_by("recorded_at", "id"))
    names = aliases_of({one.author_id for one in steps})
    shown = [
        GoalShown(
            one,
            _words(one.unseal("words")),
            [
                (each.state, each.recorded_at, names.get(each.author_id, ""), _words(each.unseal("words")))
                for each in steps
                if each.goal_id == one.id
            ],
        )
        for one in goals
    ]
    return row, person, shown, count_goals(one.state for one in goals), last_layer(row)


def last_layer(episode: Episode) -> LayerStep | None:
    """The layer that was decided last."""
    return LayerStep.objects.filter(episode=episode).order_by("-recorded_at", "-id").first()


def goal_in_reach(by: Actor, goal: UUID) -> Goal:
    """A goal that this actor may move. Raises `Absent`."""
    row = Goal.objects.filter(pk=goal).first()
    episode_in_reach(by, row.episode_id if row is not None else goal, PLAN)
    if row is None:
        raise Absent()
    return row


def newest_view(by: Actor, episode: UUID) -> tuple[Episode, Person, ViewShown | None]:
    """The newest view of an episode with its suggestion and decision; None: nobody has entered one. Raises `Absent`."""
    row, person = episode_in_reach(by, episode, PLAN)
    view = OwnView.objects.filter(episode=row).select_related("episode__programme", "episode__person")
    newest = view.order_by("-recorded_at", "-id").first()
    if newest is None:
        return row, person, None
    step = LayerStep.objects.filter(view=newest).first()
    told = suggestion_for(by, newest) if step is None else _told(step.unseal("suggested"))
    seen = newest.unseal("seen")
    shown = ViewShown(
        view=newest,
        wish=_words(newest.unseal("wish")),
        seen=() if seen is None or seen is ERASED else tuple(seen),
        who=aliases_of({newest.author_id}).get(newest.author_id, ""),
        suggestion=told,
        step=step,
        reason=_words(step.unseal("reason")) if step is not None else "",
    )
    return row, person, shown


def _told(kept: Any) -> Suggestion:
    if kept is None or kept is ERASED:
        return Suggestion()
    return Suggestion(kept["layer"], tuple(kept["because"]), tuple(kept["off"]))


def _words(value: Any) -> str:
    return "" if value is None or value is ERASED else str(value)


def wait_of(by: Actor, episode: UUID) -> tuple[Episode, Person, WaitShown | None]:
    """Where a waiting person stands. Raises `Absent`."""
    row, person = episode_in_reach(by, episode, WAITING)
    wait = Wait.objects.filter(episode=row, until_on__isnull=True).select_related("episode__programme").first()
    return row, person, waits_shown([wait])[0] if wait is not None else None


def wait_in_reach(by: Actor, wait: UUID) -> Wait:
    """A wait that this actor may ask about. Raises `Absent`."""
    row = Wait.objects.filter(pk=wait).first()
    episode_in_reach(by, row.episode_id if row is not None else wait, WAITING)
    if row is None:
        raise Absent()
    return row


@asks
def waits_shown(waits: list[Wait]) -> Asks[list[WaitShown]]:
    """Waits with the day on which each is asked again: two queries, however many. `episode__programme` comes along."""
    if not waits:
        return []
    told, names = yield from together(_checks_of(waits), aliases_of.asking({one.contact_id for one in waits}))
    checks: dict[UUID, list[WaitCheck]] = {}
    for check in told:
        checks.setdefault(check.wait_id, []).append(check)
    found = []
    for one in waits:
        asked, site = checks.get(one.id, []), one.episode.site_id
        reached = [each for each in asked if each.reached]
        due = recheck(
            since=one.since_on,
            asked=[day_at(site, each.recorded_at) for each in reached],
            need=one.need,
            days=of_programme(one.episode.programme.code).waits.recheck_days,
            worse=bool(reached) and reached[-1].worse,
            today=today_at(site),
        )
        found.append(WaitShown(one, names.get(one.contact_id, ""), due, len(asked)))
    return found


def _checks_of(waits: list[Wait]) -> Asks[list[WaitCheck]]:
    return list((yield _checks.later([one.id for one in waits])))


@readymade
def _checks(waits: list[UUID]) -> QuerySet[WaitCheck, WaitCheck]:
    return WaitCheck.objects.filter(wait__in=waits).order_by("recorded_at")


@dataclass(frozen=True)
class ClosingPage:
    """What is there before an episode is closed: goals, open work, and a closure that waits."""

    episode: Episode
    person: Person
    goals: GoalCount
    work: list[OpenWork]
    pending: Closure | None
    words: str
    who: str
    takes_over: str = ""


def closing_page(by: Actor, episode: UUID) -> ClosingPage:
    """Everything that closing needs to be seen first. Raises `Absent`."""
    row, person = episode_in_reach(by, episode, CLOSE)
    pending = Closure.objects.filter(episode=row, answer__isnull=True).first()
    named = aliases_of({one for one in (pending.author_id, pending.handed_to_id) if one}) if pending is not None else {}
    return ClosingPage(
        episode=row,
        person=person,
        goals=count_goals(Goal.objects.filter(episode=row).values_list("state", flat=True)),
        work=work_open_for(row.person_id, by),
        pending=pending,
        words=_words(pending.unseal("words")) if pending is not None else "",
        who=named.get(pending.author_id, "") if pending is not None else "",
        takes_over=named.get(pending.handed_to_id, "") if pending is not None and pending.handed_to_id else "",
    )


def closure_in_reach(by: Actor, closure: UUID) -> Closure:
    """A closure that this actor may answer. Raises `Absent`."""
    row = Closure.objects.filter(pk=closure).first()
    episode_in_reach(by, row.episode_id if row is not None else closure, CLOSE)
    if row is None:
        raise Absent()
    return row
