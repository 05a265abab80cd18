"""A site or a grant ends, planned: for everybody a goodbye, a last safety check and a handover they agreed to."""

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


class Closing(State):
    """Work at a site, or what a grant pays, ends on a day that is known. `cancelled_on`: it goes on after all.

    `told`: ids of the colleagues who were told, as it was planned.
    """

    KIND: ClassVar[int] = 135
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "grant": "general",
        "ends_on": "general",
        "cancelled_on": "general",
    }

    site = models.ForeignKey("programme.Site", null=True, on_delete=models.PROTECT, related_name="+")
    grant = models.ForeignKey("programme.Grant", null=True, on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateField()
    cancelled_on = models.DateField(null=True)
    why = SealedField(compartment="general")
    told = SealedField(compartment="general")

    class Meta:
        db_table = "care_site_closing"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site"], condition=models.Q(cancelled_on__isnull=True), name="care_site_closing_once"
            ),
            models.UniqueConstraint(
                fields=["grant"], condition=models.Q(cancelled_on__isnull=True), name="care_grant_closing_once"
            ),
            models.CheckConstraint(
                condition=models.Q(site__isnull=True, grant__isnull=False)
                | models.Q(site__isnull=False, grant__isnull=True),
                name="care_closing_one_end",
            ),
        ]


class Farewell(Fact):
    """A goodbye to one person before a site or a grant ends. A newer one replaces an older one.

    `grant`: the one that goes on paying, where this person was handed over within the site.
    """

    KIND: ClassVar[int] = 136
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "closing": "general",
        "occurred_on": "general",
        "last_check": "clinical",
        "onward": "general",
        "grant": "general",
        "follow_up": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="farewells")
    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="farewells")
    occurred_on = models.DateField()
    last_check = models.CharField(max_length=9, choices=LastCheck.choices)
    onward = models.CharField(
        max_length=11, choices=Onward.choices, help_text=pgettext_lazy("closing a site", "Where a person goes")
    )
    grant = models.ForeignKey("programme.Grant", null=True, on_delete=models.PROTECT, related_name="+")
    follow_up = models.CharField(max_length=9, default="not_asked")
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_farewell"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(grant__isnull=True) | models.Q(onward="handed_over"),
                name="care_farewell_grant_is_a_handover",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["closing", "person"], name="care_farewell_person")]


class Attribution(Fact):
    """What a supervisor wrote down of an episode and a grant: it pays for it, or it does not. The newest of a pair
    stands above what is worked out from site and service. Several grants may pay for one episode.
    """

    KIND: ClassVar[int] = 209
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "grant": "general",
        "paid": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="attributions")
    grant = models.ForeignKey("programme.Grant", on_delete=models.PROTECT, related_name="+")
    paid = models.BooleanField()
    reason = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "care_attribution"
        indexes: ClassVar = [models.Index(fields=["episode", "grant"], name="care_attribution_pair")]
