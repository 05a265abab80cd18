"""A recorded session says whether the person came: her appointment is settled with it, inside the same action.

Of several appointments of a day one session settles one. Nothing that is still to come is taken for over, whom the desk
has received is never noted as missed, and who was noted as missed is asked after once.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from karama.accounts.queries.answering import zone_of
from karama.journal import Actor, clock
from karama.notices.actions import stop, tell
from karama.people.models import Person
from karama.people.reaching import files_of
from karama.reception.actions.booking import follow_arrival, unreceive
from karama.reception.actions.following import end_follow_up, open_follow_up
from karama.reception.desks import day_bounds, desk_at, today_at
from karama.reception.models import Appointment, Arrival
from karama.rules.appointments import HOLDING, SETTLED_AS, may_be_missed, may_settle

Attended = Literal["came", "absent", "cancelled", "staff"]
REASONS = {"cancelled": "person", "staff": "staff"}
SPAN = timedelta(hours=27)
"""From noon in Greenwich: any hour of that day by any clock of the world."""
NEAREST = ("in_room", "arrived", "planned", "missed", "done", "cancelled")
"""Which of several appointments of a day a session belongs to, the likeliest first."""


def settle_appointment(
    *, by: Actor, person: UUID, session: UUID, day: date, attended: Attended, corrects: UUID | None = None
) -> Appointment | None:
    """Settle what was planned with this colleague that day; else the only thing planned at the site that day.

    Called inside the action of `care` that keeps the session. `corrects`: the session that this one corrects; what
    that one settled is turned around. Most sessions have nothing to settle, and then nothing is done.
    """
    row = Appointment.objects.filter(settled_by=corrects).first() if corrects is not None else None
    own = row is not None
    row = row or _found(by, person, day, attended)
    if row is None:
        return None
    row = Appointment.objects.select_for_update(of=("self",)).get(pk=row.id)
    if _may(row, attended, own=own):
        _turn(by, row, attended, own=own)
    row.settled_by = session
    row.save()
    return row


def _found(by: Actor, person: UUID, day: date, attended: Attended) -> Appointment | None:
    noon = datetime.combine(day, time(12), UTC)
    rows = Appointment.objects.filter(person_id__in=files_of(person), settled_by__isnull=True).exclude(state="moved")
    near = list(rows.filter(starts_at__gt=noon - SPAN, starts_at__lt=noon + SPAN))
    if not near:
        return None
    site = Person.objects.get(pk=person).site_id
    begins, ends = day_bounds(site, day)
    told = sorted(
        (one for one in near if begins <= one.starts_at < ends),
        key=lambda one: (NEAREST.index(one.state), one.starts_at, one.id),
    )
    mine = [one for one in told if one.worker_id == by.id]
    if mine:
        return next((one for one in mine if _in_time(one, attended) and _may(one, attended, own=False)), None)
    others = [one for one in told if one.site_id == site and one.state in HOLDING]
    if len(others) != 1 or others[0].starts_at > clock.now() or not _in_time(others[0], attended):
        return None
    return others[0] if _may(others[0], attended, own=False) else None


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
        unreceive(row)
        end_follow_up(row.id, "ended")
        if row.worker_id != by.id:
            tell(by=by, user=row.worker_id, kind="reception.cancelled", place=row.id)
