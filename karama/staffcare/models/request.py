"""Somebody who works here needs to talk: what she asked, whom, in which order, and what came of it.

No field names a measure, an answer or a risk, and none a participant: staff are asked nothing.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models

from karama.journal import Fact, SealedField, State
from karama.rules.support import STEPS


class SupportRequest(Fact):
    """A talk that was asked for; its author asks. It has a key of its own, so that deleting it destroys that key.

    `until`: the time of a call, after which nobody else is asked; None when no call was asked for. `wait_hours`: how
    long each colleague has; `keep_days`: when it is erased after it is over. Both as the pack said then.
    """

    KIND: ClassVar[int] = 191
    OPEN: ClassVar[dict[str, str]] = {"until": "staff", "wait_hours": "staff", "keep_days": "staff"}

    until = models.DateTimeField(null=True)
    wait_hours = models.PositiveIntegerField()
    keep_days = models.PositiveIntegerField()
    words = SealedField(compartment="staff")

    class Meta(Fact.Meta):
        db_table = "staffcare_request"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(wait_hours__gte=1), name="staffcare_request_waits"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("recorded_at")),
                name="staffcare_call_lies_ahead",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["author_id"], name="staffcare_request_author")]

    @property
    def subject_id(self) -> UUID | None:
        """Its own key, which is nobody's person."""
        return self.id


class SupportAsked(State):
    """A colleague whom she allows to be asked, in her order. `knowingly`: she chose her although she leads her."""

    KIND: ClassVar[int] = 192
    OPEN: ClassVar[dict[str, str]] = {"request": "staff", "user": "staff", "place": "staff", "knowingly": "staff"}

    request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="asked")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    knowingly = models.BooleanField(default=False)

    class Meta:
        db_table = "staffcare_asked"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "user"], name="staffcare_asked_once"),
            models.UniqueConstraint(fields=["request", "place"], name="staffcare_asked_order"),
        ]


class SupportStep(Fact):
    """A step of a request. `user`: the colleague it concerns. `place` orders the steps."""

    KIND: ClassVar[int] = 193
    OPEN: ClassVar[dict[str, str]] = {"request": "staff", "user_id": "staff", "place": "staff", "step": "staff"}

    request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="steps")
    user_id = models.UUIDField(null=True)
    place = models.PositiveIntegerField()
    step = models.CharField(max_length=10, choices=[(code, code) for code in STEPS])

    class Meta(Fact.Meta):
        db_table = "staffcare_step"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["request", "place"], name="staffcare_step_order"),
            models.CheckConstraint(condition=models.Q(step__in=STEPS), name="staffcare_step_known"),
        ]

    @property
    def subject_id(self) -> UUID | None:
        """The key of its request."""
        return self.request_id
