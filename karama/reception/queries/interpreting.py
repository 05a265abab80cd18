"""What somebody is to interpret: time, place and colleague; never whose it is. And where somebody else is sought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts.queries import aliases_of
from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, answered, asks
from karama.people.access import rows_near
from karama.reception.access import DESK, INTERPRET, SEE
from karama.reception.fitting import not_apart
from karama.reception.models import Appointment
from karama.rules.appointments import HOLDING

BACK = timedelta(days=14)
OVER = ("done", "missed", "in_room", "arrived")


@dataclass(frozen=True)
class ToInterpret:
    """One line of what somebody interprets. `briefed`, `after`: as the room has written it down; `after` is a debrief.

    `supported`: the support that she wanted was given.
    """

    id: UUID
    site: UUID
    starts_at: datetime
    ends_at: datetime
    place: str
    room: str
    colleague: str
    state: str
    briefed: bool
    after: str
    supported: bool

    @property
    def where(self) -> str:
        """The site, and the room when one was said."""
        return f"{self.place}, {self.room}" if self.room else self.place


@asks
def to_interpret(by: Actor) -> Asks[list[ToInterpret]]:
    """What the reader is to interpret from now on, the next first."""
    return (yield from _told((yield _coming.later(by, clock.now()))))


def interpreted(by: Actor) -> list[ToInterpret]:
    """What the reader interpreted in the last days, the newest first."""
    now = clock.now()
    rows = _own(by).filter(state__in=OVER, ends_at__lte=now, ends_at__gt=now - BACK)
    return answered(_told(list(rows.order_by("-starts_at", "id"))))


def one_to_interpret(by: Actor, appointment: UUID) -> ToInterpret:
    """One of the reader's own, also when it was called off. Raises `Absent`."""
    found = list(_own(by).filter(pk=appointment))
    if not found:
        raise Absent()
    return answered(_told(found))[0]


@readymade
def _coming(by: Actor, now: datetime) -> QuerySet[Appointment, Appointment]:
    return _own(by).filter(state__in=HOLDING, ends_at__gt=now).order_by("starts_at", "id")


def _own(by: Actor) -> QuerySet[Appointment, Appointment]:
    rows = visible_to(
        Appointment.objects.filter(not_apart()),
        by=by,
        policy=INTERPRET,
        purpose="administration",
        now=clock.now(),
        attributes={"user": "interpreter__user_id"},
    )
    return rows.select_related("site", "room", "interpreting")


def _told(rows: Sequence[Appointment]) -> Asks[list[ToInterpret]]:
    names = yield from aliases_of.asking({one.worker_id for one in rows})
    return [_one(row, names.get(row.worker_id, "")) for row in rows]


def _one(row: Appointment, colleague: str) -> ToInterpret:
    heard = getattr(row, "interpreting", None)
    return ToInterpret(
        row.id,
        row.site_id,
        row.starts_at,
        row.ends_at,
        row.site.name,
        row.room.name if row.room else "",
        colleague,
        row.state,
        briefed=heard is not None and heard.briefed_at is not None,
        after=heard.debrief if heard is not None else "",
        supported=heard is not None and heard.settled_at is not None,
    )


def is_sought(row: Appointment) -> bool:
    """Whether somebody else is still to be found who interprets."""
    return row.interpreter_sought_at is not None and row.state in HOLDING and row.ends_at > clock.now()


@asks
def interpreters_sought(by: Actor) -> Asks[list[tuple[UUID, str, datetime]]]:
    """Appointments to come for which somebody else is sought: one's own; for desk and supervisor their site's."""
    if by.duty not in DESK:
        return []
    found = yield _sought.later(by, clock.now())
    return [(one.id, one.person.code, one.starts_at) for one in found]


@readymade
def _sought(by: Actor, now: datetime) -> QuerySet[Appointment, Appointment]:
    rows = Appointment.objects.filter(interpreter_sought_at__isnull=False, state__in=HOLDING, ends_at__gt=now)
    mine = Q() if by.duty in ("reception", "supervisor") else Q(worker_id=by.id)
    return rows_near(rows.filter(mine), by=by, policy=SEE).select_related("person").order_by("starts_at", "id")
