"""Physiotherapy: marks on a body map, and what three activities of the person's own choosing tell over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

MARKS: Final = ("pain", "spread")
"""Where it hurts, and where the pain goes from there."""
LOWEST: Final = 0
HIGHEST: Final = 10
ACTIVITIES: Final = 3
"""How many activities a person chooses."""


def map_fits(marks: Mapping[str, str], regions: Iterable[str]) -> bool:
    """Whether every mark is a known one on a known region, and spread never stands without a place it comes from."""
    known = set(regions)
    if not all(region in known and mark in MARKS for region, mark in marks.items()):
        return False
    return not marks or "pain" in marks.values()


def on_scale(value: int | None) -> bool:
    """Whether a rating stands on the scale from 0 to 10; not asked is nothing, and fits."""
    return value is None or (LOWEST <= value <= HIGHEST)


@dataclass(frozen=True)
class Function:
    """`mean`: of the chosen activities when each of them was rated; None otherwise, never with a zero instead."""

    mean: Fraction | None
    rated: int
    chosen: int


def function_of(chosen: Iterable[str], ratings: Mapping[str, int | None]) -> Function:
    """The mean rating of the activities that were chosen (0: cannot, 10: as before). Others do not count."""
    wanted = tuple(dict.fromkeys(chosen))
    found = [value for one in wanted if (value := ratings.get(one)) is not None]
    whole = bool(wanted) and len(found) == len(wanted)
    return Function(Fraction(sum(found), len(found)) if whole else None, len(found), len(wanted))


def change(first: Mapping[str, int | None], last: Mapping[str, int | None]) -> dict[str, int]:
    """Activity -> points gained, for those rated both times; an activity rated once tells no change."""
    return {
        one: later - earlier
        for one, earlier in first.items()
        if earlier is not None and (later := last.get(one)) is not None
    }


def grade_of_flags(flags: Iterable[str], grades: Mapping[str, str]) -> str | None:
    """How soon somebody must answer: the soonest of the flags; an unknown flag is the soonest. None without any."""
    found = {grades.get(one, "now") for one in flags}
    if not found:
        return None
    return "now" if "now" in found else "today"
