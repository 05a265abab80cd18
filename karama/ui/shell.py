"""What the frame of a page shows about the reader. Rooms above leave their answers here; this room knows
none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from karama.journal.actors import Actor
from karama.journal.problems import Problem
from karama.journal.registries import Registry
from karama.journal.together import Asks, together


@dataclass(frozen=True)
class Link:
    """One entry of the header. `icon` is a name in `icons`; `urgent` draws the one red entry; lower `order`
    comes first. `aside`: in the bar above the others, on every screen in reach of one tap.
    """

    label: str | Promise
    href: str
    icon: str = ""
    count: int | None = None
    urgent: bool = False
    order: int = 50
    aside: bool = False


@dataclass(frozen=True)
class Visitor:
    """Who is signed in, by work alias and duty, never by another name. Zero `idle_seconds` means no lock by
    the page.
    """

    alias: str
    duty: str | Promise
    lock_url: str
    sign_out_url: str
    idle_seconds: int = 0
    links: Sequence[Link] = ()


visitor: Registry[Callable[[HttpRequest], Visitor | None]] = Registry("visitor")
"""Called as `answer(request)`; the first answer that is not None is shown."""

navigation: Registry[Callable[[HttpRequest], Sequence[Link]]] = Registry("navigation")
"""Called as `answer(request)`; the links that this reader may follow."""

ahead: Registry[Callable[[Actor], Asks[object]]] = Registry("ahead")
"""Called as `answer(actor)`: what an entry of the header asks, for a page to ask it together with its own questions.
The entry is answered the same without it, one question later."""

on_hide: Registry[Callable[[HttpRequest], None]] = Registry("on_hide")
"""Called as `answer(request)` when somebody hides the screen: lock the session. May never raise."""

outside: Registry[Callable[[HttpRequest, Problem, int], HttpResponse | None]] = Registry("outside")
"""Called as `answer(request, problem, status)` when something went wrong: the page of an address that somebody outside
opens, in that page's own frame, which does not name this house; None for every other address. Uses the database only
where it can do without."""


FIRST = 3
"""Entries that a phone shows beside the urgent one; the rest stand under "More"."""

FIRST_AT_A_DESK = 5
"""The same on a wide screen: as many as stand in one row. An entry that counts something stays in sight."""


@dataclass(frozen=True)
class Rest:
    """What stands under "More": `phone` on a narrow screen; `desk`, some of these, on a wide one. `count`: what those
    of the phone count together, so that nothing new is hidden without a sign.
    """

    phone: Sequence[Link] = ()
    desk: Sequence[Link] = ()

    @property
    def hidden_on_a_phone(self) -> frozenset[str]:
        """The addresses of these: labels would be translated to be compared."""
        return frozenset(one.href for one in self.phone)

    @property
    def hidden_at_a_desk(self) -> frozenset[str]:
        """The same of a wide screen."""
        return frozenset(one.href for one in self.desk)

    @property
    def count(self) -> int:
        """Zero when nothing is counted."""
        return sum(one.count or 0 for one in self.phone)


def rest_of(links: Sequence[Link], here: str) -> Rest:
    """The entries for which there is no place. The page one is on (`here`) stays in sight at a desk; a single entry
    is never hidden alone.
    """
    calm = [one for one in links if not one.urgent and not one.aside]
    phone = calm[FIRST:] if len(calm) > FIRST + 1 else []
    desk = [one for one in calm[FIRST_AT_A_DESK:] if not one.count and one.href != here]
    return Rest(phone, desk if len(desk) > 1 else [])


def asking_ahead(by: Actor) -> Asks[None]:
    """What the header will ask, together with what a page asks first."""
    yield from together(*(answer(by) for _room, answer in ahead))


def visitor_of(request: HttpRequest) -> Visitor | None:
    """The signed-in reader, or None."""
    for _room, answer in visitor:
        found = answer(request)
        if found is not None:
            return found
    return None


def links_for(request: HttpRequest) -> list[Link]:
    """The header's links in their order, in the words of the language in use."""
    found = [link for _room, answer in navigation for link in answer(request)]
    return [replace(link, label=str(link.label)) for link in sorted(found, key=lambda link: link.order)]
