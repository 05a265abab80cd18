"""A group at a site, who facilitates it, and its cycles."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from karama.journal import SealedField, State
from karama.rules.groups import FORMS, GROUP_KINDS


class GroupKind(models.TextChoices):
    """What people do together (`rules.groups.GROUP_KINDS`)."""

    INTERVENTION = "intervention", pgettext_lazy("a group", "Meetings with a plan")
    PEERS = "peer_support", pgettext_lazy("a group", "Peers support each other")
    SELF_HELP = "self_help", pgettext_lazy("a group", "Self-help")
    RECREATION = "recreation", pgettext_lazy("a group", "Recreation, sport, crafts")
    SKILLS = "skills", pgettext_lazy("a group", "Learning skills")


class Form(models.TextChoices):
    """Whether people come and go (`rules.groups.FORMS`)."""

    CLOSED = "closed", pgettext_lazy("a group", "Closed: begins and ends with the same people")
    OPEN = "open", pgettext_lazy("a group", "Open: people come and go")


class Group(State):
    """People who meet at a site. Its name is neutral and sealed; for whom it is, too.

    `capacity`: None without a limit. `together`: families come together, and belonging to each other is no reason for
    another group. `four_ws`: empty until it is chosen.
    """

    KIND: ClassVar[int] = 152
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "kind": "general",
        "form": "general",
        "four_ws": "general",
        "capacity": "general",
        "together": "general",
        "ended_on": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=GroupKind.choices)
    form = models.CharField(max_length=6, choices=Form.choices)
    four_ws = models.CharField(max_length=5, blank=True, default="")
    capacity = models.PositiveSmallIntegerField(null=True)
    together = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    name = SealedField(compartment="general")
    eligibility = SealedField(compartment="general")
    """`{"age_bands": [...], "gender": "", "words": ""}`."""

    class Meta:
        db_table = "groups_group"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=GROUP_KINDS), name="groups_group_kind_known"),
            models.CheckConstraint(condition=models.Q(form__in=FORMS), name="groups_group_form_known"),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(capacity__gte=1), name="groups_group_capacity"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "ended_on"], name="groups_group_site")]


class GroupFacilitator(State):
    """A colleague who facilitates a group, until `until_on`. Two at the most, which the action sees to."""

    KIND: ClassVar[int] = 141
    OPEN: ClassVar[dict[str, str]] = {
        "group": "general",
        "user": "general",
        "since_on": "general",
        "until_on": "general",
    }

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="facilitators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        db_table = "groups_facilitator"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "user"], condition=models.Q(until_on__isnull=True), name="groups_facilitator_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("since_on")),
                name="groups_facilitator_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "until_on"], name="groups_facilitator_user")]


class Cycle(State):
    """Meetings of a group from a beginning to an end. One is open at a time.

    `planned`: how many meetings it has; None where nobody counts (open groups). `card`: the version of the
    intervention's card it began with. `weekday`: 0 Monday to 6 Sunday; None without a fixed day.
    """

    KIND: ClassVar[int] = 142
    OPEN: ClassVar[dict[str, str]] = {
        "group": "general",
        "number": "general",
        "intervention": "general",
        "card": "general",
        "planned": "general",
        "weekday": "general",
        "starts": "general",
        "begun_on": "general",
        "ended_on": "general",
    }

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    intervention = models.CharField(max_length=40, blank=True, default="")
    card = models.CharField(max_length=20, blank=True, default="")
    planned = models.PositiveSmallIntegerField(null=True)
    weekday = models.PositiveSmallIntegerField(null=True)
    starts = models.TimeField(null=True)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "groups_cycle"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "number"], name="groups_cycle_number"),
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(ended_on__isnull=True), name="groups_cycle_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(intervention="", card="") | ~models.Q(intervention="") & ~models.Q(card=""),
                name="groups_cycle_card_paired",
            ),
            models.CheckConstraint(
                condition=models.Q(planned__isnull=True) | models.Q(planned__gte=1, planned__lte=60),
                name="groups_cycle_planned",
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__isnull=True) | models.Q(weekday__lte=6), name="groups_cycle_weekday"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("begun_on")),
                name="groups_cycle_order",
            ),
        ]
