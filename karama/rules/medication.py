"""Medicines: which cautions speak, when a refill is due, what may leave a stock, when a stock runs short.

No clock and no list of medicines here: both are arguments. What is not known never speaks for safety.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Bearing = Literal["", "pregnant", "could", "cannot", "unknown"]
"""What was said about pregnancy; empty: it was not asked."""

BEARING_AGES: Final = (12, 49)
"""Completed years between which a woman counts as able to become pregnant unless a reason says otherwise."""
REFILL_DAYS: Final = 7
"""So many days before the last dose somebody looks at whether the medicine goes on."""
LONGEST_DAYS: Final = 180
SHORT_DAYS: Final = 28
"""A stock is short when it is smaller than what was handed out in so many days."""
EXPIRY_DAYS: Final = 60
SAME_KIND: Final = "same_kind"
"""The caution that a medicine of the same kind is prescribed already."""


@dataclass(frozen=True)
class Warned:
    """A caution of a medicine. `when`: pregnant, could_become_pregnant or child. `blocking`: only with a reason."""

    code: str
    when: str
    blocking: bool


@dataclass(frozen=True)
class Known:
    """What is known of the person. `woman`: None when the file does not say. `ages`: lowest and highest, or None."""

    bearing: str = ""
    woman: bool | None = None
    ages: tuple[int, int] | None = None


def of_bearing_age(known: Known) -> bool:
    """Whether the file says a woman who may be of the age at which one can become pregnant."""
    if known.woman is not True:
        return False
    return known.ages is None or (known.ages[0] <= BEARING_AGES[1] and known.ages[1] >= BEARING_AGES[0])


def speaks(caution: Warned, known: Known) -> bool:
    """Whether a caution is about this person. Not asked and not known count as yes, an unknown condition too."""
    if caution.when == "pregnant":
        return known.bearing == "pregnant"
    if caution.when == "could_become_pregnant":
        if known.bearing == "pregnant":
            return False
        return known.bearing != "cannot" or of_bearing_age(known)
    if caution.when == "child":
        return known.ages is None or known.ages[0] < 18
    return True


def cautions_for(cautions: Iterable[Warned], known: Known, *, same_kind: bool) -> list[Warned]:
    """Every caution that speaks, the blocking ones first."""
    found = [one for one in cautions if speaks(one, known)]
    if same_kind:
        found.append(Warned(SAME_KIND, "same_kind", True))
    return sorted(found, key=lambda one: not one.blocking)


def unanswered(cautions: Iterable[Warned], reason: str) -> list[Warned]:
    """The blocking cautions that no written reason has passed."""
    return [] if reason.strip() else [one for one in cautions if one.blocking]


def last_day(begins: date, days: int) -> date:
    """The day after the last dose. Raises ValueError for a time that is nothing or too long."""
    if not 1 <= days <= LONGEST_DAYS:
        raise ValueError("days")
    return begins + timedelta(days=days)


def refill(until: date, today: date) -> Literal["running", "due", "lapsed"]:
    """Whether the medicine lasts, is to be looked at, or has run out: on the day after the last dose it has."""
    if (until - today).days <= 0:
        return "lapsed"
    return "due" if (until - today).days <= REFILL_DAYS else "running"


def after_move(balance: int, quantity: int) -> int | None:
    """What is left after a movement; None when it would be less than nothing."""
    left = balance + quantity
    return left if left >= 0 else None


def may_leave(expires: date, today: date) -> bool:
    """Whether a batch may still be handed out: not on its day of expiry, nor after it."""
    return (expires - today).days > 0


def may_hand_out(prescribed: int, handed: int, quantity: int) -> bool:
    """Whether a quantity is no more than what is left of the prescription."""
    return 0 < quantity <= prescribed - handed


def stock_state(usable: int, used: int) -> Literal["out", "short", "enough"]:
    """How a stock stands. `usable`: not expired; `used`: handed out in the last `SHORT_DAYS` days."""
    if usable <= 0:
        return "out"
    return "short" if usable < used else "enough"


def expiry(expires: date, today: date) -> Literal["expired", "soon", "later"]:
    """Whether a batch has expired, or will within `EXPIRY_DAYS` days."""
    left = (expires - today).days
    if left <= 0:
        return "expired"
    return "soon" if left <= EXPIRY_DAYS else "later"
