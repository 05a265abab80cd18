"""Rooms of a site; childcare is a room with places for children."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from karama.journal import State


class RoomKind(models.TextChoices):
    """What a room is for. None of them says what is spoken about in it."""

    TALK = "talk", _("For two or three")
    GROUP = "group", _("For a group")
    CHILDREN = "children", _("Childcare")


class Room(State):
    """A room of a site. `places`: for how many people; in childcare, for how many children at a time."""

    KIND: ClassVar[int] = 72
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "name": "general",
        "kind": "general",
        "places": "general",
        "closed_on": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=RoomKind.choices, default=RoomKind.TALK)
    places = models.IntegerField(default=3)
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "reception_room"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "name"], condition=models.Q(closed_on__isnull=True), name="reception_room_once"
            ),
            models.CheckConstraint(condition=models.Q(places__gte=1), name="reception_room_has_places"),
        ]
