"""Three to celebrate, three to look at: true ones, of people the supervisor may see; fewer when there are fewer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import QuerySet

from karama.care.access import SEE
from karama.care.models import GoalStep, Session
from karama.care.pathways import of_programme
from karama.care.queries.changes import Moved
from karama.care.queries.files import living_rows
from karama.journal import Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks
from karama.people.joined import last_file
from karama.programme.days import day_at, today_for
from karama.rules.competency import Standing

if TYPE_CHECKING:
    from karama.care.models import StuckReview
    from karama.care.queries.stuck import Stuck
    from karama.care.queries.supervising import Supervisee

SHOWN: Final = 3
LATELY: Final = timedelta(days=31)
SUPERVISED_EACH: Final = timedelta(days=42)
"""A colleague who was not supervised for longer is one to look at."""


@dataclass(frozen=True)
class Remarkable:
    """`what`: better, met, back, on_time; harm, worse, no_lead, waiting, silent, unsupervised. `who`: code or alias.

    `of`: the episode of a person, or a colleague. `on`: since when, or when; None where it is true now.
    """

    what: str
    of: UUID
    who: str
    on: date | None = None
    more: str = ""


@dataclass(frozen=True)
class OpenOnes:
    """The open episodes of a page and what is known of each. `waits`: since when; `hidden`: (person, lead) of whoever
    leads and may not see her; `names`: of leads; `met`: (episode, day) of goals; `back`: episode -> days she came;
    `grouped`: person -> last group meeting; `looks`: episode -> what a supervisor said last of who is stuck."""

    episodes: Sequence[Any]
    moved: Mapping[UUID, Mapping[str, Moved]]
    waits: Mapping[UUID, date]
    hidden: Collection[tuple[UUID, UUID]]
    names: Mapping[UUID, str]
    met: Sequence[tuple[UUID, date]]
    back: Mapping[UUID, Sequence[date]]
    grouped: Mapping[UUID, date]
    looks: Mapping[UUID, StuckReview] = field(default_factory=dict)


@dataclass(frozen=True)
class Colleagues:
    """The colleagues of a page: those whose check-ins were all in time, and skills of theirs that could do harm."""

    staff: list[Supervisee]
    timely: Collection[UUID]
    harm: Sequence[tuple[UUID, Standing]]


def to_celebrate(open_ones: OpenOnes, colleagues: Colleagues) -> list[Remarkable]:
    """At most three, of different kinds where there are several kinds, each person once."""
    today = clock.day_in_utc()
    codes = {one.id: last_file(one.person).code for one in open_ones.episodes}
    better = [
        Remarkable("better", episode, codes[episode], max(one.on for one in ways.values()))
        for episode, ways in open_ones.moved.items()
        if _improved(ways) and max(one.on for one in ways.values() if one.direction == "better") >= today - LATELY
    ]
    met = [Remarkable("met", episode, codes[episode], on) for episode, on in open_ones.met]
    told = {
        one.user: Remarkable("on_time", one.user, one.alias)
        for one in colleagues.staff
        if one.user in colleagues.timely
    }
    return _some([better, met, _back(open_ones, codes), list(told.values())])


def _improved(ways: Mapping[str, Moved]) -> bool:
    directions = {one.direction for one in ways.values()}
    return "better" in directions and "worse" not in directions


def met_lately(by: Actor, episodes: list[UUID], deep: int) -> Asks[list[tuple[UUID, date]]]:
    """(episode, day) of goals that were met lately and still are, the newest first."""
    rows = yield _met.later(by, episodes, clock.now() - LATELY, deep)
    return [(episode, day_at(site, at)) for episode, site, at in rows]


@readymade
def _met(by: Actor, episodes: list[UUID], since: datetime, deep: int) -> QuerySet[Any]:
    rows = GoalStep.objects.filter(
        state="met", recorded_at__gte=since, goal__state="met", goal__episode__in=episodes
    ).order_by("-recorded_at")
    seen = living_rows(rows, by=by, policy=SEE, deep=deep)
    return seen.values_list("goal__episode_id", "goal__episode__site_id", "recorded_at")


def days_of_return(episodes: Sequence[Any]) -> Asks[dict[UUID, list[date]]]:
    """The days on which somebody came, of those who came lately (`last_held`): whoever came first stands first."""
    since = clock.day_in_utc() - LATELY
    days: dict[UUID, list[date]] = {}
    asked = [one.id for one in episodes if one.last_held is not None and one.last_held >= since]
    for episode, on in (yield _came.later(asked)):
        days.setdefault(episode, []).append(on)
    return days


@readymade
def _came(episodes: list[UUID]) -> QuerySet[Any]:
    rows = Session.objects.filter(episode__in=episodes, attended="came", amended_by__isnull=True)
    return rows.order_by("occurred_on").values_list("episode_id", "occurred_on")


def _back(open_ones: OpenOnes, codes: Mapping[UUID, str]) -> list[Remarkable]:
    """People who came again lately, after longer than the pack lets pass without contact."""
    today = clock.day_in_utc()
    limit = {one.id: of_programme(one.programme.code).waits.silent_days for one in open_ones.episodes}
    return [
        Remarkable("back", episode, codes[episode], came)
        for episode, held in open_ones.back.items()
        for before, came in list(zip(held, held[1:], strict=False))[-1:]
        if came >= today - LATELY and (came - before).days > limit[episode]
    ]


def to_look_at(by: Actor, stuck: Sequence[Stuck], colleagues: Colleagues) -> list[Remarkable]:
    """At most three: what could do harm first, then people with whom something does not move, then colleagues."""
    alias = {one.user: one.alias for one in colleagues.staff}
    harm = [Remarkable("harm", user, alias[user], one.harmful_since, one.competency) for user, one in colleagues.harm]
    people = [Remarkable(one.why, one.episode, one.code, one.since) for one in stuck]
    today = today_for(by)
    late = {
        one.user: Remarkable("unsupervised", one.user, one.alias, one.last)
        for one in colleagues.staff
        if one.user != by.id and (one.last is None or today - one.last > SUPERVISED_EACH)
    }
    return _some([harm, people, list(late.values())])


def _some(kinds: Sequence[Sequence[Remarkable]]) -> list[Remarkable]:
    """The first of each kind, then the second of each, until there are enough; nobody twice."""
    found: list[Remarkable] = []
    for place in range(max((len(one) for one in kinds), default=0)):
        for kind in kinds:
            if place < len(kind) and kind[place].of not in {one.of for one in found}:
                found.append(kind[place])
                if len(found) == SHOWN:
                    return found
    return found
