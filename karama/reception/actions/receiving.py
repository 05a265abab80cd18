"""Numbers of the day: walk-ins, calling, with whom, and who has left."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Max

from karama.journal import Absent, Actor, action, clock
from karama.notices.actions import tell
from karama.people.access import purpose_of
from karama.people.attributes import person_attributes
from karama.people.models import Person
from karama.programme.days import today_at
from karama.reception import fitting, registries
from karama.reception.access import AT_THE_PLACE, SEE
from karama.reception.actions.following import hidden_from
from karama.reception.models import Arrival
from karama.reception.models.arrival import LAW
from karama.reception.problems import NoSuchChoice, SayWithWhom, StepNotAllowed
from karama.reception.targets import of_arrival, of_new_arrival
from karama.rules.permission import permit


def next_number(site: UUID, day: date) -> int:
    """The next number of a day at a site; the site is locked, so that no number is given twice."""
    fitting.lock_site(site)
    last = Arrival.objects.filter(site_id=site, day=day).aggregate(n=Max("number"))["n"]
    return (last or 0) + 1


@action("reception.number_walk_in", access=AT_THE_PLACE, target=of_new_arrival)
def number_walk_in(*, by: Actor, site: UUID, person: UUID | None = None) -> Arrival:
    """Give a number to somebody who comes without an appointment; the file may be unknown and stay so.

    Raises:
        Absent: a file that this actor does not see, or of another site.
    """
    if person is not None:
        seen = permit(SEE, by.attributes(), person_attributes(person), purpose_of(by), clock.now()).allowed
        if not seen or not Person.objects.filter(pk=person, site_id=site).exists():
            raise Absent()
    day = today_at(site)
    made = Arrival.objects.create(
        site_id=site, day=day, number=next_number(site, day), person_id=person, came_at=clock.now()
    )
    if person is not None:
        for _room, answer in registries.on_arrival:
            answer(by=by, person=person, appointment=None)
    return made


@action("reception.step_arrival", access=AT_THE_PLACE, target=of_arrival)
def step_arrival(
    *,
    by: Actor,
    arrival: UUID,
    state: Literal["waiting", "called", "with", "left"],
    worker: UUID | None = None,
    room: UUID | None = None,
) -> Arrival:
    """Call a number, say with whom it is, note that it has left; or one step back.

    A number of an appointment goes on by its appointment, except for being called. Raises StepNotAllowed, SayWithWhom,
    NoSuchChoice.
    """
    row = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival)
    if state not in LAW.get(row.state, ()) or (row.appointment_id is not None and "with" in (state, row.state)):
        raise StepNotAllowed()
    if row.appointment_id is not None and state == "left":
        raise StepNotAllowed()
    if state == "with":
        if worker is None:
            raise SayWithWhom()
        kept_away = hidden_from(row.person_id) if row.person_id is not None else set()
        if worker not in fitting.staff_of(row.site_id) or worker in kept_away:
            raise NoSuchChoice("worker")
        if room is not None:
            fitting.check_room(row.site_id, room)
    now = clock.now()
    row.worker_id, row.room_id = (worker, room) if state == "with" else (None, None)
    row.called_at = None if state == "waiting" else row.called_at or now
    row.left_at = now if state == "left" else None
    row.state = state
    row.save()
    if state == "with" and worker is not None and worker != by.id:
        tell(by=by, user=worker, kind="reception.walk_in", place=None)
    return row
