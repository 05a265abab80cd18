"""A supervisor has looked at somebody with whom it does not move; and what she asks of a colleague is answered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField, State


class StuckReview(Fact):
    """A supervisor has looked at an episode that does not move. The newest one of an episode counts.

    `again_on`: until then its line is off the list, as long as nothing new arises (`rules.stuck`). `seen`: what stood
    there, {"since": {reason: day or null}, "totals": {measure: total or null}}. `back`: a look was a mistake.
    """

    KIND: ClassVar[int] = 139
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "decision": "general",
        "again_on": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="stuck_reviews")
    decision = models.CharField(
        max_length=9,
        choices=[
            ("ok", pgettext_lazy("a look at who is stuck", "Looked at: it is as it should be")),
            ("ask", pgettext_lazy("a look at who is stuck", "The colleague was asked")),
            ("take_over", pgettext_lazy("a look at who is stuck", "Taken over")),
            ("back", pgettext_lazy("a look at who is stuck", "Put back on the list")),
        ],
    )
    again_on = models.DateField(null=True)
    seen = SealedField(compartment="clinical")
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_stuck_review"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(decision__in=("ok", "ask"), again_on__isnull=False)
                | Q(decision__in=("take_over", "back"), again_on__isnull=True),
                name="care_stuck_review_again_paired",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["episode", "recorded_at"], name="care_stuck_review_of")]


class Question(State):
    """What a supervisor asks of a colleague about a closed alert, a note or an episode, and the answer.

    `subject` has no foreign key, as that of a review of an alert: what is asked about is erased by its own room.
    `told`: {"words", "answer"} where whoever is asked opens what is told in care; else the same in `plain`, which
    everybody in care with the person may open. Open for the supervisor while `read_on` is empty.
    """

    KIND: ClassVar[int] = 208
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "about": "general",
        "subject": "general",
        "asker": "general",
        "asked": "general",
        "asked_on": "general",
        "answered_on": "general",
        "read_on": "general",
        "ended": "general",
    }

    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(
        max_length=7,
        choices=[
            ("alert", pgettext_lazy("a supervisor asks about", "A closed alert")),
            ("note", pgettext_lazy("a supervisor asks about", "A note")),
            ("episode", pgettext_lazy("a supervisor asks about", "An episode")),
        ],
    )
    subject = models.UUIDField(db_index=True)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    read_on = models.DateField(null=True)
    ended = models.CharField(
        max_length=9,
        blank=True,
        default="",
        choices=[
            ("read", pgettext_lazy("a question", "The answer was read")),
            ("corrected", pgettext_lazy("a question", "The note was corrected")),
            ("settled", pgettext_lazy("a question", "No answer is needed any more")),
        ],
    )
    told = SealedField(compartment="clinical")
    plain = SealedField(compartment="general")

    class Meta:
        db_table = "care_question"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended="", read_on__isnull=True) | ~Q(ended="") & Q(read_on__isnull=False),
                name="care_question_ended_paired",
            ),
            models.CheckConstraint(
                condition=~Q(ended="read") | Q(answered_on__isnull=False), name="care_question_read_answer"
            ),
            models.CheckConstraint(
                condition=Q(told__isnull=True, plain__isnull=False) | Q(told__isnull=False, plain__isnull=True),
                name="care_question_one_place",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked", "read_on"], name="care_question_asked"),
            models.Index(fields=["asker", "read_on"], name="care_question_asker"),
        ]

    @property
    def place(self) -> str:
        """The field under which its words lie."""
        return "told" if self.told is not None else "plain"
