"""From answer numbers to values: by arithmetic where the values run evenly, else by a table."""

from __future__ import annotations

import math

import numpy as np

from karama.analytics.scoring.block import Block, Flags, Numbers
from karama.analytics.scoring.codes import answer_codes
from karama.rules.scoring import Card, CardError
from karama.rules.scoring.card import Item
from karama.rules.scoring.conditions import Number
from karama.rules.scoring.scorer import item_values

LIMIT = 10**6


class Reading:
    """The value of one item, reversed where it is, or recoded by another answer set of the card.

    Values are whole numbers, so that a sum is the same in any order: raises ``CardError`` for others.
    Bytes where no value is negative or above 255, else 32-bit integers. A missing answer reads as 0 and is
    always used together with ``given``.
    """

    def __init__(self, card: Card, item: Item, recode: str | None, number: int) -> None:
        if item.answers is None:
            raise CardError(f"item {item.code} is free words: it has no value.")
        own = card.answer_set(item.answers).values()
        table = card.answer_set(recode).values() if recode else item_values(item, own)
        self.item = item.code
        self.values = tuple(_whole(table[code], item.code) for code in answer_codes(card, item.code))
        self.lowest, self.highest = min(self.values), max(self.values)
        self._number = number
        small = self.lowest >= 0 and self.highest <= 255
        self._type = np.dtype(np.uint8 if small else np.int32)
        self._step = _even_step(self.values) if small else None
        self._table = np.zeros(256, dtype=self._type)
        self._table[: len(self.values)] = self.values

    def given(self, block: Block) -> Flags | None:
        """Where there is a value; ``None`` when everywhere."""
        return block.given(self.item)

    def of(self, block: Block) -> Numbers:
        """The values of the block, 0 where missing. Not to be written to."""
        found: Numbers | None = block.remembered.get(self._number)
        if found is None:
            found = block.remembered[self._number] = self._of(block)
        return found

    def at_least(self, block: Block, least: Number) -> Flags:
        """Where the item is answered with this value or more (a missing answer reads as 0 and reaches no more)."""
        least = math.ceil(least)
        reached: Flags = self.of(block) >= least
        given = self.given(block)
        return reached if given is None or least > 0 else reached & given

    def _of(self, block: Block) -> Numbers:
        codes, given = block.codes(self.item), block.given(self.item)
        if self._step is None:
            return self._table[codes]
        values: Numbers = codes
        if self._step < 0:
            values = np.subtract(np.uint8(self.values[0]), codes)
        elif self.values[0]:
            values = np.add(codes, np.uint8(self.values[0]))
        return values if given is None else values * given.view(np.uint8)


def _even_step(values: tuple[int, ...]) -> int | None:
    """1 or -1 when the values run evenly up or down by one."""
    for step in (1, -1):
        if all(value == values[0] + step * place for place, value in enumerate(values)):
            return step
    return None


def _whole(value: Number, item: str) -> int:
    if value != int(value) or abs(value) > LIMIT:
        raise CardError(f"item {item} has a value that is no whole number: score these responses one by one.")
    return int(value)
