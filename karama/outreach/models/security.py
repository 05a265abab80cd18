"""A security incident on the way: what happened, who was there, what was lost, what followed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField


class SecurityKind(models.TextChoices):
    """What happened."""

    THREAT = "threat", pgettext_lazy("security incident", "A threat")
    CHECKPOINT = "checkpoint", pgettext_lazy("security incident", "Trouble at a checkpoint")
    ROBBERY = "robbery", pgettext_lazy("security incident", "A robbery or theft")
    ATTACK = "attack", pgettext_lazy("security incident", "An attack")
    DETENTION = "detention", pgettext_lazy("security incident", "Somebody was held or detained")
    ACCIDENT = "accident", pgettext_lazy("security incident", "An accident on the way")
    OTHER = "other", pgettext_lazy("security incident", "Something else")


class Lost(models.TextChoices):
    """What was lost or taken."""

    DEVICE = "device", _("A telephone, tablet or computer for work")
    PAPERS = "papers", _("Papers with codes or notes")
    MONEY = "money", _("Money")
    GOODS = "goods", _("Things to give out")
    VEHICLE = "vehicle", _("A vehicle or boat")
    DOCUMENTS = "documents", _("Identity or work cards")


SECURITY_STEPS = ("acted", "told_authority", "sessions_ended", "staff_supported", "learned", "closed")
"""What follows. `sessions_ended`: nobody is signed in on a lost device any more; without it nothing is closed."""


class SecurityIncident(Fact):
    """Something happened to colleagues outside. `lost`: codes of `Lost`. `device_of_id`: whose device is gone."""

    KIND: ClassVar[int] = 160
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "visit": "general",
        "kind": "general",
        "occurred_at": "general",
        "device_of_id": "staff",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey("outreach.Visit", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=SecurityKind.choices)
    occurred_at = models.DateTimeField()
    device_of_id = models.UUIDField(null=True)
    lost = SealedField(compartment="general")
    words = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "outreach_security"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(kind__in=SecurityKind.values), name="outreach_security_kind"),
            models.CheckConstraint(condition=models.Q(words__isnull=False), name="outreach_security_has_words"),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "occurred_at"], name="outreach_security_site")]


class SecurityPresent(Fact):
    """A colleague who was there."""

    KIND: ClassVar[int] = 161
    OPEN: ClassVar[dict[str, str]] = {"incident": "general", "user_id": "staff"}

    incident = models.ForeignKey(SecurityIncident, on_delete=models.PROTECT, related_name="present")
    user_id = models.UUIDField()

    class Meta(Fact.Meta):
        db_table = "outreach_security_present"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["incident", "user_id"], name="outreach_present_once"),
        ]


class SecurityPerson(Fact):
    """A participant who was there. Only whoever may see this person finds the code."""

    KIND: ClassVar[int] = 162
    OPEN: ClassVar[dict[str, str]] = {"incident": "general", "person": "general"}

    incident = models.ForeignKey(SecurityIncident, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(Fact.Meta):
        db_table = "outreach_security_person"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["incident", "person"], name="outreach_person_there_once"),
        ]


class SecurityStep(Fact):
    """Something that was done after a security incident."""

    KIND: ClassVar[int] = 163
    OPEN: ClassVar[dict[str, str]] = {"incident": "general", "step": "general"}

    incident = models.ForeignKey(SecurityIncident, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=15)
    words = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "outreach_security_step"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(step__in=SECURITY_STEPS), name="outreach_security_step_known"),
        ]
