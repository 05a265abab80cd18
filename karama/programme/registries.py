"""What this room must ask rooms above it: who works at a site, what she is called, and whether she is reachable now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from karama.journal import Actor
from karama.journal.registries import Registry

Reach = Literal["reachable", "away", "unknown"]

reach_of: Registry[Callable[[UUID, UUID, datetime], Reach]] = Registry("reach_of")
"""Called as `answer(user, site, now)`: can this user be reached for this site now, herself or through her deputy?"""

colleagues_at: Registry[Callable[[UUID, datetime], Sequence[tuple[UUID, str]]]] = Registry("colleagues_at")
"""Called as `answer(site, now)`: those who may answer there, as (user, work alias)."""

aliases_of: Registry[Callable[[Sequence[UUID]], Mapping[UUID, str]]] = Registry("aliases_of")
"""Called as `answer(users)`: the work alias of each."""

duty_label: Registry[Callable[[str], object]] = Registry("duty_label")
"""Called as `answer(code)`: a duty in words."""


in_care_at: Registry[Callable[[UUID], int]] = Registry("in_care_at")
"""Called as `answer(site)`: how many people are in care there. A site with any is not closed."""

expected_at: Registry[Callable[[UUID], int]] = Registry("expected_at")
"""Called as `answer(site)`: how many appointments are to come there. A site with any is not closed."""


@dataclass(frozen=True)
class End:
    """What ends: a site, or a grant on its last day. Exactly one of the two."""

    site: UUID | None = None
    grant: UUID | None = None


going_on_under: Registry[Callable[[End], int]] = Registry("going_on_under")
"""Called as `answer(end)`: how many things of that room go on there with people, who would be left without a word.
Neither a site nor a grant with any is closed."""


@dataclass(frozen=True)
class GoingOn:
    """One of them, as a reader may know of it: its name, what it is, the aliases of whoever leads it, its page."""

    name: str
    what: Any
    who: tuple[str, ...]
    url: str


shown_going_on: Registry[Callable[[Actor, End], Sequence[GoingOn]]] = Registry("shown_going_on")
"""Called as `answer(by, end)`: those of `going_on_under` that this reader may see."""

planned_ends: Registry[Callable[[Collection[UUID]], Mapping[UUID, date]]] = Registry("planned_ends")
"""Called as `answer(grants)`: the last day of each of these grants whose closing is planned."""

without_goodbye: Registry[Callable[[UUID], int]] = Registry("without_goodbye")
"""Called as `answer(grant)`: with how many people, whom nobody else pays for, there was no goodbye yet. A grant with
any is not closed."""


@dataclass(frozen=True)
class PaidAt:
    """How many people a grant may pay for at a site, as one reader is told it. `few`: fewer than ten, and she is not
    told how many."""

    site: UUID
    people: int
    few: bool = False


paid_for: Registry[Callable[[Actor, UUID], Sequence[PaidAt]]] = Registry("paid_for")
"""Called as `answer(by, grant)`: how many people in care it may pay for, by site."""

closing_page: Registry[Callable[[UUID], str]] = Registry("closing_page")
"""Called as `answer(grant)`: the address of the page on which its closing is planned."""


@dataclass(frozen=True)
class Missing:
    """Something a room above misses at a site, or in a programme: what, and what to do now."""

    code: str
    what: Any
    do: Any


missing_for: Registry[Callable[[UUID, frozenset[str]], Sequence[Missing]]] = Registry("missing_for")
"""Called as `answer(site, topics)`: for the topics that a pack switches on, what nobody at this site could answer."""

missing_in: Registry[Callable[[UUID], Sequence[Missing]]] = Registry("missing_in")
"""Called as `answer(programme)`: what a room above would have a manager put right, whatever is asked at the sites."""


def reach(user: UUID, site: UUID, now: datetime) -> Reach:
    """The first answer. When no room answers, nobody is reachable: safety questions stay closed."""
    for _room, answer in reach_of:
        return answer(user, site, now)
    return "unknown"


def colleagues(site: UUID, now: datetime) -> list[tuple[UUID, str]]:
    """Those who may be named as responder or deputy of a site."""
    return [one for _room, answer in colleagues_at for one in answer(site, now)]


def aliases(users: Sequence[UUID]) -> dict[UUID, str]:
    """The work alias of each user that a room above knows."""
    return {user: alias for _room, answer in aliases_of for user, alias in answer(users).items()}


def going_on(end: End) -> int:
    """How much still goes on under what ends, of which no reader may see everything."""
    return sum(answer(end) for _room, answer in going_on_under)


def going_on_for(by: Actor, end: End) -> list[GoingOn]:
    """What of it this reader may see."""
    return [one for _room, answer in shown_going_on for one in answer(by, end)]


def planned_end(grant: UUID) -> date | None:
    """The last day of a grant whose closing is planned. Without a room that plans closings no grant is closed."""
    return next((day for _room, answer in planned_ends if (day := answer([grant]).get(grant))), None)


def duty_words(code: str) -> str:
    """A duty in words; its code when no room knows it."""
    for _room, answer in duty_label:
        return str(answer(code))
    return code
