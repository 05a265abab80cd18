"""Three to celebrate, three to look at: true ones, of people the supervisor may see; fewer when there are fewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from karama.care.access import SEE
from karama.care.models import GoalStep, Session
from karama.care.pathways import of_programme
from karama.care.queries.changes import Moved
from karama.care.queries.files import living_rows
from karama.care.queries.supervisions import harm_seen
from karama.care.registries import all_on_time
from karama.journal import Actor, clock
from karama.people.joined import last_file

if TYPE_CHECKING:
    from karama.care.queries.supervising import Stuck, Supervisee

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


def to_celebrate(
    by: Actor, episodes: Sequence[Any], moved: Mapping[UUID, Mapping[str, Moved]], staff: Sequence[Supervisee]
) -> list[Remarkable]:
    """At most three, of different kinds where there are several kinds, each person once."""
    today = clock.now().date()
    codes = {one.id: last_file(one.person).code for one in episodes}
    better = [
        Remarkable("better", episode, codes[episode], max(one.on for one in ways.values()))
        for episode, ways in moved.items()
        if _improved(ways) and max(one.on for one in ways.values() if one.direction == "better") >= today - LATELY
    ]
    timely = all_on_time(by, [one.user for one in staff])
    told = {one.user: Remarkable("on_time", one.user, one.alias) for one in staff if one.user in timely}
    return _some([better, _met(by, episodes, codes), _back(episodes, codes), list(told.values())])


def _improved(ways: Mapping[str, Moved]) -> bool:
    directions = {one.direction for one in ways.values()}
    return "better" in directions and "worse" not in directions


def _met(by: Actor, episodes: Sequence[Any], codes: Mapping[UUID, str]) -> list[Remarkable]:
    """Goals that were met lately and still are."""
    since = clock.now() - LATELY
    rows = GoalStep.objects.filter(
        state="met", recorded_at__gte=since, goal__state="met", goal__episode__in=list(codes)
    ).select_related("goal")
    seen = living_rows(rows, by=by, policy=SEE).order_by("-recorded_at")
    return [Remarkable("met", one.goal.episode_id, codes[one.goal.episode_id], one.recorded_at.date()) for one in seen]


def _back(episodes: Sequence[Any], codes: Mapping[UUID, str]) -> list[Remarkable]:
    """People who came again lately, after longer than the pack lets pass without contact."""
    today = clock.now().date()
    rows = Session.objects.filter(episode__in=list(codes), attended="came", amended_by__isnull=True)
    days: dict[UUID, list[date]] = {}
    for episode, on in rows.order_by("occurred_on").values_list("episode_id", "occurred_on"):
        if episode is not None:
            days.setdefault(episode, []).append(on)
    limit = {one.id: of_programme(one.programme.code).waits.silent_days for one in episodes}
    return [
        Remarkable("back", episode, codes[episode], came)
        for episode, held in days.items()
        for before, came in list(zip(held, held[1:], strict=False))[-1:]
        if came >= today - LATELY and (came - before).days > limit[episode]
    ]


def to_look_at(by: Actor, stuck: Sequence[Stuck], staff: Sequence[Supervisee]) -> list[Remarkable]:
    """At most three: what could do harm first, then people with whom something does not move, then colleagues."""
    alias = {one.user: one.alias for one in staff}
    harm = [
        Remarkable("harm", user, alias[user], one.harmful_since, one.competency)
        for user, one in harm_seen(by, list(alias))
    ]
    people = [Remarkable(one.why, one.episode, one.code, one.since) for one in stuck]
    today = clock.now().date()
    late = {
        one.user: Remarkable("unsupervised", one.user, one.alias, one.last)
        for one in staff
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
    return found[:SHOWN]
