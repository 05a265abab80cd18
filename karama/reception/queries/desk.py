"""The desk of today: numbers, who waits for care, rooms, and the roster of interpreters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of, staff_at
from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.people.access import ATTRIBUTES, purpose_of
from karama.people.models import Person
from karama.programme.days import today_at
from karama.reception import registries
from karama.reception.access import DESK, SEE
from karama.reception.models import Arrival, Interpreter, Interpreting, Room

OPEN = ("waiting", "called", "with")


@dataclass(frozen=True)
class Arrived:
    """A number of today. `code` only where the reader may see whose it is."""

    id: UUID
    number: int
    state: str
    came_at: datetime
    left_at: datetime | None
    with_whom: str
    room: str
    code: str
    appointment: UUID | None
    expected: str
    booked: bool


@dataclass(frozen=True)
class WaitingLine:
    """Who waits for care, the most pressing first: code, since, need, who stays in touch, asked again on."""

    code: str
    person: UUID
    since: date
    days: int
    need: int
    contact: str
    recheck_on: date
    overdue: bool


@dataclass(frozen=True)
class Roster:
    """An interpreter of the roster."""

    row: Interpreter
    alias: str


@dataclass(frozen=True)
class OpenSupport:
    """An interpreter who wants support, since when; what was interpreted is not told."""

    id: UUID
    alias: str
    since: datetime | None


def arrival_site(by: Actor, arrival: UUID) -> UUID:
    """The site of a number at the reader's desk. Raises `Absent`."""
    site = Arrival.objects.filter(pk=arrival).values_list("site_id", flat=True).first()
    _of_desk(by, site or arrival)
    if site is None:
        raise Absent()
    return site


@asks
def arrivals(by: Actor, site: UUID) -> Asks[list[Arrived]]:
    """The numbers of today at a site in their order. Raises `Absent`."""
    _of_desk(by, site)
    rows = yield _numbers.later(site, today_at(site))
    expected = {one.appointment.worker_id for one in rows if one.appointment}
    seen, names = yield from together(
        _seen_people.asking(by, [one.person_id for one in rows if one.person_id]),
        aliases_of.asking({one.worker_id for one in rows if one.worker_id} | expected),
    )
    return [
        Arrived(
            one.id,
            one.number,
            one.state,
            one.came_at,
            one.left_at,
            names.get(one.worker_id, "") if one.worker_id else "",
            one.room.name if one.room else "",
            one.person.code if one.person is not None and one.person_id in seen else "",
            one.appointment_id if one.person_id in seen else None,
            names.get(one.appointment.worker_id, "") if one.appointment and one.person_id in seen else "",
            one.appointment_id is not None,
        )
        for one in rows
    ]


@readymade
def _numbers(site: UUID, day: date) -> QuerySet[Arrival, Arrival]:
    rows = Arrival.objects.filter(site_id=site, day=day).order_by("number")
    return rows.select_related("person", "room", "appointment")


def _of_desk(by: Actor, site: UUID) -> None:
    if by.duty not in DESK or site not in by.sites:
        raise Absent()


@asks
def _seen_people(by: Actor, people: Iterable[UUID]) -> Asks[set[UUID]]:
    return set((yield _near.later(by, list(people))))


@readymade
def _near(by: Actor, people: list[UUID]) -> QuerySet[Any, Any]:
    rows = visible_to(
        Person.objects.filter(pk__in=people),
        by=by,
        policy=SEE,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    )
    return rows.values_list("id", flat=True)


def waiting_list(by: Actor, site: UUID) -> list[WaitingLine]:
    """Who waits at a site, by need and then by how long; nothing clinical, nobody hidden. Raises `Absent`."""
    _of_desk(by, site)
    told: list[Any] = [one for _room, answer in registries.waiting for one in answer(by, site)]
    today, seen = today_at(site), _seen_people(by, {one.person for one in told})
    lines = [
        WaitingLine(
            one.code,
            one.person,
            one.since,
            max((today - one.since).days, 0),
            one.need,
            one.contact_alias,
            one.recheck_on,
            one.recheck_on < today,
        )
        for one in told
        if one.person in seen
    ]
    return sorted(lines, key=lambda one: (one.need, one.since, one.code))


def rooms(by: Actor, site: UUID) -> list[Room]:
    """The rooms of a site that are open. Raises `Absent`."""
    _of_desk(by, site)
    return list(Room.objects.filter(site_id=site, closed_on__isnull=True).order_by("kind", "name"))


def roster(by: Actor, site: UUID) -> tuple[list[Roster], list[tuple[UUID, str]]]:
    """The roster of a site, and the colleagues who could be put on it. Raises `Absent`."""
    _of_desk(by, site)
    rows = list(Interpreter.objects.filter(site_id=site, until_on__isnull=True).order_by("recorded_at", "id"))
    names = aliases_of({one.user_id for one in rows})
    listed = {one.user_id for one in rows}
    others = [
        (user, alias)
        for user, alias, _duty in staff_at(by, site, only=("interpreter", "volunteer", "community_agent"))
        if user not in listed
    ]
    return [Roster(one, names.get(one.user_id, "")) for one in rows], list(dict(others).items())


def interpreter_page(by: Actor, interpreter: UUID) -> Roster:
    """One interpreter of the supervisor's sites. Raises `Absent`."""
    row = Interpreter.objects.filter(pk=interpreter, site__in=by.sites).first()
    if row is None or by.duty != "supervisor":
        raise Absent()
    return Roster(row, aliases_of([row.user_id]).get(row.user_id, ""))


@asks
def supports(by: Actor) -> Asks[list[OpenSupport]]:
    """Interpreters at this supervisor's sites who want support."""
    if by.duty != "supervisor":
        return []
    found = yield _wanting.later(by)
    names = yield from aliases_of.asking({one.interpreter.user_id for one in found})
    return [OpenSupport(one.id, names.get(one.interpreter.user_id, ""), one.debriefed_at) for one in found]


@readymade
def _wanting(by: Actor) -> QuerySet[Interpreting, Interpreting]:
    rows = Interpreting.objects.filter(
        interpreter__site__in=by.sites, debrief="support", settled_at__isnull=True
    ).select_related("interpreter")
    return rows.order_by("debriefed_at")
