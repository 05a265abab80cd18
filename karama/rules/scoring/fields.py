"""Reading plain data key by key, complaining about what is missing, wrong or left over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from karama.rules.scoring.evidence import Evidence

Data = Mapping[str, Any]
_Part = TypeVar("_Part")


class CardError(ValueError):
    """The data is not a card. The message names the key."""


class Fields:
    """Takes keys out of a table one by one, and complains about what is missing or left over."""

    def __init__(self, data: Data, where: str) -> None:
        if not isinstance(data, Mapping):
            raise CardError(f"{where}: must be a table of keys.")
        self._data = dict(data)
        self.where = where

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        """The value of ``key``, removed from the table; ``default`` makes it optional."""
        if key not in self._data:
            if default is ...:
                raise CardError(f"{self.where}: the key {key!r} is missing.")
            return default
        value = self._data.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise CardError(f"{self.where}: the key {key!r} holds the wrong kind of value.")
        return value

    def number(self, key: str, default: Any = ...) -> Any:
        """A whole or decimal number."""
        return self.take(key, (int, float), default)

    def choose(self, key: str, allowed: Sequence[str], default: Any = ...) -> Any:
        """One word out of ``allowed``."""
        value = self.take(key, str, default)
        if value not in allowed:
            raise CardError(f"{self.where}: {key!r} must be one of {', '.join(allowed)}.")
        return value

    def part(self, key: str) -> Fields:
        """A table inside this one."""
        return Fields(self.take(key, dict), f"{self.where}, {key}")

    def part_or_none(self, key: str) -> Fields | None:
        """A table inside this one, or ``None`` when it is absent."""
        return self.part(key) if key in self._data else None

    def each(self, key: str, make: Callable[[Fields], _Part]) -> tuple[_Part, ...]:
        """Every table of a list, made into a part."""
        parts = []
        for number, data in enumerate(self.take(key, list, []), 1):
            name = data.get("code", number) if isinstance(data, Mapping) else number
            fields = Fields(data, f"{self.where}, {key} {name}")
            parts.append(make(fields))
            fields.finish()
        return tuple(parts)

    def evidence(self, default: Evidence | None = None, key: str = "evidence") -> Evidence:
        """The evidence, written ``verified: SOURCE`` or ``draft: SOURCE``."""
        text = self.take(key, str, "" if default else ...)
        if not text and default:
            return default
        status, _, source = text.partition(":")
        if status not in ("verified", "draft") or not source.strip():
            raise CardError(f"{self.where}: {key!r} must read 'verified: SOURCE' or 'draft: SOURCE'.")
        return Evidence("verified" if status == "verified" else "draft", source.strip())

    def has(self, key: str) -> bool:
        """True while ``key`` is there and not yet taken."""
        return key in self._data

    def finish(self) -> None:
        """Complain about a key nobody asked for."""
        if self._data:
            raise CardError(f"{self.where}: the key {sorted(self._data)[0]!r} is not known here.")
