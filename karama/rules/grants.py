"""Grants: what a grant pays for, who would be left when it ends, and when that is said.

Pure: no clock, no database. A record often does not say which service somebody gets; then a grant pays "maybe". For
the list of whoever would be left, maybe counts; for saying that another grant goes on paying, only a sure yes does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal
from uuid import UUID

WARNINGS: Final = (30, 60, 90)
"""So many days before the last one colleagues are reminded, a little louder each time."""

SOON: Final = timedelta(days=90)

Pays = Literal["yes", "maybe", "no"]


@dataclass(frozen=True)
class Line:
    """What a grant pays at a site. `service`: a code of the pack, empty for all of them. `team`: None for everybody."""

    site: UUID
    service: str = ""
    team: UUID | None = None


@dataclass(frozen=True)
class Payer:
    """A grant that is not closed. `last_day`: the day of its planned closing, else of its contract."""

    id: UUID
    from_on: date
    last_day: date
    lines: Sequence[Line] = ()


@dataclass(frozen=True)
class Work:
    """An episode or a group. `services`, `teams`: those it may be of; None where nobody knows. `said`: what a
    supervisor wrote down of a grant, which stands above everything that is worked out.
    """

    site: UUID
    services: frozenset[str] | None = None
    teams: frozenset[UUID] | None = None
    said: Mapping[UUID, bool] = field(default_factory=dict)


def pays(payer: Payer, work: Work) -> Pays:
    """Whether a grant pays for this."""
    if payer.id in work.said:
        return "yes" if work.said[payer.id] else "no"
    here = [(line, _team(line, work)) for line in payer.lines if line.site == work.site]
    if any(line.service == "" and team == "yes" for line, team in here):
        return "yes"
    sure = {line.service for line, team in here if team == "yes"}
    if work.services and work.services <= sure:
        return "yes"
    possible = {line.service for line, team in here if team != "no"}
    unsure = "" in possible or (bool(possible) and work.services is None) or bool(possible & (work.services or set()))
    return "maybe" if unsure else "no"


def _team(line: Line, work: Work) -> Pays:
    if line.team is None:
        return "yes"
    if work.teams is None:
        return "maybe"
    return "yes" if line.team in work.teams else "no"


def carries(payer: Payer, work: Work, day: date) -> bool:
    """Whether a grant surely goes on paying for this after a day, without a day between."""
    goes_on = payer.from_on <= day + timedelta(days=1) and payer.last_day > day
    return goes_on and pays(payer, work) == "yes"


def left_by(ending: Payer, work: Work, payers: Collection[Payer], day: date) -> bool:
    """Whether this would be left when a grant ends on a day: it may pay for it, and no other one surely goes on."""
    if pays(ending, work) == "no":
        return False
    return not any(carries(one, work, day) for one in payers if one.id != ending.id)


def until(work: Work, payers: Collection[Payer], today: date) -> date | None:
    """The last day on which any grant may still pay for this; None: no grant does."""
    days = [one.last_day for one in payers if one.from_on <= today and pays(one, work) != "no"]
    return max(days) if days else None


def warning(last_day: date, today: date) -> int | None:
    """Which reminder is due: 90, 60 or 30 days before, 0 when the day has passed; None while it is further away."""
    left = (last_day - today).days
    return 0 if left < 0 else next((days for days in WARNINGS if left <= days), None)
