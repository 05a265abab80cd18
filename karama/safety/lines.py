"""Who is asked, in which order and for how long: the chain of a site or a holding team, and who stands outside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts import reach
from karama.accounts.models import Posting
from karama.accounts.queries import OnDuty, colleagues_at, responders_for
from karama.journal.readymade import readymade
from karama.knowledge.packs import Pack, PackError, programme
from karama.people.models import Person
from karama.programme.queries import place
from karama.rules.classes import CARE_DUTIES
from karama.rules.risk import Responder, Waits

OUTSIDE: Final = ("supervisor", "director", "administrator", "data_import")
OUTSIDE_HISTORIC: Final = ("supervisor", "data_import", "administrator", "director")
"""Who is asked when nobody of the site may or can answer, in this order; only supervisors are of the programme."""

BEYOND: Final = ("data_protection_officer", "director", "advocacy_officer", "trainer", "mel_officer", "supervisor")
"""Who is asked when it is kept from all of these, too, wherever they work: first the officer, who takes no orders."""


@lru_cache(maxsize=64)
def pack_of(code: str) -> Pack | None:
    """The pack of a programme; None when it cannot be read: the house's own clocks then count."""
    try:
        return programme(code)
    except PackError:
        return None


class Lines:
    """The chains at one moment, each asked for once."""

    WAIT: Final = timedelta(minutes=30)

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._on_duty: dict[tuple[UUID, str], OnDuty] = {}
        self._able: dict[UUID, frozenset[UUID]] = {}
        self._outside: dict[tuple[UUID | None, bool], list[Responder]] = {}
        self._beyond: list[Responder] | None = None
        self._packs: dict[UUID, Pack | None] = {}
        self._teams: dict[UUID, list[Responder]] = {}

    def on_duty(self, site: UUID, grade: str = "today") -> OnDuty:
        """The chain of a site for a grade."""
        key = (site, grade)
        if key not in self._on_duty:
            self._on_duty[key] = responders_for(site, self.now, grade)
        return self._on_duty[key]

    def chain_for(self, site: UUID | None, person: Person | None, grade: str) -> list[Responder]:
        """The site's chain; for a person whose file one named team holds, that team and nobody of the site."""
        if person is not None and person.held_by_team_id is not None:
            return self._team(person.held_by_team_id)
        return list(self.on_duty(site, grade).chain) if site else []

    def absent(self, site: UUID | None) -> frozenset[UUID]:
        """Who is away."""
        return self.on_duty(site).absent if site else frozenset()

    def deputies(self, site: UUID | None) -> dict[UUID, UUID]:
        """Who stands in for whom."""
        return self.on_duty(site).deputies if site else {}

    def able(self, site: UUID | None) -> frozenset[UUID]:
        """Whoever holds a duty of care at a site."""
        if site is None:
            return frozenset()
        if site not in self._able:
            self._able[site] = frozenset(user for user, _alias in colleagues_at(site, self.now))
        return self._able[site]

    def waits(self, site: UUID | None, grade: str) -> Waits | None:
        """How long the programme's pack lets whoever took an alert of this grade be silent."""
        if site is None:
            return None
        if site not in self._packs:
            here = place(site)
            self._packs[site] = pack_of(here.programme.code) if here else None
        pack = self._packs[site]
        return pack.safety.waits.get(grade) if pack else None

    def outside(self, site: UUID | None, historic: bool) -> list[Responder]:
        """The next permitted people outside the line of a site, so that no alert ends at nobody."""
        key = (site, historic)
        if key not in self._outside:
            order = OUTSIDE_HISTORIC if historic else OUTSIDE
            self._outside[key] = self._in_order(_outside(site, historic, self.now.date()), order)
        return self._outside[key]

    def beyond(self) -> list[Responder]:
        """Whoever is left anywhere when an alert is kept from the line of its site and from all outside it."""
        if self._beyond is None:
            self._beyond = self._in_order(_beyond(self.now.date()), BEYOND)
        return self._beyond

    def _in_order(self, rows: Iterable[Posting], order: tuple[str, ...]) -> list[Responder]:
        held = sorted(rows, key=lambda one: (order.index(one.duty), one.from_on, one.id))
        return [Responder(user, self.WAIT) for user in dict.fromkeys(one.user_id for one in held)]

    def _team(self, team: UUID) -> list[Responder]:
        if team not in self._teams:
            users = dict.fromkeys(_of_team(team, self.now.date()))
            self._teams[team] = [Responder(user, self.WAIT) for user in users]
        return self._teams[team]


@readymade
def _outside(site: UUID | None, historic: bool, today: date) -> QuerySet[Posting, Posting]:
    order = OUTSIDE_HISTORIC if historic else OUTSIDE
    near = Q(programme__sites=site) if site else Q()
    return _current(today).filter(Q(duty__in=order[:1]) & near | Q(duty__in=order[1:])).distinct()


@readymade
def _beyond(today: date) -> QuerySet[Posting, Posting]:
    return _current(today).filter(duty__in=BEYOND)


@readymade
def _of_team(team: UUID, today: date) -> QuerySet[Any, Any]:
    rows = _current(today).filter(team_id=team, duty__in=CARE_DUTIES).order_by("from_on", "id")
    return rows.values_list("user_id", flat=True)


def _current(today: date) -> QuerySet[Posting, Posting]:
    return Posting.objects.filter(reach.on(today), user__is_active=True)
