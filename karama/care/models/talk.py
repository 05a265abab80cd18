"""The short conversation of a contact by code: what was asked, what came of it, and the group somebody named."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from karama.journal import Fact, SealedField, State


class Talk(Fact):
    """One short conversation, the first or a later one (`again`). Each answer may be a missing code; none is zero.

    `answers_gbv`: what was asked about violence; empty when nobody was asked.
    """

    KIND: ClassVar[int] = 205
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "site": "general",
        "held_on": "general",
        "again": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="talks")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    again = models.BooleanField()
    answers = SealedField(compartment="clinical")
    answers_gbv = SealedField(compartment="gbv")

    class Meta(Fact.Meta):
        db_table = "care_talk"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(answers__isnull=False), name="care_talk_has_answers"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "held_on"], name="care_talk_person")]


class TalkDraft(State):
    """A conversation that goes on: its worker's alone, counted nowhere. `asked`: which questions were answered, in
    order; `raised`: which of them raised an alert, which went out at once.
    """

    KIND: ClassVar[int] = 206
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "user": "general", "again": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    again = models.BooleanField()
    asked = SealedField(compartment="general")
    raised = SealedField(compartment="general")
    answers = SealedField(compartment="clinical")
    answers_gbv = SealedField(compartment="gbv")

    class Meta:
        db_table = "care_talk_draft"
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "user"], name="care_talk_draft_once")]


class GroupAnswer(Fact):
    """To which groups of the programme an adult said she belongs, or that she was asked and would rather not say.

    Asked, never inferred: the row stands there whatever was answered.
    """

    KIND: ClassVar[int] = 204
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "asked_on": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    groups = SealedField(compartment="kp_sogi")
    """Codes of the pack, or an empty list for skipped."""

    class Meta(Fact.Meta):
        db_table = "care_group_answer"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(groups__isnull=False), name="care_group_answer_said"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "asked_on"], name="care_group_person")]


class BriefIntervention(Fact):
    """Psychological first aid, a motivating conversation, coping or explaining, given in one contact."""

    KIND: ClassVar[int] = 207
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "given_on": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="brief_interventions")
    given_on = models.DateField()
    kind = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_brief_intervention"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__isnull=False), name="care_brief_has_kind"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "given_on"], name="care_brief_person")]
