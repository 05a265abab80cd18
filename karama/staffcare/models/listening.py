"""Who agreed to be asked for a talk, and to whom one is offered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from karama.journal import State


class Supporter(State):
    """A colleague who agreed to be asked. Every colleague of her programmes may know it; whether she was is nobody's.

    `ended_at`: she is not asked any more.
    """

    KIND: ClassVar[int] = 190
    OPEN: ClassVar[dict[str, str]] = {"user": "general", "ended_at": "general"}

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "staffcare_supporter"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_at__isnull=True), name="staffcare_supporter_once"
            )
        ]


class Offer(State):
    """A talk is offered after something heavy; it does not say what. Taken or declined it goes: no answer is kept.

    `shown_from`: put off until then. One at a time for each colleague.
    """

    KIND: ClassVar[int] = 194
    OPEN: ClassVar[dict[str, str]] = {"user": "staff", "shown_from": "staff"}

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shown_from = models.DateTimeField()

    class Meta:
        db_table = "staffcare_offer"
