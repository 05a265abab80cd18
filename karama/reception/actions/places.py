"""Rooms of a site."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.journal import Actor, action, clock
from karama.programme.days import today_at
from karama.reception.access import ROOMS
from karama.reception.models import Appointment, Room
from karama.reception.problems import NameTaken, RoomInUse
from karama.reception.targets import of_room, of_site
from karama.rules.appointments import HOLDING

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


@action("reception.open_room", access=ROOMS, target=of_site, purpose="administration")
def open_room(
    *,
    by: Actor,
    site: UUID,
    name: Name,
    kind: Literal["talk", "group", "children"] = "talk",
    places: Annotated[int, Field(ge=1, le=200)] = 3,
) -> Room:
    """Open a room, or childcare with its places. Raises NameTaken."""
    if Room.objects.filter(site_id=site, name=name, closed_on__isnull=True).exists():
        raise NameTaken("name")
    return Room.objects.create(site_id=site, name=name, kind=kind, places=places)


@action("reception.close_room", access=ROOMS, target=of_room, purpose="administration")
def close_room(*, by: Actor, room: UUID) -> Room:
    """Close a room in which nothing is planned. Raises RoomInUse."""
    row = Room.objects.select_for_update(of=("self",)).get(pk=room)
    if Appointment.objects.filter(room=row, state__in=HOLDING, ends_at__gt=clock.now()).exists():
        raise RoomInUse()
    if row.closed_on is None:
        row.closed_on = today_at(row.site_id)
        row.save()
    return row
