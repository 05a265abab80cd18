"""The door for numbers that leave the care team: what a count may say outside.

Counts up to `small` are one band, zero among them: that nobody was there tells as much as that somebody was. All
others are rounded to the nearest five, totals from the truth and not from rounded parts, so that subtracting one cell
from another gives back no person. What was told once is told the same way again: `evidence` keeps each release.

Still to come here: the auditor that solves a new table against everything released before (see the decision record
on registers). Until then only fixed tables, over fixed months and fixed sites, pass this door.
"""

from __future__ import annotations

from typing import Final

STEP: Final = 5
SMALL: Final = 7


def told(count: int, small: int = SMALL) -> str:
    """How a count of people or contacts is told outside. `small`: the largest count that is not told, at least 7.

    The band is written `<8`, which no spreadsheet takes for a day or a formula. Raises `ValueError`.
    """
    if count < 0 or small < SMALL:
        raise ValueError("a count below zero, or a band narrower than the house's")
    if count <= small:
        return f"<{small + 1}"
    return str(max((count + STEP // 2) // STEP, small // STEP + 1) * STEP)
