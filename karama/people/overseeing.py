"""What the data protection officer looks after in every room. Each room leaves its lists in its AppConfig; her page
shows how much stands on each, and its address all of it, page by page.

A line holds codes, days, duties and labels: never a name, never a word of care.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from karama.journal import Actor
from karama.journal.registries import Registry

LOOKED_BACK: Final = timedelta(days=90)
AHEAD: Final = timedelta(days=30)
"""How far ahead an end is told: of a yes, of a sharing agreement."""


@dataclass(frozen=True)
class Row:
    """One line. `badge`: a kind of `karama.ui.badges`, with `state` in words."""

    line: Any
    code: str = ""
    href: str = ""
    badge: str = ""
    state: Any = ""
    meta: Any = ""


@dataclass(frozen=True)
class OfficerList:
    """A list of the officer's page. `code` stands in its address, `lede` says what to do, `empty` that it is empty.

    `found(by)`: everything on it, the oldest or most pressing first: a queryset, or a list where it is short.
    `rows(by, part)`: a part of it as lines. `pressing(by)`: how many wait for her; without it, whatever is found.
    `grade`: how pressing these are. `numbered`: how many there are stands on her page; counting may cost too much.
    `href`: of a page of its own in place of the usual one.
    """

    code: str
    title: Any
    lede: Any
    empty: Any
    found: Callable[[Actor], Any]
    rows: Callable[[Actor, Sequence[Any]], Sequence[Row]]
    order: int = 50
    grade: str = "soon"
    numbered: bool = True
    pressing: Callable[[Actor], int] | None = None
    href: Any = ""


@dataclass(frozen=True)
class Leaving:
    """A way in which something leaves this house: the actions and the routes under which it is on record."""

    words: Any
    actions: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()


officer_lists: Registry[Callable[[], Sequence[OfficerList]]] = Registry("people.officer_lists")
"""Called as `answer()`: the lists of that room."""

leaving: Registry[Callable[[], Sequence[Leaving]]] = Registry("people.leaving")
"""Called as `answer()`: what leaves the house by that room. A house test finds what is sent as a file and not named."""


def every_list() -> list[OfficerList]:
    """All lists, in their order."""
    return sorted((one for _room, answer in officer_lists for one in answer()), key=lambda one: (one.order, one.code))


def every_leaving() -> list[Leaving]:
    """Every way out."""
    return [one for _room, answer in leaving for one in answer()]


def count_of(found: Any) -> int:
    """How many there are, without fetching them where the database can count."""
    return len(found) if isinstance(found, list | tuple) else int(found.count())
