"""Two files of one person joined or separated again, and the erasure of a person: facts about files."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

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


class Erasure(Fact):
    """That a person was erased, by whom and why. It belongs to nobody's keys: hers are destroyed.

    `reason` is sealed by the installation's own key and must not describe the person.
    """

    KIND: ClassVar[int] = 38
    OPEN: ClassVar[dict[str, str]] = {"whom": "general"}

    whom = models.UUIDField(unique=True)
    reason = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "people_erasure"
        constraints: ClassVar = [*Fact.Meta.constraints]

    @property
    def subject_id(self) -> UUID | None:
        """No participant: there is no key left to seal with."""
        return None
