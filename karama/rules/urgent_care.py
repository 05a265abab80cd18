"""Care that works only for some hours after sexual violence: how many are left.

Whoever asks says how long ago it was at the most; the hours left are then at the least. Care that nobody can promise
any more is still offered: health care never ends with a clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

AGO: Final = (6, 12, 24, 48, 72, 120)
"""Hours ago at the most, as they are offered; longer ago and not known are said in words."""

NOT_KNOWN, LONGER = "unknown", "longer"


@dataclass(frozen=True)
class TimedCare:
    """Care and the hours within which it has to begin; `within` is None when no hour is set."""

    code: str
    within: int | None


@dataclass(frozen=True)
class Left:
    """`hours`: left at the least; 0: the time is over or nearly; None: not known, or no hour is set."""

    code: str
    hours: int | None
    timed: bool

    @property
    def over(self) -> bool:
        """The hours may be over: still go, a health worker decides."""
        return self.timed and self.hours == 0


def hours_left(cares: Iterable[TimedCare], ago: str) -> tuple[Left, ...]:
    """What is left of each care, in its order. `ago`: one of AGO as text, `longer`, or anything else for not known."""
    return tuple(Left(one.code, _left(one, ago), one.within is not None) for one in cares)


def _left(care: TimedCare, ago: str) -> int | None:
    if care.within is None:
        return None
    if ago == LONGER:
        return 0
    if ago not in {str(hours) for hours in AGO}:
        return None
    return max(care.within - int(ago), 0)
