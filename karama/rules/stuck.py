"""Whether somebody with whom it does not move, and who was looked at, stands on the supervisor's list again.

Looked at, a line leaves the list until a new reason arises, until it gets worse, or until the day to look again. That
nobody is responsible, or that nobody stays in touch with somebody who waits, is never looked away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

LOOKED_AT: Final = ("worse", "waiting", "silent")
"""The reasons that a look answers for a while; any other stays until it is mended."""
WEEKS: Final = (2, 4, 8)
"""After so many weeks at most it is looked at again."""

Since = date | None
Totals = Mapping[str, float | None]


@dataclass(frozen=True)
class Looked:
    """What a supervisor saw: each reason with the day since when it stood, each measure that had got worse with its
    total, None where it had none. `again_on`: when it is looked at again."""

    again_on: date
    since: Mapping[str, Since]
    totals: Totals


def stands_again(
    looked: Looked, since: Mapping[str, Since], totals: Totals, harder: Mapping[str, int], today: date
) -> bool:
    """Whether all of it stands on the list again. `harder`: 1 where a higher total is harder, -1 where a lower is."""
    if today >= looked.again_on:
        return True
    if any(why not in looked.since or looked.since[why] != day for why, day in since.items()):
        return True
    return any(_harder(looked.totals, measure, total, harder.get(measure, 1)) for measure, total in totals.items())


def _harder(then: Totals, measure: str, total: float | None, sign: int) -> bool:
    if measure not in then:
        return True
    before = then[measure]
    if before is None or total is None:
        return before != total
    return (total - before) * sign > 0
