"""Calls that would climb the stairs: a lower room asks, a higher room has left its answer here.

Each registry is filled in the AppConfig of the rooms that answer, under the room's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar
from uuid import UUID

Answer = TypeVar("Answer", bound=Callable[..., Any])


class Registry(Generic[Answer]):
    """Functions by room name, in the order in which they were registered."""

    def __init__(self, need: str) -> None:
        self.need = need
        self._answers: dict[str, Answer] = {}

    def register(self, room: str, answer: Answer) -> None:
        """Leave an answer. Raises `ValueError` when the room has left another one already."""
        if self._answers.get(room, answer) is not answer:
            raise ValueError(f"{room} has registered for {self.need} already")
        self._answers[room] = answer

    def __iter__(self) -> Iterator[tuple[str, Answer]]:
        return iter(self._answers.items())

    def rooms(self) -> frozenset[str]:
        """The rooms that have answered."""
        return frozenset(self._answers)

    def get(self, room: str) -> Answer | None:
        """The answer of one room."""
        return self._answers.get(room)


on_merge: Registry[Callable[..., None]] = Registry("on_merge")
"""Called as `answer(by=, source=UUID, into=UUID)` inside the merge action."""

on_separate: Registry[Callable[..., None]] = Registry("on_separate")
"""Called as `answer(by=, source=UUID, into=UUID)` inside the action that undoes a merge: what the merge gave `into`."""

on_erase: Registry[Callable[..., None]] = Registry("on_erase")
"""Called as `answer(by=, person=UUID)` inside the erase action: delete or empty the room's rows."""

on_commit: Registry[Callable[..., None]] = Registry("on_commit")
"""Called as `answer(receipt)` after each top-level action is committed; may never raise."""

knows_keys: Registry[Callable[[list[UUID]], set[UUID]]] = Registry("knows_keys")
"""Called as `answer(ids)` before keys nobody needs are swept: those of the ids under whose keys that room has rows."""

scope_of: Registry[Callable[..., Any]] = Registry("scope_of")
"""Called as `answer(id)`: the target attributes of a thing of that room."""

today: Registry[Callable[..., Any]] = Registry("today")
"""Called as `answer(by=)`: the lines which that room puts on the Today page of a duty."""
