"""What a notice says: a code becomes words and the page where it is looked at. Rooms above add theirs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """`words`: without anything personal. `route`: a route that takes the notice's place; empty: no page."""

    words: str | Promise
    route: str = ""


KINDS: dict[str, Kind] = {}
UNKNOWN = Kind(_("Something happened"))


def name_kind(code: str, words: str | Promise, route: str = "") -> None:
    """Add a kind. Raises `ValueError` when the code is taken by other words."""
    kind = Kind(words, route)
    if str(KINDS.get(code, kind).words) != str(words):
        raise ValueError(f"two kinds of notice are called {code}")
    KINDS[code] = kind


def kind_of(code: str) -> Kind:
    """The kind of a code; one without a page for a code that nobody knows any more."""
    return KINDS.get(code, UNKNOWN)
