"""What this room asks rooms above it: whom the pathway of an alert names at a
site, before the duties that it knows, whether somebody has died and who says so, and on which day something was
answered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from karama.journal import Actor
from karama.journal.registries import Registry

asked_first: Registry[Callable[[UUID, str, UUID], UUID | None]] = Registry("asked_first")
"""Called as `answer(site, kind, raiser)`: who at this site is asked first about this kind, never the raiser.

Only an order: whoever is hidden from, accused or away is passed over like anybody else in the line.
"""

died: Registry[Callable[[Collection[UUID]], Collection[UUID]]] = Registry("died")
"""Called as `answer(files)`: those of these files that remain whose person has died, by any file that was joined."""


@dataclass(frozen=True)
class DeathSaid:
    """That a death was written down: by whom, in which duty, when, for which day. `stands`: it was not taken back."""

    id: UUID
    author: UUID
    duty: str
    at: datetime
    on: date | None
    stands: bool


deaths: Registry[Callable[[Collection[UUID]], Sequence[DeathSaid]]] = Registry("deaths")
"""Called as `answer(files)`: every death that was written down in these files, the oldest first."""

doubt: Registry[Callable[[Actor, UUID], str]] = Registry("doubt")
"""Called as `answer(by, death)`: the address at which this reader may say that a death was a mistake; or nothing."""

answered_on: Registry[Callable[[UUID], date | None]] = Registry("answered_on")
"""Called as `answer(record)`: on which day the answers of this record were given; None when nobody knows."""


def died_among(files: Collection[UUID]) -> set[UUID]:
    """Those of these people of whom a room above knows that they have died."""
    return set().union(*(answer(files) for _room, answer in died))


def deaths_said(files: Collection[UUID]) -> list[DeathSaid]:
    """Every death that was written down in these files of one person, the oldest first."""
    return sorted((one for _room, answer in deaths for one in answer(files)), key=lambda one: (one.at, one.id))


def where_to_doubt(by: Actor, death: UUID) -> str:
    """Where this reader says that the death was a mistake; empty when somebody else has to."""
    return next((found for _room, answer in doubt if (found := answer(by, death))), "")


def day_answered(record: UUID | None) -> date | None:
    """On which day these answers were given, as far as a room above knows."""
    told = (answer(record) for _room, answer in answered_on) if record is not None else ()
    return next((one for one in told if one is not None), None)


def first_named(site: UUID, kind: str, raiser: UUID) -> UUID | None:
    """The first colleague whom a room above names; None when none does."""
    found = (answer(site, kind, raiser) for _room, answer in asked_first)
    return next((one for one in found if one is not None), None)
