"""The board "you said, we did": lines without personal words, put up after a second person has read them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from karama.journal import Fact, SealedField


class BoardLine(Fact):
    """What people said and what was done, in the organisation's own words. It leads to no message."""

    KIND: ClassVar[int] = 183
    OPEN: ClassVar[dict[str, str]] = {"programme": "general", "language": "general"}

    programme = models.ForeignKey("programme.CountryProgramme", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    said = SealedField(compartment="general")
    did = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "voice_board_line"


class BoardStep(Fact):
    """A line is put up by a second person, or taken down. `written_by`: who wrote the line."""

    KIND: ClassVar[int] = 184
    OPEN: ClassVar[dict[str, str]] = {
        "line": "general",
        "step": "general",
        "written_by": "general",
    }

    line = models.ForeignKey(BoardLine, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10)
    written_by = models.UUIDField()

    class Meta(Fact.Meta):
        db_table = "voice_board_step"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(step__in=["put_up", "taken_down"]), name="voice_board_step_known"),
            models.CheckConstraint(
                condition=~Q(step="put_up") | ~Q(author_id=F("written_by")), name="voice_board_two_people"
            ),
            models.UniqueConstraint(fields=["line", "step"], name="voice_board_step_once"),
        ]
