"""The calendar of a site by day and week, and one appointment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.models import Posting
from karama.accounts.queries import aliases_of
from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, answered, asks, together
from karama.notices.queries import MessageLine, messages_about
from karama.people.access import ATTRIBUTES, WITH_PEOPLE, purpose_of, rows_near
from karama.people.joined import files_of
from karama.people.models import Person
from karama.reception.access import DESK, SEE
from karama.reception.desks import day_bounds
from karama.reception.fitting import staff_of
from karama.reception.models import Appointment, Interpreting
from karama.rules.appointments import HOLDING
from karama.rules.permission import Policy

SHOWN = ("planned", "arrived", "in_room", "done", "missed")


@dataclass(frozen=True)
class Entry:
    """One line of a calendar. Without `code` the time is taken, and by whom is not the reader's."""

    id: UUID | None
    starts_at: datetime
    ends_at: datetime
    worker: UUID
    alias: str
    state: str
    code: str = ""
    room: str = ""
    interpreter: str = ""
    children: int = 0
    person: UUID | None = None
    reminder: MessageLine | None = None
    imported: bool = False


@dataclass(frozen=True)
class Calendar:
    """Some days of a site, each with its entries in the order of time."""

    site: UUID
    days: list[tuple[date, list[Entry]]]
    staff: dict[UUID, str]


def calendar(by: Actor, site: UUID, first: date, days: int, worker: UUID | None = None) -> Calendar:
    """The appointments of a site from a day on, of all colleagues or of one. Raises `Absent`."""
    if by.duty not in DESK or site not in by.sites:
        raise Absent()
    found = entries_of_day(by, site, first, days, worker)
    by_day: dict[date, list[Entry]] = {first + timedelta(days=n): [] for n in range(days)}
    zone = day_bounds(site, first)[0].tzinfo
    for one in found:
        by_day.setdefault(one.starts_at.astimezone(zone).date(), []).append(one)
    return Calendar(site, sorted(by_day.items()), staff_of(site))


@asks
def entries_of_day(by: Actor, site: UUID, first: date, days: int = 1, worker: UUID | None = None) -> Asks[list[Entry]]:
    """The same as one list; the caller has made sure that the site is the reader's."""
    begins, ends = day_bounds(site, first, days)
    told = yield _between.later(site, begins, ends, worker)
    mine = set((yield _hers_between.later(by, site, begins, ends, worker))) if told else set()
    return (yield from _entries(by, [one for one in told if one.id in mine or one.state in HOLDING], mine))


@readymade
def _between(site: UUID, begins: datetime, ends: datetime, worker: UUID | None) -> QuerySet[Appointment, Appointment]:
    rows = Appointment.objects.filter(site_id=site, starts_at__gte=begins, starts_at__lt=ends, state__in=SHOWN)
    if worker is not None:
        rows = rows.filter(worker_id=worker)
    return rows.select_related("person", "room", "interpreter").order_by("starts_at", "id")


@readymade
def _hers_between(by: Actor, site: UUID, begins: datetime, ends: datetime, worker: UUID | None) -> QuerySet[Any, Any]:
    rows = _between.make(site, begins, ends, worker).select_related(None).order_by()
    return _seen(by, rows).values_list("id", flat=True)


def _seen(by: Actor, rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    return rows_near(rows, by=by, policy=SEE)


def _entries(by: Actor, rows: Sequence[Appointment], mine: set[UUID]) -> Asks[list[Entry]]:
    users = {one.worker_id for one in rows} | {one.interpreter.user_id for one in rows if one.interpreter}
    names, reminders = yield from together(
        aliases_of.asking(users), messages_about.asking(by, [one.id for one in rows if one.id in mine])
    )
    return [_entry(one, names, reminders.get(one.id), one.id in mine) for one in rows]


def _entry(one: Appointment, names: dict[UUID, str], reminder: MessageLine | None, mine: bool) -> Entry:
    alias = names.get(one.worker_id, "")
    if not mine:
        return Entry(None, one.starts_at, one.ends_at, one.worker_id, alias, "taken")
    return Entry(
        one.id,
        one.starts_at,
        one.ends_at,
        one.worker_id,
        alias,
        one.state,
        code=one.person.code,
        room=one.room.name if one.room else "",
        interpreter=names.get(one.interpreter.user_id, "") if one.interpreter else "",
        children=one.children,
        person=one.person_id,
        reminder=reminder,
        imported=one.imported,
    )


@asks
def appointments_of(by: Actor, person: UUID, *, coming: bool = False) -> Asks[tuple[Person, list[Entry]]]:
    """A person's appointments, the newest first; of her joined files as well. Raises `Absent`."""
    (found, *_others), files = yield from together(_found(by, person), files_of.asking(person))
    told = yield _coming.later(files, clock.now()) if coming else _all_of.later(files)
    return found, (yield from _entries(by, told, {one.id for one in told}))


def _found(by: Actor, person: UUID) -> Asks[list[Person]]:
    found: list[Person] = yield _seen_by.later(by, person)
    if not found:
        raise Absent()
    return found


@readymade
def _seen_by(by: Actor, person: UUID) -> QuerySet[Person, Person]:
    return _person(by, person, SEE)


@readymade
def _coming(files: list[UUID], now: datetime) -> QuerySet[Appointment, Appointment]:
    return _of_files(files).filter(state__in=HOLDING, ends_at__gt=now).order_by("starts_at")[:50]


@readymade
def _all_of(files: list[UUID]) -> QuerySet[Appointment, Appointment]:
    return _of_files(files).order_by("-starts_at")[:50]


def _of_files(files: list[UUID]) -> QuerySet[Appointment, Appointment]:
    return Appointment.objects.filter(person_id__in=files).select_related("person", "room", "interpreter")


def person_seen(by: Actor, person: UUID, policy: Policy = SEE) -> Person:
    """The person's row, for this room's policies. Raises `Absent`: one query either way."""
    found = _person(by, person, policy).first()
    if found is None:
        raise Absent()
    return found


def _person(by: Actor, person: UUID, policy: Policy) -> QuerySet[Person, Person]:
    return visible_to(
        Person.objects.filter(pk=person).select_related("site", "programme"),
        by=by,
        policy=policy,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    )


def colleagues_by_name(by: Actor, programme: UUID) -> dict[str, UUID | None]:
    """For whoever imports: user name or work alias of those who work with people in a programme, or did -> user.

    None where two share a name. Raises `Absent`.
    """
    if by.duty != "data_import" or programme not in by.programmes:
        raise Absent()
    rows = Posting.objects.filter(programme_id=programme, duty__in=WITH_PEOPLE)
    found: dict[str, UUID | None] = {}
    for user, *names in rows.values_list("user_id", "user__username", "work_alias"):
        for name in names:
            word = name.strip().casefold()
            found[word] = user if found.get(word, user) == user else None
    return found


def appointment_page(by: Actor, appointment: UUID) -> tuple[Appointment, Entry, Interpreting | None]:
    """One appointment, with the briefing of its interpreter. Raises `Absent`."""
    rows = Appointment.objects.filter(pk=appointment).select_related("person", "room", "interpreter", "site")
    row = _seen(by, rows).first()
    if row is None:
        raise Absent()
    entry = answered(_entries(by, [row], {row.id}))[0]
    return row, entry, Interpreting.objects.filter(appointment=row).first()
