"""The stock of what is given out: what is left, how it stands, how much of a delivery may have expired.

What was really given out is written down whatever the stock says: a difference is shown, and never refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from karama.rules.medication import expiry

MOVES: Final = ("came", "counted", "taken_out")
"""A delivery came; pieces were counted; what had expired was taken out."""

Standing = Literal["unknown", "below", "out", "low", "enough"]
Expiry = Literal["expired", "soon", "later", "unsaid"]


@dataclass(frozen=True)
class Delivery:
    """Pieces that came. `expires`: None when nobody said. `settled`: what had expired of it was taken out."""

    came: int
    expires: date | None
    settled: bool = False


def left_of(came: Iterable[int], given: int) -> int | None:
    """What is left of the movements without what was given out. Below nothing: more was given out than is known to have
    come. None: nothing was ever written down, which is not nothing.
    """
    moves = list(came)
    return None if not moves and not given else sum(moves) - given


def expiry_of(one: Delivery, today: date) -> Expiry:
    """Whether a delivery has expired, or will soon; `unsaid` when it has no day or is settled."""
    return "unsaid" if one.expires is None or one.settled else expiry(one.expires, today)


def at_most(one: Delivery, left: int | None) -> int:
    """How many pieces of a delivery may still be there. Nobody writes down from which one something was given: it is
    never more than what is left, except where the stock is below nothing and says no more."""
    if left is None or left < 0:
        return one.came
    return min(one.came, left)


def expired_at_most(deliveries: Iterable[Delivery], left: int | None, today: date) -> int:
    """How many expired pieces may still be there."""
    found = sum(at_most(one, left) for one in deliveries if expiry_of(one, today) == "expired")
    return found if left is None or left < 0 else min(found, left)


def stands(left: int | None, expired: int, low: int | None) -> Standing:
    """How a stock stands. `expired`: pieces that nobody should be given; `low`: the programme's line, None without one.

    Where some may have expired the stock is read without them.
    """
    if left is None:
        return "unknown"
    if left < 0:
        return "below"
    usable = left - expired
    if usable <= 0:
        return "out"
    return "low" if low is not None and usable <= low else "enough"
