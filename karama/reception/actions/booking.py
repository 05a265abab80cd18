"""Booking, moving and cancelling an appointment, and where it stands on its day."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from karama.journal import Actor, action, clock
from karama.notices.actions import queue, stop
from karama.notices.queries import is_silent
from karama.people.models import Person
from karama.programme.days import today_at, zone_of
from karama.reception import fitting, registries
from karama.reception.access import BOOK
from karama.reception.actions.following import end_follow_up, open_follow_up, tell_interpreter, tell_near
from karama.reception.actions.receiving import next_number
from karama.reception.desks import desk_at, moment_at
from karama.reception.models import Appointment, Arrival
from karama.reception.problems import NotBookable, ReasonNeeded, StepNotAllowed, TooEarly
from karama.reception.targets import of_appointment, of_person
from karama.rules.appointments import allowed_states, may_be_missed

Minutes = Annotated[int, Field(ge=5, le=fitting.LONGEST_MINUTES)]
Children = Annotated[int, Field(ge=0, le=20)]


@action("reception.book_appointment", access=BOOK, target=of_person)
def book_appointment(
    *,
    by: Actor,
    person: UUID,
    worker: UUID,
    starts: AwareDatetime,
    minutes: Minutes,
    room: UUID | None = None,
    interpreter: UUID | None = None,
    children: Children = 0,
) -> Appointment:
    """Book a person with a colleague at the person's site. A reminder waits for the day before, if she allows it.

    Raises:
        NotBookable, TimeDoesNotFit, NoSuchChoice, NotThisInterpreter, TimeTaken.
    """
    file = Person.objects.get(pk=person)
    if file.status != "active" or is_silent(person):
        raise NotBookable()
    made = Appointment(
        person_id=person,
        site_id=file.site_id,
        worker_id=worker,
        room_id=room,
        interpreter_id=interpreter,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes),
        children=children,
    )
    place(by, file, made)
    _tell_worker(by, made, "reception.booked")
    tell_interpreter(by, made, "reception.to_interpret")
    return made


def place(by: Actor, file: Person, made: Appointment) -> None:
    """Check everything about a time and save it, with its reminder."""
    fitting.lock_site(made.site_id)
    fitting.check_time(made.site_id, made.starts_at, made.ends_at)
    fitting.check_worker(file, made.worker_id)
    if made.room_id is not None:
        fitting.check_room(made.site_id, made.room_id)
    if made.interpreter_id is not None:
        made.interpreter = fitting.check_interpreter(file, made.interpreter_id, made.starts_at)
    fitting.check_clashes(made)
    made.save()
    _remind(by, made)


def _remind(by: Actor, row: Appointment) -> None:
    """Queue the reminder: on the day before, by the clock of the site, never on the day itself."""
    day = row.starts_at.astimezone(zone_of(row.site_id)).date()
    begins = moment_at(row.site_id, day, time.min)
    earliest = max(row.starts_at - desk_at(row.site_id).remind_before, begins - timedelta(days=1))
    if earliest < begins and clock.now() < earliest:
        queue(
            by=by,
            person=row.person_id,
            source=row.id,
            not_before=earliest,
            until=begins,
            tell_user=row.worker_id,
        )


def _tell_worker(by: Actor, row: Appointment, kind: str) -> None:
    tell_near(by, row.person_id, row.worker_id, kind, row.id)


def held(appointment: UUID) -> Appointment:
    """The row, held until the transaction ends."""
    return Appointment.objects.select_for_update(of=("self",)).get(pk=appointment)


def put(row: Appointment, state: str) -> None:
    """Move along the law. Raises StepNotAllowed."""
    if state not in allowed_states(row.state):
        raise StepNotAllowed()
    row.state = state


@action("reception.move_appointment", access=BOOK, target=of_appointment)
def move_appointment(
    *,
    by: Actor,
    appointment: UUID,
    starts: AwareDatetime,
    minutes: Minutes,
    worker: UUID,
    room: UUID | None = None,
    interpreter: UUID | None = None,
    children: Children = 0,
) -> Appointment:
    """Give it another time: the old one stays readable as moved, and its reminder is stopped.

    Raises:
        StepNotAllowed, and what booking raises.
    """
    old = held(appointment)
    file = Person.objects.get(pk=old.person_id)
    if file.status != "active" or is_silent(file.id):
        raise NotBookable()
    if old.state == "arrived":
        unreceive(old)
    put(old, "moved")
    old.save()
    stop(by=by, source=old.id)
    made = Appointment(
        person_id=old.person_id,
        site_id=file.site_id,
        worker_id=worker,
        room_id=room,
        interpreter_id=interpreter,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes),
        children=children,
        moved_from=old,
        interpreter_sought_at=None if interpreter else old.interpreter_sought_at,
    )
    place(by, file, made)
    _tell_worker(by, made, "reception.moved")
    _tell_of_move(by, old, made)
    return made


def _tell_of_move(by: Actor, old: Appointment, made: Appointment) -> None:
    """Whoever interprets learns of the new time; whoever is not asked any more, that it is called off for her."""
    if old.interpreter and made.interpreter and old.interpreter.user_id == made.interpreter.user_id:
        tell_interpreter(by, made, "reception.interpreting_moved")
        return
    tell_interpreter(by, old, "reception.interpreting_cancelled")
    tell_interpreter(by, made, "reception.to_interpret")


@action("reception.cancel_appointment", access=BOOK, target=of_appointment)
def cancel_appointment(
    *,
    by: Actor,
    appointment: UUID,
    reason: Literal["", "person", "staff", "closed", "unsafe", "mistake"] = "",
) -> Appointment:
    """Cancel with a reason; its reminder is stopped. Raises ReasonNeeded, StepNotAllowed."""
    if not reason:
        raise ReasonNeeded()
    row = held(appointment)
    if row.state == "arrived":
        unreceive(row)
    put(row, "cancelled")
    row.reason = reason
    row.save()
    stop(by=by, source=row.id)
    _tell_worker(by, row, "reception.cancelled")
    tell_interpreter(by, row, "reception.interpreting_cancelled")
    return row


@action("reception.step_appointment", access=BOOK, target=of_appointment)
def step_appointment(
    *, by: Actor, appointment: UUID, state: Literal["planned", "arrived", "in_room", "done"]
) -> Appointment:
    """The person is here, in the room, has gone; or one step back. Arriving gives a number of the day.

    Raises:
        StepNotAllowed: it does not follow, or its day has not come.
    """
    row = held(appointment)
    before = row.state
    day = row.starts_at.astimezone(zone_of(row.site_id)).date()
    if day > today_at(row.site_id):
        raise StepNotAllowed()
    put(row, state)
    row.save()
    follow_arrival(row, before, state, day == today_at(row.site_id))
    if state == "arrived" and before in ("planned", "missed"):
        stop(by=by, source=row.id)
        end_follow_up(row.id, "came")
        _tell_worker(by, row, "reception.arrived")
        for _room, answer in registries.on_arrival:
            answer(by=by, person=row.person_id, appointment=row.id)
    return row


def follow_arrival(row: Appointment, before: str, state: str, today: bool) -> None:
    """Keep the number of the day in step with the appointment."""
    arrival = Arrival.objects.filter(appointment=row).first()
    now = clock.now()
    if state == "planned" and arrival is not None:
        arrival.delete()
    elif state == "arrived" and arrival is None and today:
        day = today_at(row.site_id)
        Arrival.objects.create(
            site_id=row.site_id,
            day=day,
            number=next_number(row.site_id, day),
            person_id=row.person_id,
            appointment=row,
            came_at=now,
        )
    elif arrival is not None and state == "arrived":
        arrival.state, arrival.worker_id, arrival.room_id, arrival.left_at = "waiting", None, None, None
        arrival.save()
    elif arrival is not None and state == "in_room":
        arrival.state, arrival.worker_id, arrival.room_id = "with", row.worker_id, row.room_id
        arrival.called_at = arrival.called_at or now
        arrival.save()
    elif arrival is not None and state == "done":
        arrival.state, arrival.left_at = "left", now
        arrival.save()


def unreceive(row: Appointment) -> None:
    """Take back the number of the day."""
    for arrival in Arrival.objects.filter(appointment=row):
        arrival.delete()


@action("reception.note_missed", access=BOOK, target=of_appointment)
def note_missed(*, by: Actor, appointment: UUID) -> Appointment:
    """Somebody did not come: a colleague is asked to look after her, the sooner the higher the risk.

    Raises:
        TooEarly: within the grace of the pack. StepNotAllowed: she came, or it was called off.
    """
    row = held(appointment)
    if row.state != "planned":
        raise StepNotAllowed()
    if not may_be_missed(row.starts_at, clock.now(), desk_at(row.site_id).grace):
        raise TooEarly()
    put(row, "missed")
    row.save()
    stop(by=by, source=row.id)
    open_follow_up(by, row)
    return row
