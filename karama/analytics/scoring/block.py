"""A few ten thousand rows at a time: small enough to stay in the processor's cache while they are scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from karama.analytics.scoring.codes import HIGH_BIT, Codes

Numbers: TypeAlias = npt.NDArray[Any]
Flags: TypeAlias = npt.NDArray[np.bool_]

ROWS = 65_536
"""Rows in a block: 64 kB a column, so that what is being worked on stays in a cache of 1 or 2 MB."""


class Block:
    """The answers of some rows, and what was already worked out from them.

    ``remembered`` holds results by the number the compiler gave them; changing an answer forgets them all.
    """

    __slots__ = ("_codes", "_given", "_missing", "n", "remembered")

    def __init__(self, n: int, codes: Mapping[str, Codes], complete: Mapping[str, bool]) -> None:
        self.n = n
        self._codes = dict(codes)
        self._given: dict[str, Flags | None] = {item: None for item, whole in complete.items() if whole}
        self._missing: dict[str, Flags] = {}
        self.remembered: dict[int, Any] = {}

    def codes(self, item: str) -> Codes:
        """The answer numbers in effect."""
        return self._codes[item]

    def given(self, item: str) -> Flags | None:
        """Where the item is answered; ``None`` when it is everywhere."""
        if item not in self._given:
            self._given[item] = self._codes[item] < HIGH_BIT
        return self._given[item]

    def missing(self, item: str) -> Flags | None:
        """Where the item is not answered; ``None`` when nowhere."""
        given = self.given(item)
        if given is None:
            return None
        if item not in self._missing:
            self._missing[item] = np.logical_not(given)
        return self._missing[item]

    def replace(self, item: str, codes: Codes) -> None:
        """Put other answers into effect."""
        self._codes[item] = codes
        self._given.pop(item, None)
        self._missing.pop(item, None)
        self.remembered.clear()


def put(values: Numbers, where: Flags, number: int | float) -> Numbers:
    """The values with ``number`` in these rows; bytes by bit arithmetic, which is several times faster."""
    if values.dtype.itemsize > 1:
        wide: Numbers = np.where(where, values.dtype.type(number), values)
        return wide
    chosen = where.view(values.dtype)
    replaced: Numbers = np.subtract(chosen, values.dtype.type(1))
    np.bitwise_and(replaced, values, out=replaced)
    np.bitwise_or(replaced, np.multiply(chosen, values.dtype.type(number)), out=replaced)
    return replaced


def both(first: Flags | None, second: Flags | None) -> Flags | None:
    """Where both are set; ``None`` stands for everywhere."""
    if first is None or second is None:
        return second if first is None else first
    return first & second


def everywhere(flags: Sequence[Flags | None]) -> Flags | None:
    """Where all of them are set; ``None`` stands for everywhere."""
    result: Flags | None = None
    for each in flags:
        result = both(result, each)
    return result
