"""What remains of a deletion: who asked, who prepared, who approved, and how much of what went."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from karama.journal import Fact, SealedField


class DeletionCertificate(Fact):
    """A person was erased by two. It belongs to nobody's keys: hers are destroyed. Its author approved.

    `whom`: the tombstone. `deleted`: `[[room, number of rows]]`, sealed by the installation's own key.
    """

    KIND: ClassVar[int] = 84
    OPEN: ClassVar[dict[str, str]] = {
        "whom": "general",
        "programme": "general",
        "requested_on": "general",
        "asked_by": "staff",
        "prepared_by": "staff",
    }

    whom = models.UUIDField(unique=True)
    programme = models.ForeignKey("programme.CountryProgramme", on_delete=models.PROTECT, related_name="+")
    requested_on = models.DateField()
    asked_by = models.UUIDField()
    prepared_by = models.UUIDField()
    deleted = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "voice_deletion_certificate"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(author_id=models.F("prepared_by")) & ~models.Q(author_id=models.F("asked_by")),
                name="voice_certificate_two_people",
            ),
        ]

    @property
    def subject_id(self) -> UUID | None:
        """No participant: there is no key left to seal with."""
        return None
