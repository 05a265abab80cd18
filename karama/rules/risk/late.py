"""Whether what is told of somebody who has died comes from before the death. When in doubt it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

MEASURED: Final = "answer"
"""The source of an alert that a machine raised out of answers. Whatever else raises one, a human has decided to."""

LATEST: Final = timedelta(days=60)
"""So late an answer may arrive from a telephone. What says that it is older comes from a clock nobody believes."""


@dataclass(frozen=True)
class Told:
    """What was told: `on` the day on which it was answered (None: not known), `at` the moment when that was entered, by
    the clock of the telephone if one was used, `at_on` the day of that moment at the site.
    """

    source: str
    on: date | None
    at: datetime
    at_on: date


@dataclass(frozen=True)
class WrittenDown:
    """A death: its day (that on which it was written down, when nobody knows it), and when it was written down."""

    on: date
    at: datetime


def from_before(told: Told, death: WrittenDown, today: date) -> bool:
    """Whether this was answered before the death. Only answers are asked: what a human decided to tell never is.

    On the day of the death itself, what was entered on that day after the death was written down is not from before.
    """
    if told.source != MEASURED or told.on is None or today - told.on > LATEST:
        return False
    if told.on != death.on:
        return told.on < death.on
    return told.at < death.at or told.at_on > told.on
