"""Two files of one person, joined or separated again. A fact: nothing is rewritten, and it can be undone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from karama.journal import Fact, SealedField


class Merge(Fact):
    """`person` is the file that was folded into `into`, or taken out of it again (`deed` separated)."""

    KIND: ClassVar[int] = 37
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "into": "general", "deed": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=9, choices=[("joined", "joined"), ("separated", "separated")])
    reason = SealedField(compartment="general")
    before = SealedField(compartment="general", store="identity")
    """What both files said before, as far as the merge settles it: `{"kept": {...}, "folded": {...}}`."""

    class Meta(Fact.Meta):
        db_table = "people_merge"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(person=models.F("into")), name="people_merge_two_files"),
        ]
