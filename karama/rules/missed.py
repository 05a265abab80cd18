"""How soon somebody who did not come is asked after, and by which ways: the higher the risk, the sooner.

What is not known is never taken for a low risk. The times are the house's own; they shorten nothing that an alert asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

AT_ONCE: Final = timedelta(0)
UNKNOWN: Final = timedelta(days=2)
BY_NEED: Final[dict[int, timedelta]] = {
    1: timedelta(days=1),
    2: timedelta(days=2),
    3: timedelta(days=5),
    4: timedelta(days=7),
}


@dataclass(frozen=True)
class Known:
    """What is known of a person's safety. `grade`: of the gravest open alert. `recent`: an alert in the last 30 days.

    `plan`: there is a safety plan. `need`: 1 (most pressing) to 4, None when nobody has said.
    """

    grade: Literal["now", "today", "soon"] | None = None
    recent: bool = False
    plan: bool = False
    need: int | None = None


def asked_after_within(known: Known) -> timedelta:
    """Within which time somebody asks after the person; the shortest of everything that is known."""
    if known.grade in ("now", "today"):
        return AT_ONCE
    times = [BY_NEED.get(known.need, UNKNOWN) if known.need is not None else UNKNOWN]
    if known.grade == "soon" or known.recent or known.plan:
        times.append(timedelta(days=1))
    return min(times)


WAYS: Final = ("call", "message", "via_person", "in_person")
WAYS_OF: Final[dict[str, tuple[str, ...]]] = {
    "call": ("call",),
    "sms_neutral": ("message",),
    "via_person": ("via_person",),
}
"""Channel of the contact rules -> the ways that were agreed. Whoever comes by herself may always be spoken with."""


def agreed_ways(channels: list[str]) -> tuple[str, ...]:
    """The ways by which a person may be asked after. `channels`: one for each file of hers; all have to agree."""
    agreed = set(WAYS_OF.get(channels[0], ())) if channels else set()
    for one in channels[1:]:
        agreed &= set(WAYS_OF.get(one, ()))
    return tuple(way for way in WAYS if way in agreed or way == "in_person")
