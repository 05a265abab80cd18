"""Closing a site as a planned thing: for everybody a goodbye, a last safety check and a handover they agreed to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField, State


class LastCheck(models.TextChoices):
    """The last safety check."""

    SAFE = "safe", _("Asked: no danger now")
    ALERT = "alert", _("Asked: an alert was raised")
    NOT_ASKED = "not_asked", _("Could not be asked")


class Onward(models.TextChoices):
    """Where a person goes from here."""

    HANDED_OVER = "handed_over", _("To another service or site, as this person agreed")
    ENDED = "ended", _("Care has come to its end")
    DECLINED = "declined", _("This person wants no other service")
    NOT_REACHED = "not_reached", _("Could not be reached")


class SiteClosing(State):
    """Work at a site ends on a day that is known. `cancelled_on`: it goes on after all."""

    KIND: ClassVar[int] = 135
    OPEN: ClassVar[dict[str, str]] = {"site": "general", "ends_on": "general", "cancelled_on": "general"}

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateField()
    cancelled_on = models.DateField(null=True)
    why = SealedField(compartment="general")

    class Meta:
        db_table = "care_site_closing"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site"], condition=models.Q(cancelled_on__isnull=True), name="care_site_closing_once"
            ),
        ]


class Farewell(Fact):
    """A goodbye to one person before a site closes. A newer one replaces an older one."""

    KIND: ClassVar[int] = 136
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "closing": "general",
        "occurred_on": "general",
        "last_check": "clinical",
        "onward": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="farewells")
    closing = models.ForeignKey(SiteClosing, on_delete=models.PROTECT, related_name="farewells")
    occurred_on = models.DateField()
    last_check = models.CharField(max_length=9, choices=LastCheck.choices)
    onward = models.CharField(
        max_length=11, choices=Onward.choices, help_text=pgettext_lazy("closing a site", "Where a person goes")
    )
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_farewell"
        indexes: ClassVar = [models.Index(fields=["closing", "person"], name="care_farewell_person")]
