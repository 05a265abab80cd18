"""What was told outside: kept, so that it is told the same way again."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from karama.journal import Fact, SealedField


class MadeRegister(Fact):
    """A register of counts as it was made for one month: protected lines, nothing of a person."""

    KIND: ClassVar[int] = 140
    OPEN: ClassVar[dict[str, str]] = {
        "programme": "general",
        "register": "general",
        "month": "general",
    }

    programme = models.ForeignKey("programme.CountryProgramme", on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=40)
    month = models.DateField()
    cells = SealedField(compartment="general")
    """`{"columns": [codes], "lines": [[site code, cell, ...]]}`, sealed by the installation's own key."""

    class Meta(Fact.Meta):
        db_table = "evidence_made_register"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "register", "month"], name="evidence_made_register_once"),
        ]

    @property
    def subject_id(self) -> UUID | None:
        """No participant."""
        return None
