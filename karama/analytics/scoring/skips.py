"""Skips over columns: what an item stands for where it was not to be asked. See ``Skip`` of the card."""

from __future__ import annotations

from dataclasses import dataclass

from karama.analytics.scoring.block import Block
from karama.analytics.scoring.codes import ABSENT, HIGH_BIT, MISSING, answer_codes
from karama.analytics.scoring.conditions import Compiler, Test
from karama.rules.scoring import Card

NOT_ASKED = MISSING["not_asked"]


@dataclass(frozen=True, slots=True)
class SkipColumns:
    """One item's skip, compiled."""

    item: str
    asked_if: Test
    implied: int | None
    drops_other_answers: bool

    def apply(self, block: Block) -> None:
        """Put the answers in effect into the block."""
        if block.given(self.item) is None and not self.drops_other_answers:
            return
        not_to_be_asked = self.asked_if(block).false()
        if not not_to_be_asked.any():
            return
        codes = block.codes(self.item)
        effective = codes.copy()
        if self.implied is not None:
            empty = (codes == ABSENT) | (codes == NOT_ASKED)
            effective[not_to_be_asked & empty] = self.implied
        if self.drops_other_answers:
            answered = codes < HIGH_BIT
            if self.implied is not None:
                answered &= codes != self.implied
            effective[not_to_be_asked & answered] = NOT_ASKED
        block.replace(self.item, effective)


def skips_of(card: Card, compiler: Compiler) -> tuple[SkipColumns, ...]:
    """The skips of a card in the order of its items."""
    return tuple(
        SkipColumns(
            item.code,
            compiler.test(item.skip.asked_if),
            None if item.skip.implied is None else _place(card, item.code, item.skip.implied),
            item.skip.answered_anyway == "missing",
        )
        for item in card.items
        if item.skip and item.answers
    )


def _place(card: Card, item: str, answer: str) -> int:
    return answer_codes(card, item).index(answer) if answer in answer_codes(card, item) else MISSING[answer]
