"""Who did not come and is to be asked after: for the colleague responsible and the supervisor, never for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from karama.accounts import reach
from karama.accounts.models import Posting
from karama.accounts.queries import aliases_of
from karama.accounts.queries.answering import held_at
from karama.journal import ERASED, Absent, Actor, clock
from karama.journal.readymade import Later, readymade
from karama.journal.together import Asks, asks
from karama.notices.queries import messages_about
from karama.people.access import WITH_PEOPLE, rows_near
from karama.people.joined import files_of
from karama.people.models import Assignment, HiddenFrom
from karama.people.queries import fields_of
from karama.people.reaching import channels_of
from karama.reception.access import CARE, SEE
from karama.reception.fitting import not_apart
from karama.reception.models import Appointment, FollowUp, FollowUpTry, InterpreterVeto, InterpreterWish
from karama.reception.queries.calendar import person_seen
from karama.rules.classes import CARE_DUTIES
from karama.rules.missed import agreed_ways

SHOWN_DAYS = 14


@dataclass(frozen=True)
class Task:
    """Somebody is to be asked after until a moment; by code."""

    id: UUID
    code: str
    due_at: datetime
    worker: str


@dataclass(frozen=True)
class TaskPage:
    """Everything needed to ask after a person: the agreed way and hours, what was tried, and what came of it."""

    row: FollowUp
    code: str
    worker: str
    ways: tuple[str, ...]
    contacts: list[tuple[str, dict[str, Any]]]
    tries: list[tuple[FollowUpTry, str, str]]


@asks
def tasks_of(by: Actor) -> Asks[list[Task]]:
    """The reader's own tasks, the soonest first."""
    if by.duty not in CARE_DUTIES:
        return []
    return (yield from _tasks(_hers.later(by)))


@readymade
def _hers(by: Actor) -> QuerySet[FollowUp, FollowUp]:
    return _soonest(_seen(by, FollowUp.objects.filter(worker_id=by.id, ended="")))


@asks
def late_tasks(by: Actor) -> Asks[list[Task]]:
    """For a supervisor: tasks of others at her sites whose time has passed, or whose colleague has left."""
    if by.duty != "supervisor":
        return []
    now = clock.now()
    return (yield from _tasks(_late.later(by, now, now.date())))


@readymade
def _late(by: Actor, now: datetime, day: date) -> QuerySet[FollowUp, FollowUp]:
    here = Q(appointment__site__in=by.sites) | Q(person__site__in=by.sites)
    rows = _seen(by, FollowUp.objects.filter(here, ended="").exclude(worker_id=by.id))
    active = Posting.objects.filter(reach.on(day), user__is_active=True).values("user_id")
    late = rows.filter(due_at__lt=now) | rows.exclude(worker_id__in=active)
    return _soonest(late.distinct())


