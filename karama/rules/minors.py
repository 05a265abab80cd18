"""Who decides for a person who is, or may be, a child: age, guardian, assent, and what happens when none is safe.

An age that is not known for certain counts as possibly a child's. No clock here: `today` is an argument.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Standing = Literal["adult", "child", "unknown"]
Trust = Literal["safe", "unsafe", "unsure"]

BANDS: Final = {
    "0-4": (0, 4), "5-9": (5, 9), "10-14": (10, 14), "15-17": (15, 17), "18-24": (18, 24), "25-34": (25, 34),
    "35-49": (35, 49), "50-59": (50, 59), "60+": (60, 120),
}  # fmt: skip
"""Completed years of each age band: lowest and highest. "unknown" is not here."""

APPROXIMATE: Final = 2
"""Years that a birth year said to be about right may be off."""

YEAR: Final = 365.2425


@dataclass(frozen=True)
class AgeRule:
    """A country's rule. `alone_from`: the age from which a young person decides about her own care.

    `emergency_hours`: how long care goes on upon assent and a written reason, until a protection duty has decided.
    """

    majority: int = 18
    alone_from: int = 18
    emergency_hours: int = 72


@dataclass(frozen=True)
class Age:
    """What is known of an age: birth year (and whether it is about right), and a band with the day it was noted."""

    birth_year: int | None = None
    approximate: bool = False
    band: str | None = None
    noted_on: date | None = None


@dataclass(frozen=True)
class Basis:
    """On what care rests. `ground`: own, guardian, best_interest, emergency or ""; `needs`: codes of tasks."""

    ground: str
    needs: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether care may go on."""
        return bool(self.ground)


def standing(age: Age, years: int, today: date) -> Standing:
    """Whether the person has completed so many years. Two facts that disagree count as the younger one."""
    ranges = _ranges(age, today)
    if any(oldest < years for _youngest, oldest in ranges):
        return "child"
    if any(youngest >= years for youngest, _oldest in ranges):
        return "adult"
    return "unknown"


def may_have_come_of_age(age: Age, years: int, today: date) -> bool:
    """Whether somebody known as a child may have completed so many years since: time to ask her age again."""
    if standing(age, years, today) != "unknown":
        return False
    if age.birth_year is not None:
        return today.year - age.birth_year >= years
    if age.band not in BANDS or age.noted_on is None:
        return False
    return BANDS[age.band][1] + math.floor(_elapsed(age.noted_on, today)) >= years


def capacity(stands: Standing, guardians: Collection[Trust], *, decided_in_her_interest: bool) -> str:
    """Who decides (`classes.CAPACITIES`): herself; guardian and assent; or a protection duty, when no guardian is safe.

    `guardians`: the trust in each guardian on record. One who is unsure is not safe, but not yet unsafe either.
    """
    if stands == "adult":
        return "own"
    if "safe" in guardians:
        return "minor"
    if decided_in_her_interest or (guardians and set(guardians) == {"unsafe"}):
        return "guardian_unsafe"
    return "minor"


def care_basis(
    *, who_decides: str, own_yes: bool, guardian_yes: bool, interest_decided: bool, reason: bool, danger: bool
) -> Basis:
    """Whether care may start or go on, and what must happen beside it.

    `own_yes`: her consent, or, for a child, her assent. `reason`: a written reason. `danger`: emergency care.
    An adult decides alone. A child needs her guardian's yes and her own; without a safe guardian a protection duty
    decides with her assent. Until then assent and a written reason carry emergency care, and a supervisor's task.
    """
    if who_decides == "own":
        return Basis("own" if own_yes else "")
    if interest_decided and own_yes:
        return Basis("best_interest", ("review",))
    if who_decides == "minor" and guardian_yes:
        return Basis("guardian" if own_yes else "")
    if danger and own_yes and reason:
        return Basis("emergency", ("decide", "tell_supervisor"))
    return Basis("", ("decide", "tell_supervisor") if own_yes and reason else ())


def years_between(age: Age, today: date) -> tuple[int, int] | None:
    """The lowest and the highest completed years she may have by anything that is known; None when nothing is."""
    found = _ranges(age, today)
    return (min(low for low, _high in found), max(high for _low, high in found)) if found else None


def _ranges(age: Age, today: date) -> list[tuple[int, int]]:
    """The completed years she may have, from each thing that is known."""
    found: list[tuple[int, int]] = []
    if age.birth_year is not None:
        slack = APPROXIMATE if age.approximate else 0
        found.append((today.year - age.birth_year - 1 - slack, today.year - age.birth_year + slack))
    if age.band in BANDS:
        lowest, highest = BANDS[age.band]
        passed = _elapsed(age.noted_on, today) if age.noted_on else 0.0
        found.append((lowest + math.floor(passed), highest + math.ceil(passed)))
    return found


def _elapsed(since: date, today: date) -> float:
    return max(0.0, (today - since).days / YEAR)


def band_of_year(birth_year: int, today: date) -> str | None:
    """The band in which both ages lie that a year of birth allows; None when they lie in two."""
    oldest = max(today.year - birth_year, 0)
    found = {
        band for band, (least, most) in BANDS.items() for age in (max(oldest - 1, 0), oldest) if least <= age <= most
    }
    return found.pop() if len(found) == 1 else None
