"""What this room asks rooms above it: whom the pathway of an alert names at a
site, before the duties that it knows, and whether somebody has died."""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

from karama.journal.registries import Registry

asked_first: Registry[Callable[[UUID, str, UUID], UUID | None]] = Registry("asked_first")
"""Called as `answer(site, kind, raiser)`: who at this site is asked first about this kind, never the raiser.

Only an order: whoever is hidden from, accused or away is passed over like anybody else in the line.
"""

died: Registry[Callable[[Collection[UUID]], Collection[UUID]]] = Registry("died")
"""Called as `answer(files)`: those of these files that remain whose person has died, by any file that was joined."""


def died_among(files: Collection[UUID]) -> set[UUID]:
    """Those of these people of whom a room above knows that they have died."""
    return set().union(*(answer(files) for _room, answer in died))


def first_named(site: UUID, kind: str, raiser: UUID) -> UUID | None:
    """The first colleague whom a room above names; None when none does."""
    found = (answer(site, kind, raiser) for _room, answer in asked_first)
    return next((one for one in found if one is not None), None)