def _seen(by: Actor, rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    return rows_near(rows, by=by, policy=CARE)


def _soonest(rows: QuerySet[FollowUp]) -> QuerySet[FollowUp, FollowUp]:
    return rows.select_related("person").order_by("due_at", "id")


def _tasks(asked: Later) -> Asks[list[Task]]:
    found = yield asked
    names = yield from aliases_of.asking({one.worker_id for one in found})
    return [Task(one.id, one.person.code, one.due_at, names.get(one.worker_id, "")) for one in found]


def task_page(by: Actor, follow_up: UUID) -> TaskPage:
    """One task. Raises `Absent`."""
    row = _seen(by, FollowUp.objects.filter(pk=follow_up)).select_related("person", "appointment").first()
    if row is None:
        raise Absent()
    rules = channels_of(row.person_id)
    tries = list(FollowUpTry.objects.filter(follow_up=row).order_by("recorded_at", "id"))
    names = aliases_of({row.worker_id, *(one.author_id for one in tries)})
    return TaskPage(
        row,
        row.person.code,
        names.get(row.worker_id, ""),
        agreed_ways([one.channel for one in rules]),
        [(one.channel, fields_of(by, one, ("address", "safe_hours", "phrase"))) for one in rules],
        [(one, names.get(one.author_id, ""), str(fields_of(by, one, ("words",)).get("words") or "")) for one in tries],
    )


@asks
def not_recorded(by: Actor) -> Asks[list[tuple[UUID, str, datetime]]]:
    """The reader's own appointments of the last days of which nobody has said whether the person came."""
    now = clock.now()
    seen = yield _not_said.later(by, now - timedelta(days=SHOWN_DAYS), now)
    return [(one.id, one.person.code, one.starts_at) for one in seen]


@readymade
def _not_said(by: Actor, since: datetime, now: datetime) -> QuerySet[Appointment, Appointment]:
    rows = Appointment.objects.filter(worker_id=by.id, state="planned", ends_at__lt=now, ends_at__gte=since)
    return rows_near(rows, by=by, policy=CARE).select_related("person").order_by("starts_at")


@asks
def not_reminded(by: Actor) -> Asks[list[tuple[UUID, str, datetime, bool]]]:
    """The reader's own appointments to come whose reminder was given up; whether it went out and did not arrive."""
    found = yield _to_come.later(by, clock.now())
    told = yield from messages_about.asking(by, [one.id for one in found])
    return [
        (one.id, one.person.code, one.starts_at, told[one.id].why == "undelivered")
        for one in found
        if one.id in told and told[one.id].state == "failed"
    ]


@readymade
def _to_come(by: Actor, now: datetime) -> QuerySet[Appointment, Appointment]:
    rows = Appointment.objects.filter(worker_id=by.id, state="planned", starts_at__gt=now)
    return rows_near(rows, by=by, policy=SEE).select_related("person").order_by("starts_at", "id")


@asks
def without_colleague(by: Actor) -> Asks[list[tuple[UUID, str, datetime]]]:
    """For a supervisor: appointments whose colleague cannot see to them: who left the site, from whom the person is
    hidden, or who does not work with her; at a site from which the person has moved; or whose interpreter is off the
    roster, or is not to hear her any more.

    Also of the last days, where nobody has said whether the person came: nobody else is asked.
    """
    if by.duty != "supervisor":
        return []
    now = clock.now()
    since = now - timedelta(days=SHOWN_DAYS)
    asked = [_orphaned.later(by, site, *_there(site, now), since, now) for site in sorted(by.sites)]
    found = chain.from_iterable((yield tuple(asked)))
    return list({one.id: (one.id, one.person.code, one.starts_at) for one in found}.values())


def _there(site: UUID, now: datetime) -> tuple[set[UUID], set[UUID]]:
    """Who works with people at a site now, and who leads it."""
    here = held_at(site, now)
    return {one.user for one in here if one.duty in WITH_PEOPLE}, {one.user for one in here if one.duty == "supervisor"}


@readymade
def _orphaned(
    by: Actor, site: UUID, working: set[UUID], leading: set[UUID], since: datetime, now: datetime
) -> QuerySet[Appointment, Appointment]:
    rows = Appointment.objects.filter(Q(site_id=site) | Q(person__site_id=site), state="planned")
    coming, over = Q(starts_at__gt=now), Q(ends_at__lt=now, ends_at__gte=since)
    alone, moved = _left_alone(working, leading), ~Q(site_id=F("person__site_id"))
    unheard = Q(interpreter__isnull=False) & (Q(interpreter__until_on__isnull=False) | ~not_apart())
    orphaned = rows.filter(coming | over).filter(alone | moved | coming & unheard)
    return rows_near(orphaned.distinct(), by=by, policy=CARE).select_related("person").order_by("starts_at")


def _left_alone(working: set[UUID], leading: set[UUID]) -> Q:
    """That the colleague of an appointment is not there, or does not reach the person."""
    hers = {"person": OuterRef("person_id"), "user": OuterRef("worker_id")}
    hidden = Exists(HiddenFrom.objects.filter(**hers, lifted_at__isnull=True))
    assigned = Exists(Assignment.objects.filter(**hers, until__isnull=True))
    above = Q(worker_id__in=leading) | ~Q(person__reach="usual")
    return ~Q(worker_id__in=working) | Q(hidden) | ~Q(assigned) & ~above


def interpreter_wish(by: Actor, person: UUID) -> tuple[Any, dict[str, str], list[tuple[UUID, str, str]]]:
    """The person, what she wishes, and whom she does not want, for those in care with her. Raises `Absent`."""
    found = person_seen(by, person, CARE)
    files = files_of(person)
    wish = InterpreterWish.objects.filter(person_id__in=files).order_by("recorded_at").last()
    told = fields_of(by, wish, ("language", "sex")) if wish is not None else {}
    vetoes = list(InterpreterVeto.objects.filter(person_id=person, lifted_at__isnull=True).order_by("recorded_at"))
    names = aliases_of({one.user_id for one in vetoes})
    lines = [(one.user_id, names.get(one.user_id, ""), _text(one.unseal("why"))) for one in vetoes]
    return found, {name: _text(value) for name, value in told.items()}, lines


def _text(value: object) -> str:
    return "" if value is None or value is ERASED else str(value)
