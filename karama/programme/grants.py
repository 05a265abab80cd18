"""Reading grants: which there are, what they pay for, and how long they still do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from karama.journal import Absent, Actor, visible_to
from karama.journal.clock import now
from karama.programme import access, packs, registries
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


def grant(by: Actor, grant: UUID) -> Grant:
    """One grant. Raises `Absent`."""
    found = grants(by).filter(id=grant).first()
    if found is None:
        raise Absent()
    return found


def shown(rows: Collection[Grant]) -> list[GrantShown]:
    """These grants with their days, in three questions."""
    today = now().date()
    planned = _planned([one.id for one in rows])
    places: dict[UUID, list[UUID]] = defaultdict(list)
    for key, site in GrantLine.objects.filter(grant__in=[one.id for one in rows]).values_list("grant_id", "site_id"):
        if site not in places[key]:
            places[key].append(site)
    found = []
    for one in rows:
        day = planned.get(one.id, one.to_on)
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


def payers(programme: UUID) -> list[Payer]:
    """The grants of a programme that are not closed, whoever asks: for working out who pays for what."""
    rows = list(Grant.objects.filter(programme_id=programme, closed_on__isnull=True).order_by("code"))
    planned = _planned([one.id for one in rows])
    lines: dict[UUID, list[Line]] = defaultdict(list)
    for one in GrantLine.objects.filter(grant__in=rows):
        lines[one.grant_id].append(Line(one.site_id, one.service, one.team_id))
    return [Payer(one.id, one.from_on, planned.get(one.id, one.to_on), tuple(lines[one.id])) for one in rows]


def any_grant(programme: UUID) -> bool:
    """Whether a programme works with grants at all."""
    return Grant.objects.filter(programme_id=programme).exists()


def _planned(grants: Collection[UUID]) -> dict[UUID, date]:
    return {key: day for _room, answer in registries.planned_ends for key, day in answer(grants).items()}
