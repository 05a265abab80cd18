"""A recorded session says whether the person came: her appointment is settled with it, inside the same action.

A session settles one appointment of its day with the colleague who wrote it, never one of somebody else. Nothing that
is still to come is taken for over, whom the desk has received is never noted as missed or called off, and who was noted
as missed is asked after once, until somebody has asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import Actor, clock, foreseen
from karama.journal.readymade import readymade
from karama.notices.actions import stop
from karama.people.joined import files_of
from karama.people.models import Person
from karama.programme.days import today_at, zone_of
from karama.reception.actions.booking import follow_arrival
from karama.reception.actions.following import end_follow_up, open_follow_up, tell_interpreter, tell_near
from karama.reception.desks import day_bounds, desk_at
from karama.reception.models import Appointment, Arrival, FollowUp
from karama.rules.appointments import HOLDING, SETTLED_AS, may_be_missed, may_settle

Attended = Literal["came", "absent", "cancelled", "staff"]
REASONS = {"cancelled": "person", "staff": "staff"}
SPAN = timedelta(hours=27)
"""From noon in Greenwich: any hour of that day by any clock of the world."""
NOTHING: Final = "reception.nothing_planned"
NEAREST = ("in_room", "arrived", "planned", "missed", "done", "cancelled")
"""Which of several appointments of a day a session belongs to, the likeliest first."""


def settle_appointment(
    *,
    by: Actor,
    person: UUID,
    session: UUID,
    day: date,
    attended: Attended,
    writer: UUID | None = None,
    corrects: UUID | None = None,
    turned: bool = False,
) -> Appointment | None:
    """Settle what was planned with the colleague who wrote the session; an appointment of anybody else stays.

    Called inside the action of `care` that keeps the session. `corrects`: the session that this one corrects, first
    written by `writer`; what that one settled is turned around. Where it settled nothing, only a correction that has
    `turned` whether the person came looks for something. Most sessions have nothing to settle.
    """
    row = Appointment.objects.filter(settled_by=corrects).first() if corrects is not None else None
    own = row is not None
    if row is None and (corrects is None or turned):
        row = _found(writer or by.id, person, day, attended)
    if row is None:
        return None
    row = Appointment.objects.select_for_update(of=("self",)).get(pk=row.id)
    if row.settled_by != (corrects if own else None):
        return None
    if _may(row, attended, own=own):
        _turn(by, row, attended, own=own)
    row.settled_by = session
    row.save()
    return row


def foresee_nothing(worker: UUID, days: Mapping[UUID, Collection[date]]) -> None:
    """For a batch of sessions: look up at once with whom of these people this colleague has nothing planned around
    their days. An appointment that is booked in the same moment is not seen, as by a single session a moment earlier.
    """
    noons = [datetime.combine(day, time(12), UTC) for several in days.values() for day in several]
    first, last = min(noons) - 2 * SPAN, max(noons) + 2 * SPAN
    people = list(days)
    busy = {*_joined(people), *_planned(people, worker, first, last)}
    foreseen(NOTHING).update({(worker, person): (first, last) for person in days if person not in busy})


@readymade
def _joined(people: Collection[UUID]) -> QuerySet[Any]:
    return Person.objects.filter(merged_into__in=people).values_list("merged_into_id", flat=True)


@readymade
def _planned(people: Collection[UUID], worker: UUID, first: datetime, last: datetime) -> QuerySet[Any]:
    rows = Appointment.objects.filter(person__in=people, worker=worker, starts_at__gte=first, starts_at__lte=last)
    return rows.values_list("person_id", flat=True)


@readymade
def _near(files: list[UUID], worker: UUID, first: datetime, last: datetime) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(person_id__in=files, worker_id=worker).exclude(state="moved")
    return rows.filter(starts_at__gt=first, starts_at__lt=last)


def _found(worker: UUID, person: UUID, day: date, attended: Attended) -> Appointment | None:
    """The likeliest appointment of a day with a colleague, perhaps one that is settled: then the session is a second
    one of it, written in another window, and settles nothing that is still to come."""
    noon = datetime.combine(day, time(12), UTC)
    first, last = foreseen(NOTHING).get((worker, person), (noon, noon))
    if first < noon - SPAN and noon + SPAN < last:
        return None
    near: list[Appointment] = _near(files_of(person), worker, noon - SPAN, noon + SPAN)
    if not near:
        return None
    begins, ends = day_bounds(Person.objects.get(pk=person).site_id, day)
    told = sorted(
        (one for one in near if begins <= one.starts_at < ends),
        key=lambda one: (NEAREST.index(one.state), one.starts_at, one.id),
    )
    again = any(one.settled_by is not None for one in told)
    return next(
        (
            one
            for one in told
            if _in_time(one, attended)
            and _may(one, attended, own=False)
            and not (again and one.starts_at > clock.now())
        ),
        None,
    )


def _in_time(row: Appointment, attended: Attended) -> bool:
    """Who came early has come; who is still awaited has not stayed away."""
    now, desk = clock.now(), desk_at(row.site_id)
    if row.state not in HOLDING or attended in ("cancelled", "staff"):
        return True
    if attended == "absent":
        return may_be_missed(row.starts_at, now, desk.grace)
    return row.starts_at <= now + max(desk.length, timedelta(minutes=30))


def _may(row: Appointment, attended: Attended, *, own: bool) -> bool:
    if row.imported and row.state not in HOLDING and not own:
        return False
    received = Arrival.objects.filter(appointment=row).exists()
    return may_settle(row.state, attended, received=received, own=own)


def _turn(by: Actor, row: Appointment, attended: Attended, *, own: bool) -> None:
    """Put the appointment where the session says it stands, with what follows from it."""
    before, wanted = row.state, SETTLED_AS[attended]
    if before == wanted:
        row.reason = REASONS.get(attended, "") if own else row.reason
        return
    row.state, row.reason = wanted, REASONS.get(attended, "")
    row.save()
    stop(by=by, source=row.id)
    if wanted == "done":
        today = row.starts_at.astimezone(zone_of(row.site_id)).date() == today_at(row.site_id)
        follow_arrival(row, before, "done", today)
        end_follow_up(row.id, "came")
    elif wanted == "missed":
        open_follow_up(by, row)
    else:
        if FollowUp.objects.filter(appointment=row, ended="came").exists():
            open_follow_up(by, row)
        tell_near(by, row.person_id, row.worker_id, "reception.cancelled", row.id)
        if row.ends_at > clock.now():
            tell_interpreter(by, row, "reception.interpreting_cancelled")
