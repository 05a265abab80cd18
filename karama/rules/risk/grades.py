"""How urgent an alert is, and when its first step is due.

A positive safety answer opens the programme's follow-up screener in the same contact; the result sets the grade.
Until it is done, or when it is refused, the grade is at least *today*. No grade means "none": an alert is closed
by steps with a person, never by an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

GRADES: Final = ("now", "today", "soon")
"""From most to least urgent."""

UNASKED: Final = "today"
"""The grade while the follow-up is open, refused or incomplete."""

FOLLOW_UP_STATES: Final = ("not_done", "refused", "done")


class Signal(Protocol):
    """A safety rule's state after scoring, as `rules.scoring.SafetySignal`."""

    @property
    def grade(self) -> str: ...

    @property
    def state(self) -> str: ...


@dataclass(frozen=True)
class FollowUp:
    """The follow-up screener in this contact: `state` is one of FOLLOW_UP_STATES; `signals` once it is done."""

    state: str = "not_done"
    signals: Sequence[Signal] = ()


@dataclass(frozen=True)
class Clock:
    """How long each grade may wait for its first step. The defaults are the house's own; a pack may shorten them."""

    now: timedelta = timedelta(minutes=15)
    today: timedelta = timedelta(hours=6)
    soon: timedelta = timedelta(days=3)

    def wait(self, grade: str) -> timedelta:
        """The longest wait of a grade; an unknown grade waits no longer than *now*."""
        return {"now": self.now, "today": self.today, "soon": self.soon}.get(grade, self.now)


DEFAULT_CLOCK: Final = Clock()


def most_urgent(*grades: str) -> str:
    """The most urgent of several grades; an unknown grade counts as *now*."""
    return min((grade if grade in GRADES else "now" for grade in grades), key=GRADES.index, default=UNASKED)


def grade_of(raised_as: str, follow_up: FollowUp | None = None) -> str:
    """The grade of an alert whose safety answer was of grade `raised_as`.

    Done: the most urgent positive signal of the follow-up, *soon* when there is none; an unknown signal keeps it at
    *today* or above. Otherwise: `raised_as`, but never less urgent than *today*.
    """
    if follow_up is None or follow_up.state != "done" or not follow_up.signals:
        return most_urgent(raised_as, UNASKED)
    positive = [signal.grade for signal in follow_up.signals if signal.state == "positive"]
    unknown = [UNASKED for signal in follow_up.signals if signal.state not in ("positive", "negative")]
    return most_urgent("soon", *positive, *unknown)


def due_at(grade: str, raised_at: datetime, clock: Clock = DEFAULT_CLOCK) -> datetime:
    """When the first step is due."""
    return raised_at + clock.wait(grade)
