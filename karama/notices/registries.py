"""What this room asks rooms above it: how a person may be reached, in the moment in which a message is to leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from uuid import UUID

from karama.journal.registries import Registry
from karama.rules.messages import Hours


@dataclass(frozen=True)
class Reach:
    """How a person may be reached by message now. `why`: why not (`models.Why`), empty when she may be.

    `words` say nothing of why somebody comes. `zone`: the clock by which her hours count.
    """

    why: str = ""
    address: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    hours: tuple[Hours, ...] = ()
    zone: tzinfo = UTC


NOBODY = Reach("no_rule")

address_for: Registry[Callable[..., Reach]] = Registry("notices.address_for")
"""Called as `answer(person=UUID)` inside an open reading: number, neutral words, hours."""


def reach_of(person: UUID) -> Reach:
    """How a person may be reached; without an answer, not at all."""
    for _room, answer in address_for:
        found: Reach = answer(person=person)
        return found
    return NOBODY
