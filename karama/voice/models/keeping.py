"""What was thought through before a programme began, and why a record is kept beyond its days."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField


class Risk(models.TextChoices):
    """What is left of the risk to people once the measures are taken."""

    LOW = "low", pgettext_lazy("risk to people", "Low")
    MEDIUM = "medium", pgettext_lazy("risk to people", "Medium")
    HIGH = "high", pgettext_lazy("risk to people", "High")


class ImpactAssessment(Fact):
    """What could harm people in a programme because their data are kept, and what is done about it. The newest counts.

    `who`: who did it, `measures`, `reference`: where the document lies; sealed by the installation's own key.
    """

    KIND: ClassVar[int] = 186
    OPEN: ClassVar[dict[str, str]] = {
        "programme": "general",
        "done_on": "general",
        "review_on": "general",
        "risk": "general",
    }

    programme = models.ForeignKey("programme.CountryProgramme", on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField()
    review_on = models.DateField()
    risk = models.CharField(max_length=6, choices=Risk.choices)
    who = SealedField(compartment="general")
    summary = SealedField(compartment="general")
    measures = SealedField(compartment="general")
    reference = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "voice_impact_assessment"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(review_on__gt=models.F("done_on")), name="voice_assessment_reviewed_later"
            ),
            models.CheckConstraint(condition=models.Q(risk__in=Risk.values), name="voice_assessment_risk_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "done_on"], name="voice_assessment_of")]

    @property
    def subject_id(self) -> UUID | None:
        """No participant."""
        return None


class KeptLonger(Fact):
    """A record whose days of keeping are over is kept until a day, for a reason that somebody wrote down."""

    KIND: ClassVar[int] = 187
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "until": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    until = models.DateField()
    reason = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "voice_kept_longer"
        constraints: ClassVar = [*Fact.Meta.constraints]
        indexes: ClassVar = [models.Index(fields=["person", "until"], name="voice_kept_longer_of")]
