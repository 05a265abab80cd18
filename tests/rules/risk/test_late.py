"""What comes from before a death, and what keeps its clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from karama.rules.risk import Told, WrittenDown, from_before

TODAY = date(2026, 3, 10)
WRITTEN = datetime(2026, 3, 8, 10, tzinfo=UTC)
DEATH = WrittenDown(on=date(2026, 3, 8), at=WRITTEN)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


def told(on: date | None, at: datetime = NOW, source: str = "answer") -> Told:
    return Told(source, on, at, at.date())


def test_answers_from_before_a_death() -> None:
    """RK061: answers of a day before the death come from before it, also those of its day that are entered on another
    day or were entered before the death was written down."""
    assert from_before(told(date(2026, 3, 7)), DEATH, TODAY)
    assert from_before(told(date(2026, 3, 8)), DEATH, TODAY)
    assert from_before(told(date(2026, 3, 8), WRITTEN - timedelta(hours=1)), DEATH, TODAY)


@pytest.mark.parametrize(
    "doubtful",
    [
        told(None),
        told(date(2026, 3, 9)),
        told(TODAY),
        told(date(2026, 3, 8), WRITTEN + timedelta(hours=1)),
        told(date(2026, 3, 7), source="worry"),
        told(date(2026, 3, 7), source="talk"),
        told(date(2026, 3, 7), source="phone"),
        told(date(1970, 1, 1), datetime(1970, 1, 1, tzinfo=UTC)),
        told(date(2027, 1, 1)),
    ],
)
def test_in_doubt_it_keeps_its_clock(doubtful: Told) -> None:
    """RK062: whatever a human decided to tell, answers of a later day, of no day, of the day of death after it was
    written down, and of a clock that nobody believes: none counts as from before."""
    assert not from_before(doubtful, DEATH, TODAY)


def test_a_death_long_ago() -> None:
    """RK063: a death of an earlier day that is written down today leaves what was answered since as it is."""
    early = replace(DEATH, on=date(2026, 3, 1))
    assert not from_before(told(date(2026, 3, 7), WRITTEN - timedelta(days=1)), early, TODAY)
    assert from_before(told(date(2026, 2, 27)), early, TODAY)
