"""What a person answered to an instrument. Scores are never stored: they are computed at each reading."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField, State


class Mode(models.TextChoices):
    """How the answers came."""

    SELF = "self", pgettext_lazy("how answers came", "Filled in by the person")
    INTERVIEWER = "interviewer", pgettext_lazy("how answers came", "Asked by a worker")
    INTERPRETER = "interpreter", pgettext_lazy("how answers came", "Through an interpreter")
    PHONE = "phone", pgettext_lazy("how answers came", "By telephone")
    IMPORTED = "imported", pgettext_lazy("how answers came", "Collected elsewhere, on the official form")


class Precision(models.TextChoices):
    """How exactly the day is known; `unknown` stands with no day at all."""

    DAY = "day", _("This day")
    MONTH = "month", _("Only the month is known")
    YEAR = "year", _("Only the year is known")
    APPROX = "approx", _("About")
    UNKNOWN = "unknown", _("Not known")


KNOWN = [one for one in Precision.choices if one[0] != Precision.UNKNOWN]
"""For what always has some day."""

DEMONSTRATION = "demonstration"
"""Stands in `Response.wording` where the topic labels of a demonstration were asked, not the instrument."""


class Response(Fact):
    """Answers to one instrument in one version. An amendment is a newer response that names the one it corrects.

    `validated`: asked in a wording whose translation somebody validated, and not through an interpreter; or imported
    without a language (then it is not known to be otherwise). `wording`: digest of the wording that was asked, empty
    for imported answers. Exactly one of the sealed answer fields is filled, by the instrument's compartment:
    `{item: answer code, or skipped, refused, not_asked, dont_know}`. `taken_by`: who wrote the answers on paper, when
    somebody entered them later; `acted`: whether something was done on the day of a safety answer on paper. `shown`,
    `shown_gbv`: what the author's telephone had shown, where the server makes something else of them (`showing`).
    """

    KIND: ClassVar[int] = 61
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "compartment": "general",
        "instrument": "clinical",
        "version": "clinical",
        "wave": "general",
        "occurred_on": "general",
        "precision": "general",
        "language": "general",
        "mode": "general",
        "validated": "general",
        "wording": "general",
        "source": "general",
        "taken_by": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="responses")
    episode = models.ForeignKey("care.Episode", null=True, on_delete=models.PROTECT, related_name="responses")
    compartment = models.CharField(max_length=10)
    instrument = models.CharField(max_length=24)
    version = models.CharField(max_length=12)
    wave = models.CharField(max_length=20)
    occurred_on = models.DateField(null=True)
    precision = models.CharField(max_length=7, choices=Precision.choices)
    language = models.CharField(max_length=20)
    mode = models.CharField(max_length=11, choices=Mode.choices)
    validated = models.BooleanField()
    wording = models.CharField(max_length=64)
    source = models.CharField(max_length=40)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    acted = SealedField(compartment="clinical")
    answers = SealedField(compartment="clinical")
    answers_gbv = SealedField(compartment="gbv")
    shown = SealedField(compartment="clinical")
    shown_gbv = SealedField(compartment="gbv")

    class Meta:
        db_table = "care_response"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_response_one_chain"),
            models.CheckConstraint(
                condition=models.Q(compartment="clinical", answers__isnull=False, answers_gbv__isnull=True)
                | models.Q(compartment="gbv", answers__isnull=True, answers_gbv__isnull=False),
                name="care_response_answers_in_compartment",
            ),
            models.CheckConstraint(
                condition=models.Q(precision="unknown", occurred_on__isnull=True)
                | (~models.Q(precision="unknown") & models.Q(occurred_on__isnull=False)),
                name="care_response_day_paired",
            ),
            models.CheckConstraint(
                condition=~models.Q(mode="interpreter", validated=True),
                name="care_response_interpreter_not_validated",
            ),
            models.CheckConstraint(
                condition=models.Q(mode="imported", wording="") | (~models.Q(mode="imported") & ~models.Q(wording="")),
                name="care_response_wording_paired",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "instrument", "wave"], name="care_response_person"),
        ]

    @property
    def answers_field(self) -> str:
        """The sealed field that holds the answers."""
        return "answers_gbv" if self.compartment == "gbv" else "answers"

    @property
    def shown_field(self) -> str:
        """The sealed field that holds what a telephone had shown."""
        return "shown_gbv" if self.compartment == "gbv" else "shown"


class DraftResponse(State):
    """Answers that a worker is still taking: hers alone, and counted nowhere. An alert is never a draft: `raised`
    lists the safety rules whose alert went out at once, each with the answers it was about.
    """

    KIND: ClassVar[int] = 62
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "user": "general",
        "episode": "general",
        "compartment": "general",
        "instrument": "clinical",
        "version": "clinical",
        "wave": "general",
        "language": "general",
        "mode": "general",
        "begun_on": "general",
        "sheet": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="draft_responses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey("care.Episode", null=True, on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=10)
    instrument = models.CharField(max_length=24)
    version = models.CharField(max_length=12)
    wave = models.CharField(max_length=20)
    language = models.CharField(max_length=20)
    mode = models.CharField(max_length=11, choices=Mode.choices)
    begun_on = models.DateField()
    sheet = models.UUIDField(null=True)
    """The paper (`people.Paper`) from which these answers are typed in."""
    answers = SealedField(compartment="clinical")
    answers_gbv = SealedField(compartment="gbv")
    raised = SealedField(compartment="general")

    class Meta:
        db_table = "care_draft_response"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "instrument", "user"], name="care_draft_once"),
        ]

    @property
    def answers_field(self) -> str:
        """The sealed field that holds the answers."""
        return "answers_gbv" if self.compartment == "gbv" else "answers"
