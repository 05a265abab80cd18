"""Every route of the application, walked from the URLconf."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One route: its full name, its view, and the names in its address with the kind of each."""

    name: str
    view: Any
    names: tuple[tuple[str, str], ...]


def routes() -> list[Route]:
    """All of them, in the order in which Django looks."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns: Any, space: str, above: tuple[tuple[str, str], ...]) -> Iterator[Route]:
    for one in patterns:
        own = tuple((name, type(kind).__name__) for name, kind in one.pattern.converters.items())
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, inner, above + own)
        elif isinstance(one, URLPattern):
            yield Route(f"{space}{one.name}" if one.name else "", one.callback, above + own)
