"""What a nurse sees, suspects and does: one visit, new or follow-up, and the visit that is not finished."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField, State


class VisitKind(models.TextChoices):
    """A first visit, or one of those after it."""

    NEW = "new", pgettext_lazy("a visit to the nurse", "New")
    FOLLOW_UP = "follow_up", pgettext_lazy("a visit to the nurse", "Follow-up")


class NurseVisit(Fact):
    """One visit. Each sealed field is empty when it was not asked; nothing stands for zero.

    `seen`: codes of presentations; `category`: one of the nine; `certainty`: suspected, provisional or confirmed.
    `change`: of a follow-up; side effects and pills left are a `MedicineCheck`. `return_on`: when to come again.
    """

    KIND: ClassVar[int] = 137
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "site": "general",
        "kind": "general",
        "occurred_on": "general",
        "return_on": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="nurse_visits")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=VisitKind.choices)
    occurred_on = models.DateField()
    return_on = models.DateField(null=True)
    seen = SealedField(compartment="clinical")
    emergency = SealedField(compartment="clinical")
    physical_ruled_out = SealedField(compartment="clinical")
    pregnant = SealedField(compartment="clinical")
    category = SealedField(compartment="clinical")
    certainty = SealedField(compartment="clinical")
    done = SealedField(compartment="clinical")
    change = SealedField(compartment="clinical")
    """better, same or worse: in three steps, as telephones say it."""
    change_step = SealedField(compartment="clinical")
    """The same in seven steps (`rules.change_steps`), where it was asked so; `change` follows from it."""
    icd = SealedField(compartment="clinical")
    """A code of ICD-11 beside the category, where somebody who may has said one."""

    class Meta(Fact.Meta):
        db_table = "care_nurse_visit"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_nurse_visit_one_chain"),
            models.CheckConstraint(
                condition=models.Q(return_on__isnull=True) | models.Q(return_on__gt=models.F("occurred_on")),
                name="care_nurse_visit_order",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="new") | models.Q(category__isnull=True, seen__isnull=True),
                name="care_nurse_visit_category_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "occurred_on"], name="care_nurse_visit_person"),
            models.Index(fields=["site", "occurred_on"], name="care_nurse_visit_site"),
        ]


class MissedVisit(Fact):
    """Somebody was to come again and did not: what was tried, and why, as far as it is known. The last one counts.

    `missed_on`: the day on which she was expected; `again_on`: the day agreed anew; `over`: she will not come again.
    A later visit settles it.
    """

    KIND: ClassVar[int] = 226
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "site": "general",
        "missed_on": "general",
        "occurred_on": "general",
        "again_on": "general",
        "over": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="missed_visits")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    missed_on = models.DateField()
    occurred_on = models.DateField()
    again_on = models.DateField(null=True)
    over = models.BooleanField(default=False)
    tried = SealedField(compartment="clinical")
    """Codes of what was tried; an empty list: nothing yet."""
    reason = SealedField(compartment="clinical")
    """A code of `value_sets/missed_visit`; empty where nobody knows."""

    class Meta(Fact.Meta):
        db_table = "care_missed_visit"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(occurred_on__gt=models.F("missed_on")), name="care_missed_visit_after"
            ),
            models.CheckConstraint(
                condition=models.Q(again_on__isnull=True) | models.Q(again_on__gt=models.F("occurred_on"), over=False),
                name="care_missed_visit_again",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "missed_on"], name="care_missed_visit_person"),
            models.Index(fields=["site", "missed_on"], name="care_missed_visit_site"),
        ]


class VisitDraft(State):
    """A visit that a worker has begun and not finished: hers alone, and counted nowhere."""

    KIND: ClassVar[int] = 138
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "user": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen = SealedField(compartment="clinical")

    class Meta:
        db_table = "care_visit_draft"
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "user"], name="care_visit_draft_once")]
