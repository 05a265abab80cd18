"""A few ten thousand rows at a time: small enough to stay in the processor's cache while they are scored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from karama.analytics.scoring.codes import HIGH_BIT, Codes

Numbers: TypeAlias = npt.NDArray[Any]
Flags: TypeAlias = npt.NDArray[np.bool_]

ROWS = 32_768
"""Rows in a block: 32 kB a column, so the columns of a questionnaire and the work on them fit a 1 MB cache."""


class Block:
    """The answers of some rows, and what was already worked out from them.

    ``remembered`` holds results by the number the compiler gave them; changing an answer forgets them all.
    """

    __slots__ = ("_codes", "_given", "n", "remembered")

    def __init__(self, n: int, codes: Mapping[str, Codes], complete: Mapping[str, bool]) -> None:
        self.n = n
        self._codes = dict(codes)
        self._given: dict[str, Flags | None] = {item: None for item, whole in complete.items() if whole}
        self.remembered: dict[int, Any] = {}

    def codes(self, item: str) -> Codes:
        """The answer numbers in effect."""
        return self._codes[item]

    def given(self, item: str) -> Flags | None:
        """Where the item is answered; ``None`` when it is everywhere."""
        if item not in self._given:
            self._given[item] = self._codes[item] < HIGH_BIT
        return self._given[item]

    def replace(self, item: str, codes: Codes) -> None:
        """Put other answers into effect."""
        self._codes[item] = codes
        self._given.pop(item, None)
        self.remembered.clear()


def both(first: Flags | None, second: Flags | None) -> Flags | None:
    """Where both are set; ``None`` stands for everywhere."""
    if first is None or second is None:
        return second if first is None else first
    return first & second
