"""Individual sessions, held or not, notes on them, and who is supported in writing them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.care.models.response import KNOWN
from karama.journal import Fact, SealedField, State


class Attended(models.TextChoices):
    """Whether the person came. Not having come is a session, too."""

    CAME = "came", pgettext_lazy("a session", "Came")
    CANCELLED = "cancelled", pgettext_lazy("a session", "Cancelled before")
    ABSENT = "absent", pgettext_lazy("a session", "Did not come")
    STAFF = "staff", pgettext_lazy("a session", "We had to cancel")


class Modality(models.TextChoices):
    """Where the session was held."""

    IN_PERSON = "in_person", pgettext_lazy("a session", "Here")
    PHONE = "phone", pgettext_lazy("a session", "By telephone")
    ONLINE = "online", pgettext_lazy("a session", "Online")
    HOME = "home", pgettext_lazy("a session", "At home")


class RiskAsked(models.TextChoices):
    """Whether safety was asked about. Not having asked is said, never assumed."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_APPROPRIATE = "not_appropriate", _("Not appropriate today")


class Session(Fact):
    """One individual session, held or missed. `interpreter_id`: who interpreted, when it is known; never a name.

    `precision`: how exactly the day is known; `day` unless it was taken over from a sheet that knew less.
    """

    KIND: ClassVar[int] = 100
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "occurred_on": "general",
        "precision": "general",
        "attended": "general",
        "modality": "general",
        "minutes": "general",
        "interpreted": "general",
        "interpreter_id": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="sessions")
    episode = models.ForeignKey("care.Episode", null=True, on_delete=models.PROTECT, related_name="sessions")
    occurred_on = models.DateField()
    precision = models.CharField(max_length=6, choices=KNOWN, default="day")
    attended = models.CharField(max_length=9, choices=Attended.choices)
    modality = models.CharField(max_length=9, choices=Modality.choices, blank=True, default="")
    minutes = models.IntegerField(null=True)
    interpreted = models.BooleanField(default=False)
    interpreter_id = models.UUIDField(null=True)
    techniques = SealedField(compartment="clinical")
    homework = SealedField(compartment="clinical")
    risk_asked = SealedField(compartment="clinical")
    next_step = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_session"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_session_one_chain"),
            models.CheckConstraint(
                condition=models.Q(attended="came") & ~models.Q(modality="")
                | ~models.Q(attended="came") & models.Q(modality="", minutes__isnull=True, interpreted=False),
                name="care_session_only_held_has_how",
            ),
            models.CheckConstraint(
                condition=models.Q(interpreter_id__isnull=True) | models.Q(interpreted=True),
                name="care_session_interpreter_paired",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "occurred_on"], name="care_session_person")]


class NextStep(State):
    """What a session left to do: speak of it with the supervisor, refer, or meet sooner. Open while `ended` is empty.

    `session` or `visit` (to the nurse): the version that says so now; `user`: who wrote it, or who took her work over.
    Sessions of before this was kept have none. `settled`: done, or not needed; which of them would tell of a referral.
    """

    KIND: ClassVar[int] = 229
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "session": "general",
        "visit": "general",
        "step": "general",
        "user": "general",
        "since_on": "general",
        "ended": "general",
        "ended_on": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="next_steps")
    episode = models.ForeignKey("care.Episode", null=True, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="steps")
    visit = models.ForeignKey("care.NurseVisit", null=True, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(
        max_length=7,
        choices=[("discuss", _("Discuss with the supervisor")), ("refer", _("Refer")), ("sooner", _("Meet sooner"))],
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField()
    ended = models.CharField(
        max_length=10,
        blank=True,
        default="",
        choices=[
            ("discussed", pgettext_lazy("what a session left to do", "It was discussed")),
            ("settled", pgettext_lazy("what a session left to do", "It is settled")),
            ("corrected", pgettext_lazy("what a session left to do", "The session was corrected")),
            ("again", pgettext_lazy("what a session left to do", "A later session says it again")),
        ],
    )
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "care_next_step"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ended="", ended_on__isnull=True)
                | ~models.Q(ended="") & models.Q(ended_on__isnull=False),
                name="care_next_step_ended_paired",
            ),
            models.CheckConstraint(
                condition=models.Q(session__isnull=True, visit__isnull=False)
                | models.Q(session__isnull=False, visit__isnull=True),
                name="care_next_step_one_source",
            ),
            models.UniqueConstraint(
                fields=["person", "user", "step"], condition=models.Q(ended=""), name="care_next_step_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "ended"], name="care_next_step_user")]


class Note(Fact):
    """What a worker wrote: under headings, `{heading: words}`. `needs_cosign`: the writer was learning."""

    KIND: ClassVar[int] = 101
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "session": "general",
        "needs_cosign": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="notes")
    episode = models.ForeignKey("care.Episode", null=True, on_delete=models.PROTECT, related_name="notes")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="notes")
    needs_cosign = models.BooleanField()
    sections = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_note"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_note_one_chain"),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="care_note_person")]


class NoteReview(Fact):
    """A supervisor has read a note that was to be co-signed: signed, asked about, or taken over."""

    KIND: ClassVar[int] = 102
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "note": "general", "decision": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(
        max_length=10,
        choices=[("signed", _("Signed")), ("asked", _("Asked about")), ("taken_over", _("Taken over"))],
    )
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_note_review"


class NoteDraft(State):
    """What a worker is writing about a person: hers alone, kept as she types, and counted nowhere."""

    KIND: ClassVar[int] = 103
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "user": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sections = SealedField(compartment="clinical")

    class Meta:
        db_table = "care_note_draft"
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "user"], name="care_note_draft_once")]


class Supervised(State):
    """A colleague whose notes at a site are co-signed, from a day until a day. In force while `until_on` is empty."""

    KIND: ClassVar[int] = 104
    OPEN: ClassVar[dict[str, str]] = {
        "user": "general",
        "site": "general",
        "since_on": "general",
        "until_on": "general",
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        db_table = "care_supervised"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "site"], condition=models.Q(until_on__isnull=True), name="care_supervised_once"
            )
        ]
