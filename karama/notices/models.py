"""A notice for a colleague, an outgoing message for a participant, and for whom nothing is sent any more."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import SealedField, State
from karama.rules.messages import MESSAGE_STATES


class Notice(State):
    """Something a colleague should know. `kind`: a code that `kinds.py` puts into words; `place`: the id of a page.

    It holds nothing personal: no name, no code of a participant, no words somebody wrote.
    """

    KIND: ClassVar[int] = 25
    OPEN: ClassVar[dict[str, str]] = {
        "user": "general",
        "kind": "general",
        "place": "general",
        "told_at": "general",
        "read_at": "general",
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60)
    place = models.UUIDField(null=True)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_notice"
        indexes: ClassVar = [models.Index(fields=["user", "read_at"], name="notices_notice_unread")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(read_at__isnull=True) | models.Q(read_at__gte=models.F("told_at")),
                name="notices_read_after_told",
            )
        ]


class MessageState(models.TextChoices):
    """Where an outgoing message stands (`rules.messages.MESSAGE_LAW`)."""

    QUEUED = "queued", pgettext_lazy("a message", "Waiting")
    SENT = "sent", pgettext_lazy("a message", "Sent")
    DELIVERED = "delivered", pgettext_lazy("a message", "Arrived")
    FAILED = "failed", pgettext_lazy("a message", "Given up")
    STOPPED = "stopped", pgettext_lazy("a message", "Not sent")


class Why(models.TextChoices):
    """Why nothing was sent, or why it was given up; the first seven are `rules.messages.Why`."""

    NO_RULE = "no_rule", _("Nobody has asked how this person may be reached")
    NEVER = "never", _("This person is not to be contacted")
    UNDECIDED = "undecided", _("It is not decided how this person may be reached")
    OTHER_WAY = "other_way", _("This person agreed to another way")
    NO_ADDRESS = "no_address", _("There is no number")
    HOURS_UNCLEAR = "hours_unclear", _("The safe hours are in words: a colleague has to look")
    AT_REST = "at_rest", _("The record rests")
    ENDED = "ended", _("No message goes to this person any more")
    CALLED_OFF = "called_off", _("It is not needed any more")
    TOO_LATE = "too_late", _("There was no safe hour before it")
    NO_GATEWAY = "no_gateway", _("No way out for messages is set up here")
    REFUSED = "refused", _("The network refused it")
    UNCLEAR = "unclear", _("It is not sure whether it went out; it is not sent twice")
    NOT_REACHED = "not_reached", _("The network could not be reached")
    UNDELIVERED = "undelivered", _("The network says that it did not arrive")


class OutgoingMessage(State):
    """One neutral message to a participant. `person_id` has no foreign key: `people` stands above this room.

    `source_id`: what it is about (an appointment). `begun_at`: it is being handed over; whoever finds it so later does
    not know whether it went out, and never sends it again. `words`: what was sent, under the person's seal.
    `report_digest`: of the token under which the gateway reports; `reported_at`: when it last did.
    """

    KIND: ClassVar[int] = 26
    OPEN: ClassVar[dict[str, str]] = {
        "person_id": "general",
        "source_id": "general",
        "tell_user": "general",
        "state": "general",
        "why": "general",
        "not_before": "general",
        "until": "general",
        "tries": "general",
        "begun_at": "general",
        "sent_at": "general",
        "report_digest": "general",
        "reported_at": "general",
    }

    person_id = models.UUIDField()
    source_id = models.UUIDField()
    tell_user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=MessageState.choices, default=MessageState.QUEUED)
    why = models.CharField(max_length=13, choices=Why.choices, blank=True, default="")
    not_before = models.DateTimeField()
    until = models.DateTimeField()
    tries = models.IntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    report_digest = models.BinaryField(null=True, unique=True, editable=False)
    reported_at = models.DateTimeField(null=True)
    words = SealedField(compartment="general", store="identity")

    class Meta:
        db_table = "notices_message"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=MESSAGE_STATES), name="notices_message_state"),
            models.CheckConstraint(
                condition=models.Q(state__in=["failed", "stopped"]) & ~models.Q(why="")
                | ~models.Q(state__in=["failed", "stopped"]) & models.Q(why=""),
                name="notices_message_why_paired",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["sent", "delivered"], sent_at__isnull=False)
                | ~models.Q(state__in=["sent", "delivered"]),
                name="notices_message_sent_when",
            ),
            models.UniqueConstraint(
                fields=["source_id"], condition=models.Q(state="queued"), name="notices_message_one_waiting"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "not_before"], name="notices_message_due"),
            models.Index(fields=["source_id"], name="notices_message_source"),
            models.Index(fields=["person_id"], name="notices_message_person"),
        ]


class Silence(State):
    """Nothing is sent to this person any more, whatever is booked later. It is never lifted by itself."""

    KIND: ClassVar[int] = 27
    OPEN: ClassVar[dict[str, str]] = {"person_id": "general", "since": "general"}

    person_id = models.UUIDField(unique=True)
    since = models.DateTimeField()

    class Meta:
        db_table = "notices_silence"
