"""A session with one person, the note about it, and what a colleague said to the note."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField
from karama.rules.sessions import ATTENDANCE, MODALITIES


class Attendance(models.TextChoices):
    """Whether the session took place. Nothing recorded is nothing known, never "absent"."""

    ATTENDED = "attended", pgettext_lazy("a session", "Took place")
    MISSED = "missed", pgettext_lazy("a session", "The person did not come")
    CANCELLED_BY_PERSON = "cancelled_by_person", pgettext_lazy("a session", "Cancelled by the person")
    CANCELLED_BY_US = "cancelled_by_us", pgettext_lazy("a session", "Cancelled by us")


class Modality(models.TextChoices):
    """How they met: a fact of each session, because it changes from one to the next."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By telephone")
    ONLINE = "online", _("Online")
    HOME = "home", _("At home")


class Session(Fact):
    """One individual session, held or not. A correction is a newer session that amends it.

    `details`: `{"techniques": [...], "risk": code, "homework": words, "minutes": int, "interpreter": bool,
    "next_weeks": int}`, each only where it was recorded.
    """

    KIND: ClassVar[int] = 65
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "worker": "general",
        "occurred_on": "general",
        "attendance": "general",
        "modality": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="sessions")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="sessions")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    occurred_on = models.DateField()
    attendance = models.CharField(max_length=20, choices=Attendance.choices)
    modality = models.CharField(max_length=9, choices=Modality.choices)
    details = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_session"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_session_one_chain"),
            models.CheckConstraint(condition=models.Q(attendance__in=ATTENDANCE), name="care_session_attendance"),
            models.CheckConstraint(condition=models.Q(modality__in=MODALITIES), name="care_session_modality"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "occurred_on"], name="care_session_person"),
            models.Index(fields=["episode", "attendance"], name="care_session_episode"),
        ]


class Note(Fact):
    """What a worker wrote down, under the person's own seal. A correction is a newer note; both stay readable."""

    KIND: ClassVar[int] = 66
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "session": "general",
        "template": "general",
        "awaits_cosign": "staff",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="notes")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="notes")
    session = models.ForeignKey("care.Session", null=True, on_delete=models.PROTECT, related_name="notes")
    template = models.CharField(max_length=24)
    awaits_cosign = models.BooleanField()
    text = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_note"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_note_one_chain"),
        ]
        indexes: ClassVar = [models.Index(fields=["awaits_cosign", "recorded_at"], name="care_note_waiting")]


class Verdict(models.TextChoices):
    """What a supervisor said to a note."""

    COSIGNED = "cosigned", _("Read and signed")
    ASKED = "asked", _("A question back")
    TAKEN_OVER = "taken_over", _("I take this over")


class NoteReview(Fact):
    """One word of a supervisor about one note."""

    KIND: ClassVar[int] = 67
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "note": "general", "verdict": "staff"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="note_reviews")
    note = models.ForeignKey("care.Note", on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_note_review"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(verdict="asked") | models.Q(words__isnull=False), name="care_note_question_told"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["note"], name="care_note_review_note")]
