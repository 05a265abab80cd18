"""Somebody did not come: who asks after her, until when, what was tried, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField, State
from karama.rules.missed import WAYS


class Way(models.TextChoices):
    """How it was tried (`rules.missed.WAYS`)."""

    CALL = "call", _("By a call")
    MESSAGE = "message", _("By a neutral message")
    VIA_PERSON = "via_person", _("Through the trusted person")
    IN_PERSON = "in_person", _("The person came, or was met by chance")


class TryResult(models.TextChoices):
    """What came of one try."""

    NOT_REACHED = "not_reached", pgettext_lazy("asking after somebody", "Not reached")
    WELL = "well", pgettext_lazy("asking after somebody", "Spoke: safe, comes again")
    STOPS = "stops", pgettext_lazy("asking after somebody", "Spoke: does not want to come any more")
    WORRY = "worry", pgettext_lazy("asking after somebody", "Spoke: I am worried")


class FollowUpEnd(models.TextChoices):
    """What came of all of it."""

    CAME = "came", pgettext_lazy("asking after somebody", "Came after all")
    WELL = "well", pgettext_lazy("asking after somebody", "Safe, comes again")
    STOPS = "stops", pgettext_lazy("asking after somebody", "Does not want to come any more")
    WORRY = "worry", pgettext_lazy("asking after somebody", "A worry was raised")
    NOT_REACHED = "not_reached", pgettext_lazy("asking after somebody", "Could not be reached")
    NO_WAY = "no_way", pgettext_lazy("asking after somebody", "No safe way was agreed")
    ENDED = "ended", pgettext_lazy("asking after somebody", "Not needed any more")


class FollowUp(State):
    """The task of one colleague after a missed appointment. `due_at` follows the risk (`rules.missed`)."""

    KIND: ClassVar[int] = 77
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "appointment": "general",
        "worker": "general",
        "due_at": "clinical",
        "ended": "general",
        "ended_at": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    appointment = models.OneToOneField("reception.Appointment", on_delete=models.PROTECT, related_name="follow_up")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    ended = models.CharField(max_length=11, choices=FollowUpEnd.choices, blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reception_follow_up"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ended="", ended_at__isnull=True)
                | ~models.Q(ended="") & models.Q(ended_at__isnull=False),
                name="reception_follow_up_ended_paired",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["worker", "ended"], name="reception_follow_up_whose")]


class FollowUpTry(Fact):
    """One try to ask after somebody."""

    KIND: ClassVar[int] = 78
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "follow_up": "general",
        "way": "general",
        "result": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="tries")
    way = models.CharField(max_length=10, choices=Way.choices)
    result = models.CharField(max_length=11, choices=TryResult.choices)
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "reception_follow_up_try"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(way__in=WAYS), name="reception_try_way"),
        ]
