"""What this room tells rooms above it about colleagues. Each leaves its answer in its AppConfig."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from karama.journal.registries import Registry

on_leaving: Registry[Callable[..., None]] = Registry("accounts.on_leaving")
"""Called as `answer(by=, user=UUID)` inside the action that ended a duty or locked a user out: nobody is orphaned."""


on_exposure: Registry[Callable[..., None]] = Registry("on_exposure")
"""Called as `answer(by=, people=, kind=, at=)` inside the action: these users met something heavy (`incident`, `alert`,
`death`, `security`), or lead a group of
peers for a while (`peers`)."""

on_mistake: Registry[Callable[..., None]] = Registry("accounts.on_mistake")
"""Called as `answer(by=, people=, at=)` inside the action: what these users had met at exactly this moment was none."""


on_handed_password: Registry[Callable[..., None]] = Registry("accounts.on_handed_password")
"""Called as `answer(by=, user=UUID)` inside the action: `by` now knows the password of this user."""

on_own_password: Registry[Callable[[UUID], None]] = Registry("accounts.on_own_password")
"""Called as `answer(user)` once a user has chosen her own password: outside any action, as the sign-in is."""


def password_handed_over(*, by: object, user: UUID) -> None:
    """Tell every room that somebody else knows the password of a user."""
    for _room, answer in on_handed_password:
        answer(by=by, user=user)


def own_password(user: UUID) -> None:
    """Tell every room that a user has chosen her own password."""
    for _room, answer in on_own_password:
        answer(user)


def met_something_heavy(*, by: object, people: Iterable[UUID], kind: str, at: datetime) -> None:
    """Tell every room that cares for staff, inside the action, what these users have just met."""
    found = list(dict.fromkeys(people))
    for _room, answer in on_exposure if found else ():
        answer(by=by, people=found, kind=kind, at=at)


def was_a_mistake(*, by: object, people: Iterable[UUID], at: datetime) -> None:
    """Tell every room that cares for staff that what these users had met at this moment did not happen."""
    found = list(dict.fromkeys(people))
    for _room, answer in on_mistake if found else ():
        answer(by=by, people=found, at=at)


def has_left(*, by: object, user: object) -> None:
    """Tell every room that a user has less reach than before, or none."""
    for _room, answer in on_leaving:
        answer(by=by, user=user)
