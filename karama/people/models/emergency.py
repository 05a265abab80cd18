"""A record opened in an emergency by somebody who has no part in it, and what the officer said about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from karama.journal import Fact, SealedField


class BreakGlass(Fact):
    """Somebody opened a few fields of a person's record because life was in danger, until `until`, for this reason."""

    KIND: ClassVar[int] = 120
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "site": "general", "user_id": "staff", "until": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="emergencies")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    user_id = models.UUIDField()
    until = models.DateTimeField()
    reason = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "people_break_glass"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(reason__isnull=False), name="people_break_glass_reason"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user_id", "recorded_at"], name="people_break_glass_user"),
            models.Index(fields=["site"], name="people_break_glass_site"),
        ]


class GlassVerdict(models.TextChoices):
    """What the review came to."""

    JUSTIFIED = "justified", _("It was right")
    TALK = "talk", _("To be talked about with the colleague")
    NOT_JUSTIFIED = "not_justified", _("It was not right: I follow it up")


class GlassReview(Fact):
    """The data protection officer looked at one of them."""

    KIND: ClassVar[int] = 121
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "glass": "general", "verdict": "staff"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="emergency_reviews")
    glass = models.OneToOneField("people.BreakGlass", on_delete=models.PROTECT, related_name="review")
    verdict = models.CharField(max_length=13, choices=GlassVerdict.choices)
    words = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "people_glass_review"
