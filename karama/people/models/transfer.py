"""Handing a person's care to another site: proposed, accepted or declined. Until accepted the old one is in charge."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from karama.journal import SealedField, State


class Transfer(State):
    """One proposal. Workers, alerts and lists change only when the other site has accepted and named who leads."""

    KIND: ClassVar[int] = 49
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "from_site": "general",
        "to_site": "general",
        "state": "general",
        "answered_at": "general",
        "lead": "general",
        "proposed_by": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="transfers")
    from_site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    to_site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=9,
        default="proposed",
        choices=[
            ("proposed", pgettext_lazy("a transfer", "Proposed")),
            ("accepted", pgettext_lazy("a transfer", "Accepted")),
            ("declined", pgettext_lazy("a transfer", "Declined")),
            ("withdrawn", pgettext_lazy("a transfer", "Taken back")),
        ],
    )
    answered_at = models.DateTimeField(null=True)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """Who leads at the new site, once accepted."""
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """Who hears the answer."""
    agreed = SealedField(compartment="general")
    """Whether the person agrees: yes, no or not_asked. A no is shown to whoever answers, and refuses nothing."""
    reason = SealedField(compartment="general")
    answer = SealedField(compartment="general")

    class Meta:
        db_table = "people_transfer"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state="proposed"), name="people_transfer_one_open"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_site=models.F("to_site")), name="people_transfer_two_sites"
            ),
            models.CheckConstraint(
                condition=models.Q(state="proposed", answered_at__isnull=True)
                | (~models.Q(state="proposed") & models.Q(answered_at__isnull=False)),
                name="people_transfer_answered",
            ),
            models.CheckConstraint(
                condition=models.Q(state="accepted", lead__isnull=False)
                | (~models.Q(state="accepted") & models.Q(lead__isnull=True)),
                name="people_transfer_never_without_lead",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["to_site", "state"], name="people_transfer_to")]
