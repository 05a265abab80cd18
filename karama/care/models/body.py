"""Care for the body: cautions agreed with the person, physiotherapy, assistive products."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from karama.journal import Fact, SealedField, State


class Caution(State):
    """What to avoid with this person, agreed with them: a code, never a reason. In force while `ended_on` is empty."""

    KIND: ClassVar[int] = 110
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "agreed_on": "general", "ended_on": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="cautions")
    agreed_on = models.DateField()
    ended_on = models.DateField(null=True)
    avoid = SealedField(compartment="general")

    class Meta:
        db_table = "care_caution"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("agreed_on")),
                name="care_caution_order",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["person", "ended_on"], name="care_caution_person")]


class Activity(State):
    """Something the person chose to be able to do again; it is rated from 0 to 10 over time."""

    KIND: ClassVar[int] = 111
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "chosen_on": "general", "ended_on": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="activities")
    chosen_on = models.DateField()
    ended_on = models.DateField(null=True)
    words = SealedField(compartment="body")

    class Meta:
        db_table = "care_activity"
        indexes: ClassVar = [models.Index(fields=["person", "ended_on"], name="care_activity_person")]


class BodySession(Fact):
    """One session of physiotherapy. Each sealed field is empty when it was not asked; nothing stands for zero.

    `places`: `{region: pain | spread}`; an empty map says that nothing hurt. `ratings`: `{activity id: 0-10}`.
    `flags`: codes of red flags; an empty list says that they were asked and none was there.
    """

    KIND: ClassVar[int] = 112
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "occurred_on": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="body_sessions")
    occurred_on = models.DateField()
    places = SealedField(compartment="body")
    intensity = SealedField(compartment="body")
    ratings = SealedField(compartment="body")
    flags = SealedField(compartment="body")
    exercises = SealedField(compartment="body")
    reaction = SealedField(compartment="body")
    practice = SealedField(compartment="body")

    class Meta(Fact.Meta):
        db_table = "care_body_session"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_body_session_one_chain"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "occurred_on"], name="care_body_session_person")]


class AssistiveNeed(State):
    """A product the person needs, when it was asked for, and since when it is there.

    The cause lies in one compartment or the other: torture is kept apart.
    """

    KIND: ClassVar[int] = 113
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "needed_on": "general",
        "asked_on": "general",
        "provided_on": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="assistive_needs")
    needed_on = models.DateField()
    asked_on = models.DateField(null=True)
    provided_on = models.DateField(null=True)
    product = SealedField(compartment="general")
    cause = SealedField(compartment="body")
    cause_torture = SealedField(compartment="torture")

    class Meta:
        db_table = "care_assistive_need"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(provided_on__isnull=True) | models.Q(provided_on__gte=models.F("needed_on")),
                name="care_assistive_need_order",
            ),
            models.CheckConstraint(
                condition=models.Q(asked_on__isnull=True) | models.Q(asked_on__gte=models.F("needed_on")),
                name="care_assistive_need_asked_order",
            ),
            models.CheckConstraint(
                condition=models.Q(cause__isnull=True) | models.Q(cause_torture__isnull=True),
                name="care_assistive_need_one_cause",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="care_assistive_need_person")]
