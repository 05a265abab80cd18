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


@dataclass(frozen=True)
class Colleague:
    """Whom to tell what became of a message. `kept_apart`: what it is about would lead her to somebody from whom she
    is hidden, so that it does not leave."""

    user: UUID
    kept_apart: bool = False


colleague_for: Registry[Callable[[UUID], Colleague | None]] = Registry("notices.colleague_for")
"""Called as `answer(source)` when a message is to leave, and when it did not: by the room that keeps its source."""


def colleague_of(source: UUID) -> Colleague | None:
    """Who is to be told of a message about this; None when no room knows it."""
    return next((found for _room, answer in colleague_for if (found := answer(source)) is not None), None)


def reach_of(person: UUID) -> Reach:
    """How a person may be reached; without an answer, not at all."""
    for _room, answer in address_for:
        found: Reach = answer(person=person)
        return found
    return NOBODY
