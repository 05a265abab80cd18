"""What was told outside: kept, so that it is told the same way again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from karama.journal import Fact


class MadeRegister(Fact):
    """A register of counts as it was made for one month: `cells` are the protected lines, nothing of a person.

    `columns`: the codes of its columns at that time.
    """

    KIND: ClassVar[int] = 140
    OPEN: ClassVar[dict[str, str]] = {
        "programme": "general",
        "register": "general",
        "month": "general",
        "columns": "general",
        "cells": "general",
    }

    programme = models.ForeignKey("programme.CountryProgramme", on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=40)
    month = models.DateField()
    columns = models.JSONField()
    cells = models.JSONField()

    class Meta(Fact.Meta):
        db_table = "evidence_made_register"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "register", "month"], name="evidence_made_register_once"),
        ]
