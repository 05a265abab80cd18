"""How measures moved within episodes of care, for many people at once: from the first answer to the newest one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.care.drawing import threshold
from karama.care.models import Response
from karama.care.queries.scoring import Result, result_of, usable
from karama.journal import Actor
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.security import vault


@dataclass(frozen=True)
class Moved:
    """One measure within an episode. `direction`: better, worse or unchanged by its reliable change; unknown: asked
    once, not scored, or without published figures. `total`: the newest, None where it has none. `harder`: 1 where a
    higher total is harder, -1 where a lower one is."""

    instrument: str
    name: str
    total: float | None
    direction: str
    on: date
    harder: int = 1


@asks
def moved_in(
    by: Actor, episodes: Collection[UUID], *, once: bool = False, only: Collection[str] | None = None
) -> Asks[dict[UUID, dict[str, Moved]]]:
    """Episode -> instrument -> how it moved, in the compartments of the reader; a fixed number of queries.

    `once`: also measures that were asked once. `only`: of these compartments. The caller has chosen episodes that the
    reader may see.
    """
    ends = yield from _ends(episodes, by.compartments if only is None else by.compartments & frozenset(only))
    wanted = {key: (found[0], found[-1]) for key, found in ends.items() if once or len(found) > 1}
    if not wanted:
        return {}
    asked = list({one for pair in wanted.values() for one in pair})
    opened = {one.id: one for one in (yield _responses.later(asked))}
    people = list({one.person_id for one in opened.values()})
    opening_all(people)
    vault.warm(people, "clinical")
    moved: dict[UUID, dict[str, Moved]] = {}
    for (episode, instrument), (first, last) in wanted.items():
        moved.setdefault(episode, {})[instrument] = _moved(opened, first, last)
    return moved


def _ends(episodes: Collection[UUID], compartments: Collection[str]) -> Asks[dict[tuple[UUID, str], list[UUID]]]:
    ends: dict[tuple[UUID, str], list[UUID]] = {}
    for response, episode, instrument in (yield _answered.later(list(episodes), sorted(compartments))):
        if episode is not None:
            ends.setdefault((episode, instrument), []).append(response)
    return ends


@readymade
def _answered(episodes: list[UUID], compartments: list[str]) -> QuerySet[Any]:
    rows = Response.objects.filter(
        episode__in=episodes, amended_by__isnull=True, compartment__in=compartments, occurred_on__isnull=False
    )
    return rows.order_by("occurred_on", "recorded_at").values_list("id", "episode_id", "instrument")


@readymade
def _responses(ids: list[UUID]) -> QuerySet[Response, Response]:
    return Response.objects.filter(pk__in=ids)


def _moved(opened: Mapping[UUID, Response], first: UUID, last: UUID) -> Moved:
    row = opened[last]
    end = result_of(row)
    direction = "unknown" if first == last else change(result_of(opened[first]), end)
    name = end.card.name if end is not None else row.instrument
    assert row.occurred_on is not None
    total = end.scored.total if end is not None else None
    return Moved(row.instrument, name, total, direction, row.occurred_on, harder_way(end) if end is not None else 1)


def harder_way(result: Result) -> int:
    """-1 where the line of a measure lies below: lower is harder, as with wellbeing; else 1."""
    card = usable(result.card)
    lines = [cut for cut in card.cutoffs if cut.scale == card.total]
    return -1 if lines and all(cut.at_least is None for cut in lines) else 1


def change(first: Result | None, last: Result | None) -> str:
    """better, worse or unchanged, by the reliable change of the measure; unknown where that cannot be said."""
    if first is None or last is None or first.scored.total is None or last.scored.total is None:
        return "unknown"
    card = usable(last.card)
    points = threshold(card)
    lines = [cut for cut in card.cutoffs if cut.scale == card.total]
    if points is None or not lines:
        return "unknown"
    moved = (last.scored.total - first.scored.total) * harder_way(last)
    return "worse" if moved >= points[0] else "better" if moved <= -points[0] else "unchanged"
