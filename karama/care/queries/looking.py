"""Who is off the supervisor's list because somebody has looked: until something new arises, or the day comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import QuerySet

from karama.care.models import StuckReview
from karama.care.queries.changes import Moved
from karama.journal import ERASED, Actor, clock
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks
from karama.rules.stuck import LOOKED_AT, WEEKS, Looked, stands_again
from karama.security import vault

if TYPE_CHECKING:
    from karama.care.queries.remarkable import OpenOnes
    from karama.care.queries.stuck import Stuck

COUNTS_FOR: Final = timedelta(weeks=max(WEEKS), days=2)
"""No look holds longer."""
HOLDS: Final = ("ok", "ask")


@dataclass(frozen=True)
class LookedAt:
    """Somebody who is off the list, by code. `again_on`: when the line comes back by itself."""

    episode: UUID
    code: str
    who: str
    again_on: date


def looks_of(episodes: Sequence[UUID]) -> Asks[dict[UUID, StuckReview]]:
    """Of these episodes, what a supervisor said last of who is stuck."""
    rows = yield _looks.later(list(episodes), clock.now() - COUNTS_FOR)
    return {one.episode_id: one for one in rows}


@readymade
def _looks(episodes: list[UUID], since: datetime) -> QuerySet[StuckReview, StuckReview]:
    rows = StuckReview.objects.filter(episode__in=episodes, recorded_at__gte=since)
    return rows.order_by("recorded_at", "id")


def seen_now(stuck: Sequence[Stuck], moved: Mapping[str, Moved]) -> dict[str, Any]:
    """What stands about one episode, as it is kept with a look."""
    since = {one.why: one.since.isoformat() if one.since else None for one in stuck}
    return {"since": since, "totals": {code: one.total for code, one in worse_in(moved).items()}}


def worse_in(moved: Mapping[str, Moved]) -> dict[str, Moved]:
    """The measures that got worse."""
    return {code: one for code, one in moved.items() if one.direction == "worse"}


def apart(by: Actor, open_ones: OpenOnes, stuck: list[Stuck], today: date) -> tuple[list[Stuck], list[LookedAt]]:
    """What stands on the list, and who is off it for now. Whoever leads somebody's care takes her line off no other
    list than her own."""
    leads = {one.id: one.lead_id for one in open_ones.episodes}
    looks = {
        episode: one
        for episode, one in open_ones.looks.items()
        if one.decision in HOLDS and (one.author_id == by.id or one.author_id != leads.get(episode))
    }
    lines: dict[UUID, list[Stuck]] = {}
    for one in stuck:
        if one.episode in looks:
            lines.setdefault(one.episode, []).append(one)
    people = list(dict.fromkeys(looks[episode].person_id for episode in lines))
    if people:
        opening_all(people)
        vault.warm(people, "clinical")
    off = {
        episode
        for episode, told in lines.items()
        if not _again(looks[episode], told, worse_in(open_ones.moved.get(episode, {})), today)
    }
    standing = [one for one in stuck if one.episode not in off or one.why not in LOOKED_AT]
    gone = {one.episode: one for one in stuck if one.episode in off and one.why in LOOKED_AT}
    looked = [LookedAt(one.episode, one.code, one.who, looks[one.episode].again_on or today) for one in gone.values()]
    return standing, sorted(looked, key=lambda one: (one.again_on, one.code))


def _again(look: StuckReview, told: Sequence[Stuck], worse: Mapping[str, Moved], today: date) -> bool:
    seen = look.unseal("seen")
    if look.again_on is None or seen is None or seen is ERASED:
        return True
    days = {why: date.fromisoformat(day) if day else None for why, day in seen["since"].items()}
    return stands_again(
        Looked(look.again_on, days, seen["totals"]),
        {one.why: one.since for one in told},
        {code: one.total for code, one in worse.items()},
        {code: one.harder for code, one in worse.items()},
        today,
    )
