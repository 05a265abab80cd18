"""Stepped care: what scores would suggest, told only after the worker's own view and the person's wish.

Nothing here refuses, delays, steps down or closes care: the only thing a score can do is suggest more. Whoever decides
is a person, and differing from a suggestion costs what agreeing costs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

LAYERS: Final = ("basic", "community", "focused", "specialised")
"""The IASC pyramid, from the widest layer to the narrowest."""

SWITCH_OFF: Final = ("psychosis", "mania", "withdrawal", "cognitive")
"""Seen or suspected, each of these switches suggestions off: a score was not made for it, somebody must look."""

WISHES: Final = ("more", "same", "less", "unsure")
Off = Literal["safety_missing", "psychosis", "mania", "withdrawal", "cognitive", "no_view", "no_wish"]


@dataclass(frozen=True)
class Line:
    """At or above `at_least` on `instrument`, the pack suggests `layer`."""

    instrument: str
    at_least: float
    layer: str


@dataclass(frozen=True)
class Suggestion:
    """What the scores suggest: a layer, or nothing with the reasons why suggestions are off.

    `because`: the instruments whose line was reached. `layer` empty and `off` empty: no line was reached, which
    suggests nothing: it is never a reason for less.
    """

    layer: str = ""
    because: tuple[str, ...] = ()
    off: tuple[Off, ...] = ()


def suggest(
    lines: Iterable[Line],
    totals: Mapping[str, float | None],
    *,
    now_at: str,
    own_view: str,
    wish: str,
    safety_missing: bool,
    seen: Collection[str] = (),
) -> Suggestion:
    """The suggestion. `totals`: instrument -> its newest total, None where it has none. `seen`: codes of `SWITCH_OFF`.

    Never a layer below the one the person has (`now_at`), nor below what the worker saw herself (`own_view`).
    """
    off: list[Off] = []
    if own_view not in LAYERS:
        off.append("no_view")
    if wish not in WISHES:
        off.append("no_wish")
    if safety_missing:
        off.append("safety_missing")
    off += [one for one in SWITCH_OFF if one in seen]
    if off:
        return Suggestion(off=tuple(off))
    floor = max(_rank(now_at), _rank(own_view))
    reached = [one for one in lines if _reached(one, totals) and _rank(one.layer) > floor]
    if not reached:
        return Suggestion()
    layer = max((one.layer for one in reached), key=_rank)
    because = dict.fromkeys(one.instrument for one in reached if one.layer == layer)
    return Suggestion(layer, tuple(because))


def _reached(line: Line, totals: Mapping[str, float | None]) -> bool:
    total = totals.get(line.instrument)
    return total is not None and total >= line.at_least


def _rank(layer: str) -> int:
    return LAYERS.index(layer) if layer in LAYERS else -1


def direction(before: str, after: str) -> Literal["up", "down", "same", "first"]:
    """What a decision does: `first` when no layer was decided before."""
    if before not in LAYERS:
        return "first"
    step = _rank(after) - _rank(before)
    return "up" if step > 0 else "down" if step < 0 else "same"


@dataclass(frozen=True)
class Recheck:
    """When somebody asks a waiting person again. `worse`: the worsening rule has moved the day to today."""

    on: date
    worse: bool = False


def recheck(
    *, since: date, asked: Iterable[date], need: int, days: tuple[int, ...], worse: bool, today: date
) -> Recheck:
    """The next day on which the named contact asks a waiting person. `need`: 1 (most pressing) to 4.

    An unknown need counts as the most pressing. Whoever got worse while waiting is asked today, never later.
    """
    place = need - 1 if 1 <= need <= len(days) else 0
    last = max([since, *asked])
    due = last + timedelta(days=days[place])
    if worse and last < today:
        return Recheck(min(due, today), worse=True)
    return Recheck(due)


def worse_on(changes: Mapping[str, str], at_least: int) -> bool:
    """The worsening rule over several measures. `changes`: instrument -> direction of its reliable change."""
    return sum(one == "worse" for one in changes.values()) >= at_least
