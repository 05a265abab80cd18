"""What this room tells rooms above it when somebody leaves. Each leaves its answer in its AppConfig."""

from __future__ import annotations

from collections.abc import Callable

from karama.journal.registries import Registry

on_leaving: Registry[Callable[..., None]] = Registry("accounts.on_leaving")
"""Called as `answer(by=, user=UUID)` inside the action that ended a duty or locked a user out: nobody is orphaned."""


def has_left(*, by: object, user: object) -> None:
    """Tell every room that a user has less reach than before, or none."""
    for _room, answer in on_leaving:
        answer(by=by, user=user)
