"""Which measures are due, by the schedule of the programme's pack: derived at each reading, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.care import cards
from karama.care.access import CLINICAL, SEE
from karama.care.models import ClosureAnswer, Episode, Farewell, Response, Session
from karama.journal import Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, answered, asks, together
from karama.notices.queries import silent_among
from karama.people.access import ATTRIBUTES, purpose_of
from karama.people.models import Assignment, Person
from karama.people.queries import person_in_reach
from karama.people.registries import restricted_among
from karama.programme import packs
from karama.programme.days import day_at, today_at
from karama.programme.problems import NoPack
from karama.rules.episodes import Due, Planned, Repeated, Wave, due_after_sessions, due_measures, said_at_end

MOST = 200
"""People looked at for Today: more than any caseload."""


@dataclass(frozen=True)
class DueFor:
    """What is due for one person of the reader's caseload."""

    person: UUID
    code: str
    episode: UUID
    measures: tuple[Due, ...]
    ask_first: bool = False
    """Care has ended, and nobody has asked whether this person wants to be asked again."""


def plan_of(programme: str) -> list[Planned]:
    """Instruments and waves of the programme's pack; nothing when it has none."""
    try:
        pack = packs.find(programme)
    except NoPack:
        return []
    waves = {one.code: Wave(one.code, one.at, one.months) for one in pack.waves}
    return [Planned(one.code, waves[wave]) for one in pack.instruments for wave in one.waves if wave in waves]


def repeated_of(programme: str) -> list[Repeated]:
    """Instruments that the pack asks again after every so many sessions."""
    try:
        pack = packs.find(programme)
    except NoPack:
        return []
    return [Repeated(one.code, one.every_sessions) for one in pack.instruments if one.every_sessions]


def _schedule(by: Actor, programme: str) -> tuple[list[Planned], list[Repeated]]:
    """Of a programme's schedule what the reader's compartments open."""
    return (
        [one for one in plan_of(programme) if cards.compartment_of(one.instrument) in by.compartments],
        [one for one in repeated_of(programme) if cards.compartment_of(one.instrument) in by.compartments],
    )


def waves_of(by: Actor, person: UUID) -> list[tuple[str, str]]:
    """The moments of measurement of a person's programme, as (code, words). Raises `Absent`."""
    code = person_in_reach(by, person, SEE).programme.code
    try:
        pack = packs.find(code)
    except NoPack:
        return []
    return [(one.code, packs.words(one.names, pack.languages)) for one in pack.waves]


def due_of(by: Actor, episode: Episode) -> list[Due]:
    """The measures due in one episode that the reader's compartments open. The episode must be in reach."""
    due, _said_by = answered(_due(by, [episode]))
    return due.get(episode.id, [])


def asks_first(episode: Episode) -> bool:
    """Whether care has ended and the person was not asked if she wants to be asked again."""
    if episode.ended_on is None:
        return False
    _answers, _sessions, ends, goodbyes = answered(_told_of([episode]))
    return _said([episode], ends, goodbyes).get(episode.id) == "not_asked"


@asks
def due_for(by: Actor) -> Asks[list[DueFor]]:
    """The people this actor works with for whom a measure is due now."""
    if by.duty not in CLINICAL:
        return []
    episodes = yield _own_episodes.later(by)
    due, said = yield from _due(by, episodes)
    found = []
    for episode in episodes:
        now_due = tuple(one for one in due.get(episode.id, []) if one.state == "due")
        if now_due:
            found.append(
                DueFor(episode.person_id, episode.person.code, episode.id, now_due, said.get(episode.id) == "not_asked")
            )
    return sorted(found, key=lambda one: one.measures[0].on)


@readymade
def _own_episodes(by: Actor) -> QuerySet[Episode, Episode]:
    mine = Assignment.objects.filter(user_id=by.id, until__isnull=True).values("person_id")
    people = visible_to(
        Person.objects.filter(pk__in=mine),
        by=by,
        policy=SEE,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    ).values("id")
    return Episode.objects.filter(person_id__in=people).select_related("person", "programme")[:MOST]


