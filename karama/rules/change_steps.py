"""How somebody is since the last visit, in seven steps, and the three steps that telephones and older visits have.

Seven steps from very much better to very much worse, as the improvement item of the Clinical Global Impression has
them; the words are our own, and no score is made of them.
"""

from __future__ import annotations

from typing import Final

STEPS: Final = (
    "very_much_better", "much_better", "a_little_better", "unchanged", "a_little_worse", "much_worse",
    "very_much_worse",
)  # fmt: skip
"""From best to worst."""

THREE: Final = dict(zip(STEPS, ("better",) * 3 + ("same",) + ("worse",) * 3, strict=True))
"""Each of the seven steps in three."""


def in_three(step: str, change: str) -> str:
    """better, same or worse: what follows from a step of seven where there is one, else what was said in three.

    >>> in_three("a_little_worse", "")
    'worse'
    >>> in_three("", "same")
    'same'
    """
    return THREE[step] if step else change
