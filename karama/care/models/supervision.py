"""Supervision: who looked at whose work, about whom by code, what was seen and agreed; and alerts read once more.

Rows about colleagues are sealed with the installation's keys and open to the two, and to whoever supervises the
supervisor. They are never a source of appraisal, of a count, of a report or of an export.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField, State


class SupervisionMode(models.TextChoices):
    """How a colleague was supervised."""

    INDIVIDUAL = "individual", pgettext_lazy("supervision", "The two of us")
    GROUP = "group", pgettext_lazy("supervision", "Several together")
    PHONE = "phone", pgettext_lazy("supervision", "By telephone or online")
    OBSERVED = "observed", pgettext_lazy("supervision", "I was there and watched")


class SupervisionHeld(Fact):
    """A supervision that was held: its author supervised those who have a seat."""

    KIND: ClassVar[int] = 220
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "mode": "general",
        "occurred_on": "general",
        "minutes": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=SupervisionMode.choices)
    occurred_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True)
    words = SealedField(compartment="staff")

    class Meta(Fact.Meta):
        db_table = "care_supervision"
        indexes: ClassVar = [models.Index(fields=["author_id", "occurred_on"], name="care_supervision_author")]


class SupervisionSeat(Fact):
    """Who was supervised. `ratings`: {skill: level} as seen together, only where one colleague was supervised."""

    KIND: ClassVar[int] = 221
    OPEN: ClassVar[dict[str, str]] = {"held": "general", "user": "general"}

    held = models.ForeignKey(SupervisionHeld, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ratings = SealedField(compartment="staff")

    class Meta(Fact.Meta):
        db_table = "care_supervision_seat"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["held", "user"], name="care_supervision_seat_once"),
        ]


class SupervisionPerson(Fact):
    """Somebody who was spoken about: only whom everybody there may see."""

    KIND: ClassVar[int] = 222
    OPEN: ClassVar[dict[str, str]] = {"held": "general", "person": "general"}

    held = models.ForeignKey(SupervisionHeld, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(Fact.Meta):
        db_table = "care_supervision_person"


class SupervisionTask(State):
    """What was agreed: somebody who was there does it until a day. Open while `done_on` is empty."""

    KIND: ClassVar[int] = 223
    OPEN: ClassVar[dict[str, str]] = {
        "held": "general",
        "owner": "general",
        "due_on": "general",
        "done_on": "general",
    }

    held = models.ForeignKey(SupervisionHeld, on_delete=models.PROTECT, related_name="tasks")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    words = SealedField(compartment="staff")

    class Meta:
        db_table = "care_supervision_task"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(words__isnull=False), name="care_supervision_task_says_what")
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "done_on"], name="care_supervision_task_owner")]


class SupervisionAnswer(Fact):
    """What the supervised colleague says of what was written down: that it was so, or how she sees it."""

    KIND: ClassVar[int] = 224
    OPEN: ClassVar[dict[str, str]] = {"seat": "general", "agrees": "general"}

    seat = models.OneToOneField(SupervisionSeat, on_delete=models.PROTECT, related_name="answer")
    agrees = models.BooleanField()
    words = SealedField(compartment="staff")

    class Meta(Fact.Meta):
        db_table = "care_supervision_answer"


class AlertReview(Fact):
    """A supervisor has read what became of a closed alert: well, asked about, or taken over.

    `alert` has no foreign key: the alert and its review are erased by their own rooms, in either order.
    """

    KIND: ClassVar[int] = 225
    OPEN: ClassVar[dict[str, str]] = {
        "alert": "general",
        "person": "general",
        "decision": "general",
        "closed_by": "general",
    }

    alert = models.UUIDField(db_index=True)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    closed_by = models.UUIDField()
    decision = models.CharField(
        max_length=10,
        choices=[
            ("ok", pgettext_lazy("review of an alert", "Read: it is well")),
            ("ask", pgettext_lazy("review of an alert", "Asked about")),
            ("take_over", pgettext_lazy("review of an alert", "Taken over")),
        ],
    )
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_alert_review"