def _due(by: Actor, episodes: Iterable[Episode]) -> Asks[tuple[dict[UUID, list[Due]], dict[UUID, str]]]:
    """What is due by episode; and of those whose care has ended, whether the person may be asked again."""
    rows = list(episodes)
    if not rows:
        return {}, {}
    people = {one.person_id for one in rows}
    told, silent, resting = yield from together(
        _told_of(rows), silent_among.asking(people), restricted_among.asking(people)
    )
    answers, sessions, ends_said, goodbyes = told
    answered_on = [(episode, moment) for episode, moment, _said_then in ends_said]
    said = _said(rows, ends_said, goodbyes)
    rows = [one for one in rows if one.person_id not in {*silent, *resting} and said.get(one.id) != "no"]
    recorded: dict[UUID, dict[tuple[str, str], date]] = {}
    asked: dict[UUID, set[tuple[str, date]]] = {}
    for person, episode, instrument, wave, day in answers:
        for key in (episode, person):
            if key is not None and (key == episode or episode is None):
                waves = recorded.setdefault(key, {})
                waves[instrument, wave] = max(day or date.min, waves.get((instrument, wave), date.min))
        if day is not None:
            asked.setdefault(person, set()).add((instrument, day))
    held: dict[UUID, list[date]] = {}
    for person, day in sessions:
        held.setdefault(person, []).append(day)
    ends = _ends_before(rows, recorded, answered_on)
    schedules = {code: _schedule(by, code) for code in {one.programme.code for one in rows}}
    found = {}
    for one in rows:
        today = today_at(one.site_id)
        plan, repeats = schedules[one.programme.code]
        begun = {p.wave.code for p in plan if p.wave.at == "start"}
        last = ends.get(one.id, date.min)
        pairs = (*recorded.get(one.id, {}).items(), *recorded.get(one.person_id, {}).items())
        done = {pair for pair, day in pairs if pair[1] in begun or day >= last}
        due = due_measures(plan, opened_on=one.opened_on, ended=one.ended_on, recorded=done, today=today)
        if one.ended_on is None:
            already = {d.instrument for d in due}
            due += due_after_sessions(
                [r for r in repeats if r.instrument not in already],
                held=[day for day in held.get(one.person_id, []) if day >= one.opened_on],
                asked=asked.get(one.person_id, set()),
                today=today,
            )
        found[one.id] = sorted(due, key=lambda each: each.on)
    return found, said


def _ends_before(
    rows: list[Episode],
    recorded: Mapping[UUID, Mapping[tuple[str, str], date]],
    answered_on: Iterable[tuple[UUID, datetime]],
) -> dict[UUID, date]:
    """Of episodes that were taken up again: the day after the last end that no longer counts.

    What was asked at that end, or after it, is asked anew at the next one; the baseline stays the baseline.
    """
    sites = {one.id: one.site_id for one in rows}
    open_now = {one.id: one.ended_on is None for one in rows if recorded.get(one.id) or recorded.get(one.person_id)}
    closed: dict[UUID, list[date]] = {}
    for episode, moment in answered_on:
        if episode in open_now:
            closed.setdefault(episode, []).append(day_at(sites[episode], moment))
    earlier = {one: days if open_now[one] else days[:-1] for one, days in closed.items()}
    return {one: days[-1] + timedelta(days=1) for one, days in earlier.items() if days}


def _told_of(episodes: list[Episode]) -> Asks[tuple[list[Any], ...]]:
    """Of these people what each has answered when, on which days each came, and which ends were said."""
    people = {one.person_id for one in episodes}
    found: tuple[list[Any], ...] = yield (
        _answers.later(people),
        _came.later(people),
        _ends.later([one.id for one in episodes]),
        _goodbyes.later(people),
    )
    return found


def _said(
    episodes: Iterable[Episode],
    ends: Iterable[tuple[UUID, datetime, str]],
    goodbyes: Iterable[tuple[UUID, datetime, str]],
) -> dict[UUID, str]:
    """Of episodes whose care has ended: whether the person may be asked again. Her last end counts, and what she said
    at a goodbye since care began; an earlier end does not.
    """
    last = {episode: (moment, answer) for episode, moment, answer in ends}
    by_person: dict[UUID, list[tuple[datetime, str]]] = {}
    for person, moment, answer in goodbyes:
        by_person.setdefault(person, []).append((moment, answer))
    return {
        one.id: said_at_end(
            [
                *([last[one.id]] if one.id in last else []),
                *(each for each in by_person.get(one.person_id, []) if day_at(one.site_id, each[0]) >= one.opened_on),
            ]
        )
        for one in episodes
        if one.ended_on is not None
    }


@readymade
def _answers(people: set[UUID]) -> QuerySet[Any]:
    rows = Response.objects.filter(person_id__in=people)
    return rows.values_list("person_id", "episode_id", "instrument", "wave", "occurred_on")


@readymade
def _came(people: set[UUID]) -> QuerySet[Any]:
    rows = Session.objects.filter(person_id__in=people, attended="came", amended_by__isnull=True)
    return rows.values_list("person_id", "occurred_on")


@readymade
def _ends(episodes: list[UUID]) -> QuerySet[Any]:
    rows = ClosureAnswer.objects.filter(closure__episode__in=episodes, approved=True).order_by("recorded_at")
    return rows.values_list("closure__episode_id", "recorded_at", "closure__follow_up")


@readymade
def _goodbyes(people: set[UUID]) -> QuerySet[Any]:
    rows = Farewell.objects.filter(person_id__in=people).order_by("recorded_at")
    return rows.values_list("person_id", "recorded_at", "follow_up")
