"""A child's guardians, and decisions in a child's best interest when none of them is safe."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from karama.journal import SealedField, State


class Trust(models.TextChoices):
    """Whether a guardian may decide (`rules.minors.Trust`)."""

    SAFE = "safe", _("Safe")
    UNSAFE = "unsafe", _("Not safe")
    UNSURE = "unsure", _("Not sure yet")


class Kin(models.TextChoices):
    """What somebody is to a person."""

    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    PARTNER = "partner", _("Husband, wife or partner")
    CHILD = "child", _("Son or daughter")
    SIBLING = "sibling", _("Brother or sister")
    GRANDPARENT = "grandparent", _("Grandparent")
    RELATIVE = "relative", _("Another relative")
    IN_LAW = "in_law", _("Relative by marriage")
    FRIEND = "friend", _("Friend or neighbour")
    CARER = "carer", _("Carer who is no relative")


class Topic(models.TextChoices):
    """What a guardian may be told, each agreed by the child and a protection duty by itself."""

    ATTENDANCE = "attendance", _("Whether the meetings take place")
    WELLBEING = "wellbeing", _("How it goes, in general words")
    HOMEWORK = "homework", _("How to help between meetings")
    SAFETY = "safety", _("What to do in danger")
    MEDICATION = "medication", _("Medication and how to take it")


class Guardian(State):
    """Somebody who may decide for a child, from `since` until `until`. Nothing is told to her unless it was agreed.

    `guardian`: when she takes part herself. `trust` and `reason` stand under the seal of the child compartment.
    """

    KIND: ClassVar[int] = 39
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "guardian": "child",
        "since": "general",
        "until": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="guardians")
    guardian = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    called = SealedField(compartment="general", store="identity")
    kin = SealedField(compartment="general")
    trust = SealedField(compartment="child")
    reason = SealedField(compartment="child")
    may_know = SealedField(compartment="child")
    """Codes of `Topic`, agreed by the child and a protection duty; empty: nothing."""

    class Meta:
        db_table = "people_guardian"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="people_guardian_order",
            ),
            models.CheckConstraint(
                condition=models.Q(guardian__isnull=True) | ~models.Q(guardian=models.F("person")),
                name="people_guardian_not_oneself",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "until"], name="people_guardian_person")]


class BestInterest(State):
    """Care for a child whose guardian is not safe: asked by a worker, decided by a protection duty, reviewed.

    `asked`: emergency care goes on upon the child's assent and a written reason until `carries_until`, and a
    supervisor has a task. `decided_yes` / `decided_no`: by a protection duty; `reviewed`: looked at again.
    """

    KIND: ClassVar[int] = 40
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "purpose": "general",
        "state": "child",
        "assent": "child",
        "carries_until": "child",
        "decided_at": "child",
        "decided_by_duty": "child",
        "review_on": "child",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="best_interest")
    purpose = models.CharField(max_length=12)
    state = models.CharField(
        max_length=11,
        choices=[
            ("asked", _("Waits for a decision")),
            ("decided_yes", _("Decided: in the child's best interest")),
            ("decided_no", _("Decided: not in the child's best interest")),
            ("reviewed", _("Looked at again")),
        ],
    )
    assent = models.BooleanField()
    carries_until = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_duty = models.CharField(max_length=60, blank=True)
    review_on = models.DateField(null=True)
    reason = SealedField(compartment="child")
    decision = SealedField(compartment="child")
    review = SealedField(compartment="child")

    class Meta:
        db_table = "people_best_interest"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="asked", decided_at__isnull=True, carries_until__isnull=False)
                | (~models.Q(state="asked") & models.Q(decided_at__isnull=False) & ~models.Q(decided_by_duty="")),
                name="people_best_interest_decided",
            ),
            models.CheckConstraint(condition=models.Q(reason__isnull=False), name="people_best_interest_reasoned"),
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(state="asked"),
                name="people_best_interest_asked_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "review_on"], name="people_best_interest_due")]
