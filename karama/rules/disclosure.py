"""How finely place and time of a message may be kept, so that nobody can be guessed from them.

A rung of the ladder is kept when enough people could have written there and then. Hours are kept on no rung.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

Rung = tuple[str, str]

LADDER: Final[tuple[Rung, ...]] = (
    ("site", "day"),
    ("programme", "day"),
    ("programme", "week"),
    ("programme", "month"),
)
"""Place and time, from the finest to the coarsest. The last one is kept however few people there are."""

TIMES: Final = ("day", "week", "month")
LEAST: Final = 10
"""How many people must have been there who could have written it; the house's own choice, never lowered."""


def coarsen(seen: Mapping[Rung, int | None], least: int = LEAST) -> Rung:
    """The finest rung on which at least so many people were seen. A number nobody knows counts as too few."""
    for rung in LADDER[:-1]:
        count = seen.get(rung)
        if count is not None and count >= max(least, LEAST):
            return rung
    return LADDER[-1]


def first_day(day: date, time: str) -> date:
    """The first day of the day, week (Monday) or month in which a day lies. Raises `ValueError` for another time."""
    if time == "day":
        return day
    if time == "week":
        return day - timedelta(days=day.weekday())
    if time == "month":
        return day.replace(day=1)
    raise ValueError("a day, a week or a month")


def day_after(day: date, time: str) -> date:
    """The first day after the day, week or month in which a day lies."""
    first = first_day(day, time)
    if time == "month":
        return first_day(first + timedelta(days=31), "month")
    return first + timedelta(days=7 if time == "week" else 1)
