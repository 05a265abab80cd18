"""What a person asks for about her own record, the steps of the answer, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField, State
from karama.rules.rights import CHECKS, REQUEST_STATES, RIGHTS


class Right(models.TextChoices):
    """What is asked for (`rules.rights.RIGHTS`)."""

    ACCESS = "access", _("A copy to read")
    CORRECT = "correct", _("A correction")
    RESTRICT = "restrict", _("Leave the record at rest")
    WITHDRAW = "withdraw", _("Take a yes back")
    DELETE = "delete", _("Delete everything")
    PORTABILITY = "portability", _("A file to take along")


class Checked(models.TextChoices):
    """How it was made sure who asks (`rules.rights.CHECKS`)."""

    KNOWN = "known", _("I know this person")
    CARD = "card", _("By the card with the code")
    FIND_ME = "find_me", _("By the two questions")
    DOCUMENT = "document", _("By a document that was shown")
    GUARDIAN = "guardian", _("By a guardian who may decide")
    RULE = "rule", _("Nobody asked: the days of keeping are over")


class RequestStanding(models.TextChoices):
    """Where a request stands (`rules.rights.REQUEST_LAW`)."""

    RECEIVED = "received", pgettext_lazy("a rights request", "Received")
    PREPARED = "prepared", pgettext_lazy("a rights request", "Waits for a second person")
    GRANTED = "granted", pgettext_lazy("a rights request", "Granted, to be done")
    PARTLY = "partly", pgettext_lazy("a rights request", "Granted in part, to be done")
    DONE = "done", pgettext_lazy("a rights request", "Done")
    REFUSED = "refused", pgettext_lazy("a rights request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("a rights request", "No longer wanted")


class Reason(models.TextChoices):
    """Why a request is refused, or granted only in part (`rules.rights.REASONS`)."""

    IDENTITY = "identity", _("It is not sure who asks")
    OTHERS = "others", _("It would show or harm somebody else")
    DANGER = "danger", _("It would put somebody in danger")
    OBLIGATION = "obligation", _("A law obliges us to keep it")
    CLAIM = "claim", _("It is needed before a court")
    NOT_HELD = "not_held", _("We do not have it")


class RightsRequest(Fact):
    """A person uses a right over her own record. `due_on`: the last day on which the answer is in time."""

    KIND: ClassVar[int] = 80
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "right": "general",
        "checked": "general",
        "guardian": "general",
        "received_on": "general",
        "due_on": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="rights_requests")
    right = models.CharField(max_length=11, choices=Right.choices)
    checked = models.CharField(max_length=8, choices=Checked.choices)
    guardian = models.ForeignKey(
        "people.Guardian", null=True, blank=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    """Which of those on record asks in the person's place. Empty in requests of before this was noted. Both go when the
    person is erased, in one transaction."""
    received_on = models.DateField()
    due_on = models.DateField()
    note = SealedField(compartment="general")
    """What was asked for, and what was seen to make sure, in words."""

    class Meta(Fact.Meta):
        db_table = "voice_rights_request"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(right__in=RIGHTS), name="voice_request_right_known"),
            models.CheckConstraint(condition=models.Q(checked__in=CHECKS), name="voice_request_check_known"),
            models.CheckConstraint(
                condition=models.Q(guardian__isnull=True) | models.Q(checked="guardian"),
                name="voice_request_guardian_asks",
            ),
            models.CheckConstraint(condition=models.Q(due_on__gt=models.F("received_on")), name="voice_request_clock"),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="voice_request_due")]


class RequestStep(Fact):
    """A request stands somewhere else now. `place` orders the steps of one request."""

    KIND: ClassVar[int] = 81
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "request": "general",
        "place": "general",
        "state": "general",
        "reason": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="steps")
    place = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=RequestStanding.choices)
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True, default="")
    words = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "voice_request_step"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["request", "place"], name="voice_step_order"),
            models.CheckConstraint(condition=models.Q(state__in=REQUEST_STATES), name="voice_step_state_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=["partly", "refused"]) & ~models.Q(reason="")
                | ~models.Q(state__in=["partly", "refused"]) & models.Q(reason=""),
                name="voice_step_reason_paired",
            ),
        ]


class Restriction(State):
    """The record of a person rests: kept, but not used for reminders and reports. In force until `lifted_at`."""

    KIND: ClassVar[int] = 82
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "lifted_at": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    why_lifted = SealedField(compartment="general")

    class Meta:
        db_table = "voice_restriction"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(lifted_at__isnull=True), name="voice_restriction_once"
            )
        ]


class PortableCopy(Fact):
    """What is kept about a person as a file, under her own keys: whoever made it downloads it until `until`."""

    KIND: ClassVar[int] = 83
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "request": "general", "until": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="copies")
    until = models.DateTimeField()
    content = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "voice_portable_copy"
        constraints: ClassVar = [*Fact.Meta.constraints]
