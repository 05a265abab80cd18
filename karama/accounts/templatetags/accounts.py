"""Small filters for the pages of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(values: Mapping[Any, Any] | None, key: Any) -> Any:
    """The value at a key; a dash when there is none."""
    return (values or {}).get(key, "–")


@register.filter
def fours(text: str) -> list[str]:
    """A long key in parts of four characters, which people can read and type."""
    return [text[start : start + 4] for start in range(0, len(text), 4)]
