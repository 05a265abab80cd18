"""The areas of the reader's sites as they are now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from karama.accounts.queries import aliases_of
from karama.journal import Absent, Actor, clock
from karama.outreach.access import SET_AREA
from karama.outreach.areas import areas_now
from karama.outreach.queries.visits import own_sites
from karama.outreach.rulebook import area_name, area_of, areas_of, rules_of
from karama.people.access import purpose_of
from karama.rules.permission import permit


@dataclass(frozen=True)
class AreaShown:
    """An area now. `until`, `who`, `reason`: of what was said, while it holds. `lone`: the rule for going alone."""

    site: UUID
    place: str
    code: str
    name: Any
    state: str
    lone: str
    fare: int | None
    currency: str
    until: datetime | None
    who: str
    reason: str
    may_set: bool


def areas(by: Actor) -> list[AreaShown]:
    """Every area of the reader's sites, site by site."""
    places = dict(own_sites(by))
    wanted = [(site, one.code) for site in places for one in areas_of(site)]
    found = areas_now(wanted, clock.now())
    names = aliases_of({one.said.author_id for one in found.values() if one.said is not None})
    return [_shown(by, places[key[0]], found[key], names) for key in wanted]


def area(by: Actor, site: UUID, code: str) -> AreaShown:
    """One area that the reader may open or close. Raises `Absent`."""
    one = next((each for each in areas(by) if (each.site, each.code) == (site, code)), None)
    if one is None or not one.may_set:
        raise Absent()
    return one


def _shown(by: Actor, place: str, one: Any, names: dict[UUID, str]) -> AreaShown:
    known, rules = area_of(one.site, one.code), rules_of(one.site)
    allowed = permit(SET_AREA, by.attributes(), {"site": one.site}, purpose_of(by), clock.now()).allowed
    return AreaShown(
        site=one.site,
        place=place,
        code=one.code,
        name=area_name(one.site, one.code),
        state=one.state,
        lone=rules.lone_rule(known),
        fare=known.fare if known is not None else None,
        currency=rules.currency,
        until=one.said.until if one.said is not None else None,
        who=names.get(one.said.author_id, "") if one.said is not None else "",
        reason=one.said.text_of("reason") if one.said is not None else "",
        may_set=allowed and by.duty in rules.setters,
    )
