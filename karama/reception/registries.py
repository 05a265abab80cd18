"""What the front desk asks rooms above it. Nothing that comes back is clinical."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from karama.journal.registries import Registry


class Waiting(Protocol):
    """One person who waits. `need`: 1 is the most pressing, 0 that nobody has said. `contact_alias`: empty while nobody
    is named. `recheck_on`: when somebody asks again how she is."""

    @property
    def person(self) -> UUID: ...
    @property
    def code(self) -> str: ...
    @property
    def since(self) -> date: ...
    @property
    def need(self) -> int: ...
    @property
    def contact_alias(self) -> str: ...
    @property
    def recheck_on(self) -> date: ...


waiting: Registry[Callable[[Any, UUID], Sequence[Any]]] = Registry("reception.waiting")
"""Called as `answer(by, site)`: who waits at a site, as `Waiting`; without those who are hidden from the reader."""

on_arrival: Registry[Callable[..., None]] = Registry("reception.on_arrival")
"""Called as `answer(by=, person=UUID, appointment=UUID | None)` inside the action that notes that somebody came."""

need_of: Registry[Callable[[UUID], int | None]] = Registry("reception.need_of")
"""Called as `answer(person)`: need 1 to 4 as care sees it; None when nobody has said. How soon she is asked after."""
