"""What this room asks rooms above it. Each leaves its answer in its AppConfig, under its own name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from karama.journal.registries import Registry

if TYPE_CHECKING:
    from karama.journal import Actor

Parts = tuple[int, int, int]

fidelity_for: Registry[Callable[..., Mapping[UUID, Parts]]] = Registry("care.fidelity_for")
"""Called as `answer(by=, users=)`: colleague -> parts of her group meetings (done, adapted, not done), of groups that
the asker may see; a colleague without any is not in it."""

on_time_for: Registry[Callable[..., Collection[UUID]]] = Registry("care.on_time_for")
"""Called as `answer(by=, users=)`: colleagues all of whose check-ins of the last weeks were settled in time; nobody
without any."""


def group_fidelity(by: Actor, users: Collection[UUID]) -> dict[UUID, Parts]:
    """Fidelity of the meetings of these colleagues, from whichever room keeps meetings."""
    found: dict[UUID, Parts] = {}
    for _room, answer in fidelity_for:
        found |= answer(by=by, users=users)
    return found


def all_on_time(by: Actor, users: Collection[UUID]) -> set[UUID]:
    """Colleagues all of whose check-ins were in time."""
    return {user for _room, answer in on_time_for for user in answer(by=by, users=users)}
