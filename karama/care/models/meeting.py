"""Meetings about care: who met, who was discussed by code, what was decided, by whom and until when it is done."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField


class MeetingKind(models.TextChoices):
    """What colleagues meet for."""

    INTAKE = "intake", _("Intake meeting")
    CONFERENCE = "conference", _("Care conference")
    SUPERVISION = "supervision", _("Supervision")


class MeetingMode(models.TextChoices):
    """How they meet."""

    TOGETHER = "together", pgettext_lazy("a meeting", "In one room")
    PHONE = "phone", pgettext_lazy("a meeting", "By telephone or online")


class Decision(models.TextChoices):
    """What was decided about somebody."""

    ACCEPT = "accept", pgettext_lazy("decided in a meeting", "Taken into care")
    WAIT = "wait", pgettext_lazy("decided in a meeting", "Waits, with a named contact")
    GO_ON = "go_on", pgettext_lazy("decided in a meeting", "Goes on as now")
    MORE = "more", pgettext_lazy("decided in a meeting", "Needs more care")
    LESS = "less", pgettext_lazy("decided in a meeting", "Needs less care")
    REFER = "refer", pgettext_lazy("decided in a meeting", "Is referred")
    CALL = "call", pgettext_lazy("decided in a meeting", "Is contacted again")
    CLOSE = "close", pgettext_lazy("decided in a meeting", "Care is to be closed")
    LATER = "later", pgettext_lazy("decided in a meeting", "Is discussed again")


class Meeting(Fact):
    """A meeting that was held at a site. `attended`: ids of the colleagues who were there."""

    KIND: ClassVar[int] = 131
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "kind": "general",
        "mode": "general",
        "occurred_on": "general",
        "minutes": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=MeetingKind.choices)
    mode = models.CharField(max_length=8, choices=MeetingMode.choices)
    occurred_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True)
    attended = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "care_meeting"
        indexes: ClassVar = [models.Index(fields=["site", "occurred_on"], name="care_meeting_site")]


class DiscussionWish(Fact):
    """Somebody in care asks that a person be discussed. Open until the next decision about the episode."""

    KIND: ClassVar[int] = 132
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "episode": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="wishes")
    why = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_discussion_wish"


class Discussed(Fact):
    """What a meeting decided about an episode. `owner` does it until `due_on`; without one nothing is to be done."""

    KIND: ClassVar[int] = 133
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "meeting": "general",
        "decision": "general",
        "owner": "general",
        "due_on": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="discussed")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="discussed")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="discussed")
    decision = models.CharField(max_length=6, choices=Decision.choices)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_discussed"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "episode"], name="care_discussed_once"),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True, due_on__isnull=True)
                | models.Q(owner__isnull=False, due_on__isnull=False),
                name="care_discussed_owner_and_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["owner"], name="care_discussed_owner")]


class DecisionDone(Fact):
    """What a meeting decided was done."""

    KIND: ClassVar[int] = 134
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "discussed": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    discussed = models.OneToOneField(Discussed, on_delete=models.PROTECT, related_name="done")
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_decision_done"
