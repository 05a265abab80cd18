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
