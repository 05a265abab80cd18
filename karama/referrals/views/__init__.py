"""A click becomes one query or one action."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.journal import Actor
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.people.views.person import tabs_of
from karama.programme import queries as programmes
from karama.referrals import words
from karama.referrals.queries import ServiceLine, TaskLine
from karama.ui.addresses import reverse
from karama.ui.dates import day

__all__ = [
    "actor_of",
    "new_op_id",
    "op_id_of",
    "own_tab",
    "partners",
    "person_url",
    "referral_url",
    "service_choices",
    "task_row",
]

STALE = _("not asked for a long time")


def referral_url(name: str, *places: UUID) -> str:
    """The address of a page of this room."""
    return reverse(f"referrals:{name}", args=places)


def own_tab(by: Actor, person: UUID) -> list[tuple[Any, str, bool]]:
    """The tabs of her page, this room's own one marked."""
    here = referral_url("of_person", person)
    return [(label, href, href == here) for label, href, _current in tabs_of(by, person, "")]


def partners(by: Actor) -> list[tuple[str, str]]:
    """Partner organisations for a form."""
    return [(str(pk), name) for pk, name in programmes.partners(by).values_list("id", "name")]


def service_choices(lines: Iterable[ServiceLine]) -> list[tuple[str, str]]:
    """Services for a form; those that nobody asked for long say so."""
    return [(str(one.id), service_words(one)) for one in lines]


def service_words(one: ServiceLine) -> str:
    """A service in one line."""
    told = [one.provider, str(words.SECTORS[one.sector]), one.area, str(words.COSTS[one.cost])]
    if one.stale:
        told.append(str(STALE))
    return " · ".join(part for part in told if part)


def task_row(one: TaskLine, lost: str = "hand_on") -> dict[str, Any]:
    """A referral as a row of a list: a code, how soon, where it stands. `lost`: the page of one without a worker."""
    plain = not one.state
    return {
        "href": referral_url(lost if plain else "followed" if one.followed else "referral", one.referral),
        "code": one.code,
        "words": _("A referral") if plain else words.URGENCIES[one.urgency],
        "badge": "held" if plain else words.BADGES[one.state],
        "state": _("Needs a colleague") if plain else words.STATES[one.state],
        "meta": day(one.ask_on) if one.ask_on else "",
    }
