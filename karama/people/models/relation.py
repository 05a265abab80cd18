"""Who works with a person, and for whom she does not exist."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from karama.journal import SealedField, State


class Role(models.TextChoices):
    """What a worker is to a person."""

    LEAD = "lead", _("Responsible")
    MEMBER = "member", _("Works with")


class Conflict(models.TextChoices):
    """Whether a worker is a relative, a neighbour or otherwise involved. Nobody asked is not the same as no."""

    NOT_ASKED = "none", _("Not asked yet")
    DENIED = "denied", _("Asked: no")
    DECLARED = "declared", _("Declared: a supervisor decides")
    ACCEPTED = "accepted", _("Known to the person, agreed by both and the supervisor")


INVOLVED = (Conflict.DECLARED.value, Conflict.ACCEPTED.value)
"""Whoever is so is asked about no alert of this person, working with her or not."""


class Assignment(State):
    """A worker on a person's care, from one moment until another. Current while `until` is empty.

    `conflict`: what was answered when it was asked whether the worker is a relative, neighbour or otherwise involved.
    """

    KIND: ClassVar[int] = 32
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "user": "general",
        "role": "general",
        "since": "general",
        "until": "general",
        "conflict": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=6, choices=Role.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    conflict = models.CharField(max_length=8, choices=Conflict.choices, default=Conflict.NOT_ASKED)
    conflict_note = SealedField(compartment="general")

    class Meta:
        db_table = "people_assignment"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "user"],
                condition=models.Q(until__isnull=True),
                name="people_assignment_once",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="people_assignment_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(conflict="accepted") | models.Q(conflict_note__isnull=False),
                name="people_assignment_conflict_told",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "until"], name="people_assignment_user")]


class HiddenFrom(State):
    """For this user the person does not exist, anywhere ("do not show to"). In force while `lifted_at` is empty.

    `came_from`: the other file of the same person from which joining the two carried it over.
    """

    KIND: ClassVar[int] = 33
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "user": "general",
        "since": "general",
        "lifted_at": "general",
        "came_from": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="hidden_from")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    came_from = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    reason = SealedField(compartment="general")

    class Meta:
        db_table = "people_hidden_from"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "user"],
                condition=models.Q(lifted_at__isnull=True),
                name="people_hidden_once",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True) | models.Q(lifted_at__gte=models.F("since")),
                name="people_hidden_order",
            ),
        ]
