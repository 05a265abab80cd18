"""What was seen of a helper's skills in supervision, in four levels. No level is a number, and nothing is averaged.

Pure: no clock, no database. A harmful behaviour stands until the same skill was looked at again and did no harm; many
good ratings beside it never make it smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

LEVELS: Final = ("could_harm", "lacks", "basic", "advanced")
"""The lowest first. The words stand in `knowledge/value_sets/competency_levels.toml`."""

HARMFUL: Final = "could_harm"


@dataclass(frozen=True)
class Rated:
    """One skill as it was seen on a day."""

    competency: str
    level: str
    on: date


@dataclass(frozen=True)
class Standing:
    """Where one skill stands: its newest level, and since when it could do harm (None: it does not now)."""

    competency: str
    level: str
    on: date
    harmful_since: date | None


def standings(rated: Iterable[Rated]) -> tuple[Standing, ...]:
    """Where each skill stands by its newest rating, what could do harm first, then the lowest, then by code.

    Of two ratings on one day the more cautious counts. A level outside `LEVELS` counts as harmful.
    """
    by_skill: dict[str, list[Rated]] = {}
    for one in rated:
        by_skill.setdefault(one.competency, []).append(one)
    found = [_standing(skill, told) for skill, told in by_skill.items()]
    return tuple(sorted(found, key=lambda one: (_rank(one.level), one.competency)))


def harmful(levels: Mapping[str, str]) -> tuple[str, ...]:
    """The skills of one occasion that could do harm."""
    return tuple(sorted(skill for skill, level in levels.items() if _rank(level) == 0))


def _standing(skill: str, told: list[Rated]) -> Standing:
    ordered = sorted(told, key=lambda one: (one.on, -_rank(one.level)))
    newest = ordered[-1]
    since: date | None = None
    for one in ordered:
        since = (since or one.on) if _rank(one.level) == 0 else None
    return Standing(skill, newest.level, newest.on, since)


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else 0
