"""Every route of the application, walked from the URLconf, with addresses to open it by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Route:
    """One route: its full name, its view, and the names in its address with the kind of each."""

    name: str
    view: Any
    names: tuple[tuple[str, str], ...]

    def address(self, ids: Mapping[str, UUID]) -> str | None:
        """Its address with these ids; None when it needs something else."""
        words: dict[str, object] = {}
        for name, kind in self.names:
            if kind == "UUIDConverter":
                words[name] = ids.get(name, UUID(int=9))
            elif kind == "IntConverter":
                words[name] = 1
            else:
                words[name] = TEXTS.get(name, "phq9")
        try:
            return reverse(self.name, kwargs=words)
        except NoReverseMatch:
            return None

    @property
    def about_a_person(self) -> bool:
        """Whether its address names something of a participant."""
        return any(name in OF_A_PERSON for name, _kind in self.names)


TEXTS = {"code": "iraq-torture-rehabilitation", "programme": "iraq-torture-rehabilitation", "item": "q1"}
OF_A_PERSON = {
    "person",
    "alert",
    "response",
    "episode",
    "consent",
    "source",
    "draft",
    "note",
    "goal",
    "wait",
    "closure",
    "death",
    "rights",
    "copy",
}


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
