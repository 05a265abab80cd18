"""Alerts, who raised them, each step taken, and from whom one alert is kept."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField
from karama.rules.risk import GRADES, STEP_KINDS

REMINDED, JOINED, TYPED_IN = "reminded", "joined", "typed_in"
OTHERS_LEFT, LIVES = "others_left", "lives"
"""Steps that only inform: somebody was told again; the person's file was joined with another; the paper it was told
from, about nobody known, was typed in, and it was told again of somebody on file; the person has died, and others may
still be in danger; that death was a mistake.
"""

STEPS = (*STEP_KINDS, REMINDED, JOINED, TYPED_IN, OTHERS_LEFT, LIVES)
OUTCOMES = ("plan_made", "brought_to_service", "service_took_over", "no_danger_found", "died")
DEATH_CONFIRMED = "death_confirmed"
"""The step of an alert that was told after a death, when a second colleague has found that the person has died."""
NOT_FOUND = "not_found"
"""The step and outcome of an alert that a supervisor closed because nobody could find the person."""


class Alert(Fact):
    """Somebody may be in danger. Its owner, state, grade and level are derived from what follows it.

    `person_id` has no foreign key: an alert is accepted for any id, known here or not. `own_keys`: it is sealed with
    the keys of that person; otherwise with the installation's own. `match`: a keyed digest of person and kind, empty
    when it never joins another. `asked_first_id`: whom the pathway of its kind names before the site's chain.
    """

    KIND: ClassVar[int] = 50
    OPEN: ClassVar[dict[str, str]] = {
        "person_id": "general",
        "own_keys": "general",
        "site": "general",
        "grade": "general",
        "historic": "general",
        "match": "general",
        "raised_at": "general",
        "due_at": "general",
        "asked_first_id": "general",
    }

    person_id = models.UUIDField(null=True)
    own_keys = models.BooleanField(default=False)
    site = models.ForeignKey("programme.Site", null=True, on_delete=models.PROTECT, related_name="+")
    grade = models.CharField(max_length=5, choices=[(code, code) for code in GRADES])
    historic = models.BooleanField(default=False)
    match = models.CharField(max_length=64, blank=True, default="")
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    asked_first_id = models.UUIDField(null=True)
    kind = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "safety_alert"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(grade__in=GRADES), name="safety_alert_grade"),
            models.CheckConstraint(condition=Q(due_at__gte=models.F("raised_at")), name="safety_alert_due_after"),
            models.CheckConstraint(
                condition=Q(own_keys=False) | Q(person_id__isnull=False), name="safety_alert_keys_of_somebody"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person_id"], name="safety_alert_person"),
            models.Index(fields=["match"], name="safety_alert_match"),
            models.Index(fields=["historic", "raised_at"], name="safety_alert_raised"),
        ]

    @property
    def subject_id(self) -> UUID | None:
        """The participant whose keys seal it; None when she is not known here."""
        return self.person_id if self.own_keys else None


class OfAlert(Fact):
    """A row that belongs to an alert and is sealed with the same keys."""

    alert: models.ForeignKey[Alert, Alert]

    class Meta:
        abstract = True

    @property
    def subject_id(self) -> UUID | None:
        """The subject of its alert."""
        return self.alert.subject_id


class AlertSource(OfAlert):
    """Who or what raised the alert; a second one joins an alert that is open (B8). The reply names only this row."""

    KIND: ClassVar[int] = 51
    OPEN: ClassVar[dict[str, str]] = {
        "alert": "general",
        "source": "general",
        "source_record_id": "general",
        "grade": "general",
    }

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="sources")
    source = models.CharField(max_length=40)
    source_record_id = models.UUIDField(null=True)
    grade = models.CharField(max_length=5, choices=[(code, code) for code in GRADES])
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "safety_alert_source"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(grade__in=GRADES), name="safety_source_grade"),
        ]
        indexes: ClassVar = [models.Index(fields=["author_id"], name="safety_source_author")]


class AlertStep(OfAlert):
    """One step, by its author, at `recorded_at`. `to_id`: whom it was handed to or who was told again."""

    KIND: ClassVar[int] = 52
    OPEN: ClassVar[dict[str, str]] = {
        "alert": "general",
        "step": "general",
        "to_id": "general",
        "grade": "general",
        "outcome": "general",
        "source_record_id": "general",
    }

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=16, choices=[(code, code) for code in STEPS])
    to_id = models.UUIDField(null=True)
    grade = models.CharField(max_length=5, blank=True, default="")
    outcome = models.CharField(
        max_length=20, blank=True, default="", choices=[(code, code) for code in (*OUTCOMES, NOT_FOUND)]
    )
    source_record_id = models.UUIDField(null=True)
    note = SealedField(compartment="clinical")
    follow_up = SealedField(compartment="clinical")
    """Of a follow-up: `{"state", "instrument", "answers"}`."""

    class Meta(Fact.Meta):
        db_table = "safety_alert_step"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(step__in=STEPS), name="safety_step_known"),
            models.CheckConstraint(
                condition=Q(step__in=["handed_over", REMINDED], to_id__isnull=False)
                | (~Q(step__in=["handed_over", REMINDED]) & Q(to_id__isnull=True)),
                name="safety_step_to_paired",
            ),
            models.CheckConstraint(
                condition=Q(step="closed", outcome__in=OUTCOMES)
                | Q(step__in=["died", DEATH_CONFIRMED], outcome="died")
                | Q(step=NOT_FOUND, outcome=NOT_FOUND)
                | (~Q(step__in=["closed", "died", DEATH_CONFIRMED, NOT_FOUND]) & Q(outcome="")),
                name="safety_step_outcome_paired",
            ),
            models.CheckConstraint(
                condition=Q(step="follow_up", grade__in=GRADES) | (~Q(step="follow_up") & Q(grade="")),
                name="safety_step_grade_paired",
            ),
        ]


class KeptFrom(OfAlert):
    """For this user this alert does not exist: she is accused in it, or related to the person."""

    KIND: ClassVar[int] = 53
    OPEN: ClassVar[dict[str, str]] = {"alert": "general", "user_id": "complaint"}

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="kept_from")
    user_id = models.UUIDField()
    reason = SealedField(compartment="complaint")

    class Meta(Fact.Meta):
        db_table = "safety_kept_from"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["alert", "user_id"], name="safety_kept_from_once"),
        ]


PLAN_PARTS = ("signs", "coping", "distraction", "people", "professionals", "surroundings", "reasons")
"""The steps of a safety plan after Stanley and Brown (2012), and last what makes life worth living."""


class SafetyPlan(Fact):
    """What a person and a worker agreed for hard moments, in the person's words. A review is a newer version.

    `parts`: code of `PLAN_PARTS` -> words; a part that was not talked about is absent.
    """

    KIND: ClassVar[int] = 54
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "made_on": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="safety_plans")
    made_on = models.DateField()
    parts = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "safety_plan"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="safety_plan_one_chain"),
            models.CheckConstraint(condition=Q(parts__isnull=False), name="safety_plan_has_parts"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "made_on"], name="safety_plan_person")]


class IncidentKind(models.TextChoices):
    """What a critical incident is about."""

    SELF_HARM = "self_harm", _("A suicide attempt or self-harm")
    VIOLENCE = "violence", _("Violence")
    THREAT = "threat", _("A threat, or armed people")
    STAFF = "staff", _("Harm by a colleague")
    MEDICAL = "medical", _("A medical emergency or an accident")
    DATA = "data", _("Records lost, seen or taken")
    OTHER = "other", pgettext_lazy("critical incident", "Something else")


class Incident(Fact):
    """A critical incident at a site: what happened to participants or colleagues. `person`: whom it is about, if it is
    about one participant; then its words lie under this person's keys.
    """

    KIND: ClassVar[int] = 55
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "person": "general",
        "kind": "general",
        "occurred_on": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=9, choices=IncidentKind.choices)
    occurred_on = models.DateField()
    words = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "safety_incident"
        indexes: ClassVar = [models.Index(fields=["site", "occurred_on"], name="safety_incident_site")]


INCIDENT_STEPS = ("acted", "told_family", "told_authority", "staff_supported", "learned", "closed")
"""What follows an incident; `learned` is the review without blame, and nothing is closed before it."""


class IncidentStep(Fact):
    """Something that was done after an incident."""

    KIND: ClassVar[int] = 56
    OPEN: ClassVar[dict[str, str]] = {"incident": "general", "person": "general", "step": "general"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="steps")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=15)
    words = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "safety_incident_step"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(step__in=INCIDENT_STEPS), name="safety_incident_step_known"),
        ]


class IncidentKeptFrom(Fact):
    """For this user this incident does not exist: she is part of it."""

    KIND: ClassVar[int] = 57
    OPEN: ClassVar[dict[str, str]] = {"incident": "general", "user_id": "complaint"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="kept_from")
    user_id = models.UUIDField()

    class Meta(Fact.Meta):
        db_table = "safety_incident_kept_from"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["incident", "user_id"], name="safety_incident_kept_from_once"),
        ]
