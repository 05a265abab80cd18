"""Of the days on which somebody was asked: which stands before a cycle of meetings, which within it, which after it.

Pure: no clock, no database. What nobody asked has no day, and is never a zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

FRESH: Final = timedelta(days=90)
"""How old answers may be to stand for "before", and how late to stand for "after"."""

LEAST: Final = 5
"""With fewer people who have both measures nothing is said of all of them together."""

Many = Literal["most", "half", "few"]


@dataclass(frozen=True)
class Placed:
    """Places in the list of days; None where nobody asked then. `now`: the newest within the cycle."""

    before: int | None = None
    now: int | None = None
    after: int | None = None

    @property
    def last(self) -> int | None:
        """What "before" is compared with."""
        return self.now if self.after is None else self.after


def placed(days: Sequence[date], begins: date, ends: date | None) -> Placed:
    """Where the days of one person's answers, the oldest first, stand beside a cycle.

    `begins`: the day of the first meeting; `ends`: of the last one, None while there is none. What was answered on the
    day of the first meeting stands before it, on the day of the last one after it; a cycle of one day has no "now".
    """
    before = now = after = None
    for place, day in enumerate(days):
        if day <= begins:
            before = place if day >= begins - FRESH else None
        elif ends is None or day < ends:
            now = place
        elif after is None and day <= ends + FRESH:
            after = place
    return Placed(before, now, after)


def how_many(better: int, both: int) -> Many | None:
    """How many of those with both measures are better, coarsely; None when they are fewer than `LEAST`."""
    if both < LEAST:
        return None
    if 3 * better >= 2 * both:
        return "most"
    return "few" if 3 * better <= both else "half"
