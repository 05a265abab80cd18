"""What the policies of this room ask about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from karama.journal import Actor
from karama.people.access import person_attributes
from karama.reception.fitting import not_apart
from karama.reception.models import Appointment, Arrival, FollowUp, Interpreter, Interpreting, Room


def of_person(*, by: Actor, person: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a person."""
    return person_attributes(person)


def of_appointment(*, by: Actor, appointment: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about an appointment: its person."""
    person = Appointment.objects.filter(pk=appointment).values_list("person_id", flat=True).first()
    return person_attributes(person) if person is not None else {}


def of_follow_up(*, by: Actor, follow_up: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of asking after somebody: that person."""
    person = FollowUp.objects.filter(pk=follow_up).values_list("person_id", flat=True).first()
    return person_attributes(person) if person is not None else {}


def of_site(*, by: Actor, site: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a site."""
    return {"site": site}


def of_new_arrival(*, by: Actor, site: UUID, person: UUID | None = None, **_more: Any) -> Mapping[str, object]:
    """The target of a walk-in: the site."""
    return {"site": site}


def of_arrival(*, by: Actor, arrival: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a number of today: its site."""
    return _site(Arrival.objects.filter(pk=arrival).values_list("site_id", flat=True).first())


def of_room(*, by: Actor, room: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a room: its site."""
    return _site(Room.objects.filter(pk=room).values_list("site_id", flat=True).first())


def of_interpreter(*, by: Actor, interpreter: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about the roster: its site."""
    return _site(Interpreter.objects.filter(pk=interpreter).values_list("site_id", flat=True).first())


def of_own_interpreting(*, by: Actor, appointment: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of what somebody says about an appointment at which she interprets: who interprets it."""
    rows = Appointment.objects.filter(not_apart(), pk=appointment, interpreter__isnull=False)
    user = rows.values_list("interpreter__user_id", flat=True).first()
    return {"user": user} if user is not None else {}


def of_interpreting(*, by: Actor, interpreting: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of giving support to an interpreter: the site."""
    return _site(Interpreting.objects.filter(pk=interpreting).values_list("interpreter__site_id", flat=True).first())


def _site(site: UUID | None) -> Mapping[str, object]:
    return {"site": site} if site is not None else {}
