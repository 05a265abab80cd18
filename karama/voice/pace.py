"""How much comes through the page that needs no account: counted in memory, by place and hour, about nobody.

Nothing of a sender is looked at or kept, and no count is written down: a count of one at one place in one hour would
tell what the coarsened message does not. Messages that are too many are held for a person, never refused. Only
what would fill the disk is: so much writing an hour, with a part of it kept for short words, and never a danger.
"""

from __future__ import annotations

import time
from collections import deque
from threading import Lock
from typing import Final

HOUR: Final = 3600.0
MINUTE: Final = 60.0
MOST_AT_A_PLACE: Final = 20
MOST_ALTOGETHER: Final = 100
MOST_DANGERS: Final = 10
MOST_TOKENS: Final = 30
MOST_DIGESTS: Final = 200
MOST_WRONG_PLACES: Final = 60
"""Per process: messages an hour from one place and from all, dangers an hour, tokens of nobody and slow digests at all
in a minute, and digits of no place an hour."""

MOST_KEPT: Final = {"day": 60, "week": 150, "month": 300}
"""Messages of one programme within one kept stretch of time; what comes beyond is held, so that no list overflows."""

MOST_BYTES: Final = 4_000_000
KEPT_FOR_SHORT: Final = 2_000_000
SHORT: Final = 4_000
LEAST: Final = 2_000
"""Per process: bytes of writing an hour; how many more for what is short, so that long texts leave room for it; and
what a message counts at least, because its rows, too, take their place."""


class Pace:
    """How many came within a stretch of time, in this process."""

    def __init__(self, most: int, stretch: float) -> None:
        self.most = most
        self.stretch = stretch
        self._came: dict[str, deque[float]] = {}
        self._lock = Lock()

    def too_fast(self, key: str = "", now: float | None = None) -> bool:
        """Count one more, unless it is one too many; whether it is."""
        moment = time.monotonic() if now is None else now
        with self._lock:
            for other in [one for one, times in self._came.items() if times[-1] <= moment - self.stretch]:
                del self._came[other]
            came = self._came.setdefault(key, deque())
            while came and came[0] <= moment - self.stretch:
                came.popleft()
            full = len(came) >= self.most
            if not full:
                came.append(moment)
            return full

    def is_spent(self, key: str = "") -> bool:
        """Whether one more would be one too many; nothing is counted by asking."""
        with self._lock:
            since = time.monotonic() - self.stretch
            return sum(one > since for one in self._came.get(key, ())) >= self.most

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._came.clear()


class Room:
    """How much was written within a stretch of time, in this process."""

    def __init__(self, stretch: float) -> None:
        self.stretch = stretch
        self._came: deque[tuple[float, int]] = deque()
        self._sum = 0
        self._lock = Lock()

    def is_full_for(self, size: int, now: float | None = None) -> bool:
        """Count so many bytes more, unless there is no room left for them; whether there is none."""
        moment = time.monotonic() if now is None else now
        counted = max(size, LEAST)
        with self._lock:
            while self._came and self._came[0][0] <= moment - self.stretch:
                self._sum -= self._came.popleft()[1]
            full = self._sum + counted > MOST_BYTES + (KEPT_FOR_SHORT if size <= SHORT else 0)
            if not full:
                self._came.append((moment, counted))
                self._sum += counted
            return full

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._came.clear()
            self._sum = 0


AT_A_PLACE: Final = Pace(MOST_AT_A_PLACE, HOUR)
ALTOGETHER: Final = Pace(MOST_ALTOGETHER, HOUR)
DANGERS: Final = Pace(MOST_DANGERS, HOUR)
TOKENS: Final = Pace(MOST_TOKENS, MINUTE)
DIGESTS: Final = Pace(MOST_DIGESTS, MINUTE)
WRONG_PLACES: Final = Pace(MOST_WRONG_PLACES, HOUR)
WRITTEN: Final = Room(HOUR)


def many_from(place: str) -> bool:
    """Whether more came from this place, or altogether, than people send in an hour."""
    here, all_of_them = AT_A_PLACE.too_fast(place), ALTOGETHER.too_fast()
    return here or all_of_them


def forget() -> None:
    """Begin anew: for tests."""
    for one in (AT_A_PLACE, ALTOGETHER, DANGERS, TOKENS, DIGESTS, WRONG_PLACES, WRITTEN):
        one.forget()
