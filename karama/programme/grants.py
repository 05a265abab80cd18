"""Reading grants: which there are, what they pay for, and how long they still do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from karama.journal import Absent, Actor, visible_to
from karama.journal.clock import now
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asking_of, asks, together
from karama.programme import access, packs, registries
from karama.programme.days import today_in
from karama.programme.models import Grant, GrantLine
from karama.programme.problems import NoPack
from karama.rules.grants import Line, Payer, warning

PURPOSE = "administration"


@dataclass(frozen=True)
class GrantShown:
    """A grant on a page. `last_day`: of its planned closing, else of its contract. `due`: 90, 60, 30,
    or 0 when the day has passed; None before, and when it is closed."""

    grant: Grant
    last_day: date
    days_left: int
    due: int | None
    planned: bool
    sites: tuple[UUID, ...]


def grants(by: Actor) -> QuerySet[Grant]:
    """The grants of the programmes within reach; the first to end first, closed ones last."""
    return visible_to(
        Grant.objects.select_related("programme").order_by(F("closed_on").asc(nulls_first=True), "to_on", "code"),
        by=by, policy=access.SEE_GRANT, purpose=PURPOSE, now=now(), attributes=access.GRANT,
    )  # fmt: skip


@readymade
def open_grants(by: Actor) -> QuerySet[Grant, Grant]:
    """Those of them that are not closed."""
    return grants(by).filter(closed_on__isnull=True)


def grant(by: Actor, grant: UUID) -> Grant:
    """One grant. Raises `Absent`."""
    found = grants(by).filter(id=grant).first()
    if found is None:
        raise Absent()
    return found


@asks
def shown(rows: Collection[Grant]) -> Asks[list[GrantShown]]:
    """These grants with their days, in two questions."""
    if not rows:
        return []
    planned, paid = yield from _days_and_lines([one.id for one in rows])
    places: dict[UUID, list[UUID]] = defaultdict(list)
    for key, site, _service, _team in paid:
        if site not in places[key]:
            places[key].append(site)
    found = []
    for one in rows:
        day, today = planned.get(one.id, one.to_on), today_in(one.programme_id)
        due = None if one.closed_on else warning(day, today)
        found.append(GrantShown(one, day, (day - today).days, due, one.id in planned, tuple(places[one.id])))
    return found


def lines_of(grant: Grant) -> list[tuple[str, str, str]]:
    """What a grant pays, in words: site, service (empty: all of them), team (empty: everybody)."""
    try:
        pack = packs.find(grant.programme.code)
        names = {one.code: packs.words(one.names, pack.languages) for one in pack.services}
    except NoPack:
        names = {}
    rows = GrantLine.objects.filter(grant=grant).select_related("site", "team").order_by("site__name", "service", "id")
    return [(one.site.name, names.get(one.service, one.service), one.team.name if one.team else "") for one in rows]


@asks
def payers(programme: UUID) -> Asks[list[Payer]]:
    """The grants of a programme that are not closed, whoever asks: for working out who pays for what."""
    rows = yield _open_in.later(programme)
    if not rows:
        return []
    planned, paid = yield from _days_and_lines([one.id for one in rows])
    lines: dict[UUID, list[Line]] = defaultdict(list)
    for key, site, service, team in paid:
        lines[key].append(Line(site, service, team))
    return [Payer(one.id, one.from_on, planned.get(one.id, one.to_on), tuple(lines[one.id])) for one in rows]


def any_grant(programme: UUID) -> bool:
    """Whether a programme works with grants at all."""
    return Grant.objects.filter(programme_id=programme).exists()


@readymade
def _open_in(programme: UUID) -> QuerySet[Grant, Grant]:
    return Grant.objects.filter(programme_id=programme, closed_on__isnull=True).order_by("code")


def _days_and_lines(grants: list[UUID]) -> Asks[tuple[dict[UUID, date], list[tuple[UUID, UUID, str, UUID | None]]]]:
    """The last day of each of these grants whose closing is planned, and what each of them pays."""
    days, lines = yield from together(_planned(grants), _paid_by(grants))
    return days, lines


def _planned(grants: list[UUID]) -> Asks[dict[UUID, date]]:
    told = yield from together(*(asking_of(answer, grants) for _room, answer in registries.planned_ends))
    return {key: day for one in told for key, day in one.items()}


def _paid_by(grants: list[UUID]) -> Asks[list[Any]]:
    return list((yield _lines.later(grants)))


@readymade
def _lines(grants: list[UUID]) -> QuerySet[Any]:
    return GrantLine.objects.filter(grant__in=grants).values_list("grant_id", "site_id", "service", "team_id")
