"""Who is here today, by number: the only thing that is called out."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from karama.journal import State


class ArrivalState(models.TextChoices):
    """Where somebody who came is now."""

    WAITING = "waiting", pgettext_lazy("an arrival", "Sits and waits")
    CALLED = "called", pgettext_lazy("an arrival", "Called")
    WITH = "with", pgettext_lazy("an arrival", "With a colleague")
    LEFT = "left", pgettext_lazy("an arrival", "Left")


LAW = {"waiting": ("called", "with", "left"), "called": ("with", "waiting", "left"), "with": ("left", "waiting")}
"""State -> the states that may follow; `with` and `called` can be taken back: a tap on the wrong line."""


class Arrival(State):
    """A number of one day at one site. A walk-in may be nobody's file: then there is a number and nothing else."""

    KIND: ClassVar[int] = 71
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "day": "general",
        "number": "general",
        "person": "general",
        "appointment": "general",
        "state": "general",
        "worker": "general",
        "room": "general",
        "came_at": "general",
        "called_at": "general",
        "left_at": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.IntegerField()
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    appointment = models.OneToOneField(
        "reception.Appointment", null=True, on_delete=models.PROTECT, related_name="arrival"
    )
    state = models.CharField(max_length=7, choices=ArrivalState.choices, default=ArrivalState.WAITING)
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey("reception.Room", null=True, on_delete=models.PROTECT, related_name="+")
    came_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reception_arrival"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "day", "number"], name="reception_arrival_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reception_arrival_from_one"),
            models.CheckConstraint(
                condition=Q(state="left", left_at__isnull=False) | ~Q(state="left") & Q(left_at__isnull=True),
                name="reception_left_when",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("came_at")), name="reception_left_after_came"
            ),
            models.CheckConstraint(condition=~Q(state="with") | Q(worker__isnull=False), name="reception_with_whom"),
        ]
