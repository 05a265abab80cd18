"""Finding a person without a card or a name, and what speaks for and against two files being one person."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from karama.journal import Fact, SealedField, State


class FindMe(State):
    """Two questions of a person's choice; their answers only as one keyed, slow digest of both together."""

    KIND: ClassVar[int] = 45
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "site": "general",
        "first": "general",
        "second": "general",
        "digest": "general",
    }

    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="find_me")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    first = models.CharField(max_length=20)
    second = models.CharField(max_length=20)
    digest = models.BinaryField(max_length=32)
    """`actions.finding.answers_digest`: scrypt under an installation key, over site, questions and both answers."""

    class Meta:
        db_table = "people_find_me"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(first=models.F("second")), name="people_find_me_two_questions")
        ]
        indexes: ClassVar = [models.Index(fields=["digest"], name="people_find_me_digest")]


class FindTry(Fact):
    """That somebody tried to find a person by two answers at a site, and how it ended. Nobody's name or code."""

    KIND: ClassVar[int] = 46
    OPEN: ClassVar[dict[str, str]] = {"site": "general", "outcome": "general"}

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(
        max_length=7,
        choices=[
            ("found", _("Found")),
            ("wrong", _("Not found")),
            ("several", _("More than one fits")),
            ("locked", _("Locked")),
            ("opened", _("Opened again")),
        ],
    )

    class Meta(Fact.Meta):
        db_table = "people_find_try"
        constraints: ClassVar = [*Fact.Meta.constraints]
        indexes: ClassVar = [models.Index(fields=["site", "recorded_at"], name="people_find_try_site")]

    @property
    def subject_id(self) -> UUID | None:
        """Whoever was looked for is not written down."""
        return None


class NewFile(State):
    """How it was made sure that a file without a name is no second file of somebody. `looked_at`: by a supervisor."""

    KIND: ClassVar[int] = 47
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "said": "general", "looked_at": "general"}

    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="new_file")
    said = models.CharField(
        max_length=10,
        choices=[
            ("first_time", _("Here for the first time, as this person says")),
            ("not_found", _("Not found by find-me")),
            ("locked", _("Find-me was locked")),
            ("not_asked", _("Nobody asked")),
        ],
    )
    looked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_new_file"
        indexes: ClassVar = [models.Index(fields=["looked_at", "said"], name="people_new_file_to_look_at")]


class Suggestion(State):
    """Two files that may be one person. A machine or a colleague suggests, a supervisor decides, and it is remembered.

    `person` has the lower id of the two. `reasons`: codes of what agrees, with commas. `likeness`: 0 to 1000.
    """

    KIND: ClassVar[int] = 48
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "other": "general",
        "likeness": "general",
        "reasons": "general",
        "found_by": "general",
        "state": "general",
        "decided_at": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    likeness = models.PositiveSmallIntegerField()
    reasons = models.CharField(max_length=120)
    found_by = models.CharField(
        max_length=12, choices=[("round", _("the weekly comparison")), ("registration", _("at registration"))]
    )
    state = models.CharField(
        max_length=8,
        default="open",
        choices=[
            ("open", _("Nobody has decided")),
            ("ask", _("To be asked")),
            ("same", _("The same person")),
            ("not_same", _("Not the same person")),
        ],
    )
    decided_at = models.DateTimeField(null=True)
    note = SealedField(compartment="general")

    class Meta:
        db_table = "people_suggestion"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "other"], name="people_suggestion_once"),
            models.CheckConstraint(condition=models.Q(person__lt=models.F("other")), name="people_suggestion_ordered"),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at__isnull=True)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False)),
                name="people_suggestion_decided",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state"], name="people_suggestion_state")]
