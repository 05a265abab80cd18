"""A referral, its steps, the task that stays with its worker, and what was told back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField, State
from karama.rules.classes import COMPARTMENTS
from karama.rules.referrals import (
    BARRIERS,
    DIRECTIONS,
    KNOWN_BY_SOMEBODY,
    REFERRAL_STATES,
    SOURCES,
    URGENCIES,
    WAYS,
    WITH_BARRIER,
)


class Urgency(models.TextChoices):
    """How soon (`rules.referrals.URGENCIES`)."""

    NOW = "now", pgettext_lazy("how soon", "Now")
    DAY = "day", pgettext_lazy("how soon", "Within a day")
    WEEK = "week", pgettext_lazy("how soon", "Within a week")
    ROUTINE = "routine", pgettext_lazy("how soon", "When there is a place")


class Standing(models.TextChoices):
    """Where a referral stands (`rules.referrals.REFERRAL_LAW`)."""

    PREPARED = "prepared", pgettext_lazy("a referral", "Not sent yet")
    SENT = "sent", pgettext_lazy("a referral", "Sent")
    RECEIVED = "received", pgettext_lazy("a referral", "Received")
    ACCEPTED = "accepted", pgettext_lazy("a referral", "Accepted")
    SCHEDULED = "scheduled", pgettext_lazy("a referral", "A day is agreed")
    UNKNOWN = "unknown", pgettext_lazy("a referral", "Nobody knows yet")
    ARRIVED = "arrived", pgettext_lazy("a referral", "Arrived")
    NOT_ARRIVED = "not_arrived", pgettext_lazy("a referral", "Did not arrive")
    DONE = "done", pgettext_lazy("a referral", "Done")
    DECLINED = "declined", pgettext_lazy("a referral", "Not accepted")
    DECLINED_BY_PERSON = "declined_by_person", pgettext_lazy("a referral", "Not wanted by the person")
    STOPPED = "stopped", pgettext_lazy("a referral", "Sharing has stopped")
    ENDED = "ended", pgettext_lazy("a referral", "Ended")


class Source(models.TextChoices):
    """Who told (`rules.referrals.SOURCES`)."""

    PERSON = "person", pgettext_lazy("who told", "The person")
    RECEIVER = "receiver", pgettext_lazy("who told", "The service")
    FAMILY = "family", pgettext_lazy("who told", "Somebody the person trusts")
    COLLEAGUE = "colleague", pgettext_lazy("who told", "A colleague who went along")
    SLIP = "slip", pgettext_lazy("who told", "The slip came back")


class Barrier(models.TextChoices):
    """Why somebody did not go (`rules.referrals.BARRIERS`)."""

    DISTANCE = "distance", pgettext_lazy("a barrier", "Too far")
    COST = "cost", pgettext_lazy("a barrier", "Costs")
    CLOSED = "closed", pgettext_lazy("a barrier", "Closed or full")
    STIGMA = "stigma", pgettext_lazy("a barrier", "Shame or family")
    LOST = "lost_contact", pgettext_lazy("a barrier", "Contact was lost")
    SAFETY = "safety", pgettext_lazy("a barrier", "Not safe")
    DOCUMENTS = "documents", pgettext_lazy("a barrier", "Papers")
    LANGUAGE = "language", pgettext_lazy("a barrier", "Language")
    OTHER = "other", pgettext_lazy("a barrier", "Something else")


class Referral(Fact):
    """Somebody is referred out, or came referred from outside. `compartment`: in which the whole row stands.

    `organisation`: the partner that receives or that sent. `follows`: the referral that this one goes on from. `offer`:
    the wanted service (`care.Offer`) whose slip this is; `way` says which, `accompany` whether somebody goes along.
    `details`: `{"sector", "service", "fields", "came_from", "by_way", "way", "accompany"}`.
    """

    KIND: ClassVar[int] = 167
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "direction": "general",
        "compartment": "general",
        "urgency": "general",
        "emergency": "general",
        "organisation": "general",
        "site": "general",
        "follows": "general",
        "offer": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="referrals")
    direction = models.CharField(max_length=3, choices=[("out", _("Out")), ("in", _("In"))])
    compartment = models.CharField(max_length=10)
    urgency = models.CharField(max_length=7, choices=Urgency.choices)
    emergency = models.BooleanField(default=False)
    organisation = models.ForeignKey(
        "programme.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    follows = models.UUIDField(null=True, blank=True)
    offer = models.UUIDField(null=True, blank=True, unique=True)
    details = SealedField(compartment="general")
    reason = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "referrals_referral"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(direction__in=DIRECTIONS), name="referrals_direction_known"),
            models.CheckConstraint(condition=Q(compartment__in=COMPARTMENTS), name="referrals_compartment_known"),
            models.CheckConstraint(condition=Q(urgency__in=URGENCIES), name="referrals_urgency_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "recorded_at"], name="referrals_of_person")]


class ReferralStep(Fact):
    """A referral stands somewhere else now. `place` orders the steps of one referral."""

    KIND: ClassVar[int] = 168
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "referral": "general",
        "place": "general",
        "state": "general",
        "source": "general",
        "barrier": "general",
        "scheduled_on": "general",
        "way": "general",
        "by_receiver": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps")
    place = models.PositiveIntegerField()
    state = models.CharField(max_length=18, choices=Standing.choices)
    source = models.CharField(max_length=9, choices=Source.choices, blank=True, default="")
    barrier = models.CharField(max_length=12, choices=Barrier.choices, blank=True, default="")
    scheduled_on = models.DateField(null=True, blank=True)
    way = models.CharField(max_length=6, blank=True, default="")
    by_receiver = models.BooleanField(default=False)
    words = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "referrals_step"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["referral", "place"], name="referrals_step_order"),
            models.CheckConstraint(condition=Q(state__in=REFERRAL_STATES), name="referrals_step_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(KNOWN_BY_SOMEBODY), source__in=SOURCES)
                | (~Q(state__in=sorted(KNOWN_BY_SOMEBODY)) & Q(source="")),
                name="referrals_step_source_paired",
            ),
            models.CheckConstraint(
                condition=Q(barrier="") | Q(state__in=sorted(WITH_BARRIER), barrier__in=BARRIERS),
                name="referrals_step_barrier_paired",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", way__in=WAYS) | (~Q(state="sent") & Q(way="")),
                name="referrals_step_way_paired",
            ),
        ]


class ReferralTask(State):
    """Whose referral it is, and when somebody asks whether the person arrived. It goes along when files are joined.

    `state` repeats the newest step, so that lists need no other row; `ask_on` is empty when nobody waits. `followed`:
    its worker took it up and does not work with the person.
    """

    KIND: ClassVar[int] = 169
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "referral": "general",
        "worker_id": "general",
        "followed": "general",
        "direction": "general",
        "compartment": "general",
        "urgency": "general",
        "state": "general",
        "ask_on": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="referral_tasks")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="task")
    worker_id = models.UUIDField()
    followed = models.BooleanField(default=False)
    direction = models.CharField(max_length=3)
    compartment = models.CharField(max_length=10)
    urgency = models.CharField(max_length=7)
    state = models.CharField(max_length=18, choices=Standing.choices)
    ask_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "referrals_task"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=REFERRAL_STATES), name="referrals_task_state_known")
        ]
        indexes: ClassVar = [
            models.Index(fields=["worker_id", "state"], name="referrals_task_worker"),
            models.Index(fields=["state", "ask_on"], name="referrals_task_asked"),
            models.Index(fields=["person", "state"], name="referrals_task_person"),
        ]


class Feedback(Fact):
    """What was told back: `toward` us by whoever received, or by us to whoever referred to us."""

    KIND: ClassVar[int] = 171
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "referral": "general", "toward": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="feedback")
    toward = models.CharField(max_length=4, choices=[("us", _("To us")), ("them", _("To whoever referred"))])
    words = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "referrals_feedback"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(toward__in=["us", "them"]), name="referrals_feedback_toward"),
        ]
