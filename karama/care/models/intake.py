"""The first conversations: two short screenings, an intake in chapters, what happened, and how somebody leaves."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField, State


class ChapterState(models.TextChoices):
    """Whether a chapter was spoken about, or why not. Missing is a value."""

    TOLD = "told", pgettext_lazy("a chapter of an intake", "Spoken about")
    SKIPPED = "skipped", pgettext_lazy("a chapter of an intake", "Skipped for now")
    REFUSED = "refused", pgettext_lazy("a chapter of an intake", "The person did not want it")
    NOT_ASKED = "not_asked", pgettext_lazy("a chapter of an intake", "Not asked")
    DONT_KNOW = "dont_know", pgettext_lazy("a chapter of an intake", "The person does not know")


class IntakeScreening(Fact):
    """One short screening. `answers`: `{question: yes | no | why there is none}`; `urgency`: now, days, weeks or empty.

    What it suggests is computed at each reading (`rules.intake`); it decides nothing. `pressing`: it was said that it
    cannot wait, as Today asks; a version with a reason amends it when it can wait after all.
    """

    KIND: ClassVar[int] = 238
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "held_on": "general",
        "stage": "general",
        "pressing": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    stage = models.IntegerField()
    pressing = models.BooleanField(default=False)
    answers = SealedField(compartment="clinical")
    urgency = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_intake_screening"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_intake_screening_chain"),
            models.CheckConstraint(condition=Q(stage__in=(1, 2)), name="care_intake_screening_stage"),
            models.CheckConstraint(condition=Q(answers__isnull=False), name="care_intake_screening_answered"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "held_on"], name="care_intake_screening_at")]


class IntakeChapter(Fact):
    """A chapter of an intake as it stands; a newer one amends it. `answers`: `{question: [codes] or [why none]}`."""

    KIND: ClassVar[int] = 237
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "chapter": "general",
        "told_on": "general",
        "state": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    chapter = models.CharField(max_length=12)
    told_on = models.DateField()
    state = models.CharField(max_length=9, choices=ChapterState.choices)
    answers = SealedField(compartment="clinical")
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_intake_chapter"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_intake_chapter_one_chain"),
            models.CheckConstraint(condition=Q(state__in=ChapterState.values), name="care_intake_chapter_state"),
            models.CheckConstraint(
                condition=Q(state="told") | Q(answers__isnull=True, words__isnull=True),
                name="care_intake_chapter_untold",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "chapter"], name="care_intake_chapter_of")]


class IntakeDraft(State):
    """A chapter that goes on: its worker's alone, counted nowhere; each answer is kept at once, for as many days as it
    takes. Of the chapter of what happened everything is sealed apart: `own` holds its answers, the others stay empty.

    `begun_from`: the version that stood when it was begun. Two drafts of one worker (files were joined, or a colleague
    left hers) become one as soon as she goes on.
    """

    KIND: ClassVar[int] = 236
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "user": "general",
        "chapter": "general",
        "begun_on": "general",
        "begun_from": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chapter = models.CharField(max_length=12)
    begun_on = models.DateField()
    begun_from = models.UUIDField(null=True)
    answers = SealedField(compartment="clinical")
    words = SealedField(compartment="clinical")
    own = SealedField(compartment="torture")

    class Meta:
        db_table = "care_intake_draft"
        indexes: ClassVar = [models.Index(fields=["person", "user", "chapter"], name="care_intake_draft_of")]


class WhatHappened(Fact):
    """What happened, by category only: kinds of events and places, how long ago, kinds of people, what fits the person.

    Never a name, a place or a story. `state`: told, stopped on the way, refused, or why nobody asked; sealed, too.
    """

    KIND: ClassVar[int] = 228
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "told_on": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField()
    state = SealedField(compartment="torture")
    answers = SealedField(compartment="torture")

    class Meta(Fact.Meta):
        db_table = "care_what_happened"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_what_happened_one_chain"),
            models.CheckConstraint(condition=Q(state__isnull=False), name="care_what_happened_said"),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="care_what_happened_person")]


class Leaving(State):
    """How somebody leaves after what happened was opened; while `said` is empty it was not asked yet.

    `call_on`: a call was promised for that day; `called`: what became of it. A call says nothing of why.
    """

    KIND: ClassVar[int] = 227
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "user": "general",
        "opened_on": "general",
        "call_on": "general",
        "called": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    call_on = models.DateField(null=True)
    called = models.CharField(
        max_length=10,
        blank=True,
        default="",
        choices=[
            ("reached", pgettext_lazy("a promised call", "Reached")),
            ("not_needed", pgettext_lazy("a promised call", "Not needed any more")),
        ],
    )
    said = SealedField(compartment="torture")

    class Meta:
        db_table = "care_leaving"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "user"], condition=Q(said__isnull=True), name="care_leaving_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(call_on__isnull=True) | Q(call_on__gt=models.F("opened_on")), name="care_leaving_call_later"
            ),
            models.CheckConstraint(condition=Q(called="") | Q(call_on__isnull=False), name="care_leaving_called"),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "called", "call_on"], name="care_leaving_calls")]
