"""A family that is accompanied together: what each says counts for herself, and nothing that is missing is a number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

GOAL_STATES: Final = ("open", "in_progress", "met", "left")
"""Where a goal of a family stands. In progress is not met."""

ATTENDANCE: Final = ("came", "absent", "unsaid")
"""Whether a member was there. `unsaid`: nobody said; never absent."""

TOLD: Final = {
    "asked": "yes",
    "not_asked": "no",
    "not_appropriate": "not_appropriate",
}
"""One tap for a member who came: whether safety was asked about, apart from the others. `absent` is the other tap, and
in a correction `as_before`: she came, and what was said of it stays under its seal."""

NO_NUMBER: Final = ("differs", "refused", "dont_know", "not_asked")
"""Why there is no number on the scale. `differs`: the members do not agree on one."""

ANSWERS: Final = ("no", "later", "yes")
"""From the most to the least cautious answer to being accompanied together."""


def answer_of_both(answers: Iterable[str]) -> str:
    """What somebody answers whose files were joined: the most cautious of what stands in them."""
    return min(answers, key=ANSWERS.index)


def number_on(value: object, lowest: int, highest: int) -> int | None:
    """The number that was said; None for anything else, and for one that is not on the scale. Zero is a number."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if lowest <= value <= highest else None
