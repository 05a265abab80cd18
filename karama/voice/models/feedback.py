"""What somebody says to the programme without an account, the steps of the answer, and from whom it is kept.

Nothing here belongs to a participant: who wrote is not known. The words of a message and of its steps lie under a key
of that message, which is destroyed when they are erased; the rest under the installation's own.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField
from karama.rules.complaints import CHANNELS, DANGERS, FACES, KINDS, STATES, STEPS
from karama.rules.disclosure import TIMES
from karama.voice.models.own_key import UnderOwnKey


class FeedbackKind(models.TextChoices):
    """What it is (`rules.complaints.KINDS`)."""

    THANKS = "thanks", pgettext_lazy("feedback", "Thanks")
    SUGGESTION = "suggestion", pgettext_lazy("feedback", "A suggestion")
    COMPLAINT = "complaint", pgettext_lazy("feedback", "A complaint")
    SENSITIVE = "sensitive", _("Somebody who works here did harm, asked for something in return, told secrets or stole")


class Face(models.TextChoices):
    """How it was."""

    GOOD = "good", pgettext_lazy("feedback", "Good")
    SO_SO = "so_so", pgettext_lazy("feedback", "So-so")
    BAD = "bad", pgettext_lazy("feedback", "Bad")


class Danger(models.TextChoices):
    """Whether somebody is in danger now."""

    NONE = "none", pgettext_lazy("danger", "No")
    CHILD = "child", _("A child is in danger")
    LIFE = "life", _("Somebody may die or be badly hurt")


class FeedbackState(models.TextChoices):
    """Where it stands (`rules.complaints.LAW`)."""

    RECEIVED = "received", pgettext_lazy("feedback", "Received")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("feedback", "Somebody looks into it")
    ANSWERED = "answered", pgettext_lazy("feedback", "Answered")
    OUTSIDE = "outside", pgettext_lazy("feedback", "With somebody outside")
    CLOSED = "closed", pgettext_lazy("feedback", "Closed")
    ERASED = "erased", _("Over; the words are deleted")


class Feedback(UnderOwnKey, Fact):
    """One message. `site` and `received_on` are as coarse as `time` says (`rules.disclosure`); hours are never kept.

    `answer_key`: the keyed slow digest of the reply token, empty when no answer is wanted. `held`: many came at once,
    or a field was filled that nobody sees; a person looks whether it is meant. `about`: whom it is about, in words;
    `about_duty`: the duty that was named. That stays, so that it stays hidden from whoever has that duty.
    """

    KIND: ClassVar[int] = 180
    OPEN: ClassVar[dict[str, str]] = {
        "programme": "complaint",
        "site": "complaint",
        "kind": "complaint",
        "channel": "complaint",
        "received_on": "complaint",
        "time": "complaint",
        "danger": "complaint",
        "answer_key": "complaint",
        "held": "complaint",
    }

    programme = models.ForeignKey("programme.CountryProgramme", null=True, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey("programme.Site", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=FeedbackKind.choices)
    channel = models.CharField(max_length=5)
    received_on = models.DateField()
    time = models.CharField(max_length=5)
    danger = models.CharField(max_length=5, choices=Danger.choices, default="none")
    answer_key = models.CharField(max_length=64, blank=True, default="")
    held = models.BooleanField(default=False)
    face = SealedField(compartment="complaint")
    words = SealedField(compartment="complaint")
    about = SealedField(compartment="complaint")
    about_duty = SealedField(compartment="complaint")

    WITHOUT_OWN_KEY: ClassVar[tuple[str, ...]] = ("about_duty",)

    class Meta(Fact.Meta):
        db_table = "voice_feedback"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="voice_feedback_kind_known"),
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="voice_feedback_channel_known"),
            models.CheckConstraint(condition=Q(time__in=TIMES), name="voice_feedback_time_known"),
            models.CheckConstraint(condition=Q(danger__in=DANGERS), name="voice_feedback_danger_known"),
            models.CheckConstraint(
                condition=Q(site__isnull=True) | Q(programme__isnull=False, time="day"),
                name="voice_feedback_place_or_time",
            ),
            models.UniqueConstraint(
                fields=["answer_key"], condition=~Q(answer_key=""), name="voice_feedback_answer_key_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "received_on"], name="voice_feedback_received")]


class FeedbackStep(UnderOwnKey, Fact):
    """Something was done about it. `place` orders the steps of one message.

    `words`: of an answer, as it is given back under the token; of a disagreement, as it was written; otherwise a note.
    """

    KIND: ClassVar[int] = 181
    OPEN: ClassVar[dict[str, str]] = {"feedback": "complaint", "place": "complaint", "step": "complaint"}

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="steps")
    place = models.PositiveIntegerField()
    step = models.CharField(max_length=12)
    words = SealedField(compartment="complaint")

    KEY_OF: ClassVar[str] = "feedback_id"

    class Meta(Fact.Meta):
        db_table = "voice_feedback_step"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["feedback", "place"], name="voice_feedback_step_order"),
            models.CheckConstraint(condition=Q(step__in=STEPS), name="voice_feedback_step_known"),
            models.CheckConstraint(
                condition=~Q(step="answered") | Q(words__isnull=False), name="voice_feedback_answer_has_words"
            ),
        ]


class FeedbackKeptFrom(Fact):
    """For this user this message does not exist. `why`: `named` by whoever wrote, `in_line` with somebody named on the
    day it came, or she `stepped_aside` herself.
    """

    KIND: ClassVar[int] = 182
    OPEN: ClassVar[dict[str, str]] = {"feedback": "complaint", "user_id": "complaint", "why": "complaint"}

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="kept_from")
    user_id = models.UUIDField()
    why = models.CharField(max_length=13)

    class Meta(Fact.Meta):
        db_table = "voice_feedback_kept_from"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["feedback", "user_id"], name="voice_feedback_kept_from_once"),
            models.CheckConstraint(
                condition=Q(why__in=["named", "in_line", "stepped_aside"]), name="voice_feedback_kept_why"
            ),
        ]


assert set(FeedbackKind.values) == set(KINDS)
assert set(Face.values) == set(FACES)
assert set(Danger.values) == set(DANGERS)
assert set(FeedbackState.values) == set(STATES)
