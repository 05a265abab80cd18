"""Who belongs to a person, and families who are accompanied together while each member's secrets stay apart."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import SealedField, State


class Mention(models.TextChoices):
    """Whether it is safe to say to somebody that the person comes here."""

    SAFE = "safe", _("May know that I come here")
    ASK = "ask", _("Ask me first")
    NEVER = "never", _("Must never know")


class Relation(State):
    """Somebody who belongs to `person`, in that person's own words. Kept on her page only.

    `other`: the other one's file, when she takes part and both may be linked. A quiet relation keeps no link in
    clear, and nothing stands on the other's page.
    """

    KIND: ClassVar[int] = 44
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "other": "general",
        "quiet": "general",
        "since": "general",
        "until": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="relations")
    other = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    quiet = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    called = SealedField(compartment="general", store="identity")
    kin = SealedField(compartment="general")
    carer = SealedField(compartment="general")
    mention = SealedField(compartment="general")
    reach = SealedField(compartment="general")
    """`may` or `never`: whether she may be contacted about the person at all."""
    note = SealedField(compartment="general")

    class Meta:
        db_table = "people_relation"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(other__isnull=True) | ~models.Q(other=models.F("person")),
                name="people_relation_not_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(quiet=False) | models.Q(other__isnull=True), name="people_relation_quiet_unlinked"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="people_relation_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "until"], name="people_relation_person")]


class Family(State):
    """A family accompanied as a unit at one site. It has no name and no file: only its members do."""

    KIND: ClassVar[int] = 42
    OPEN: ClassVar[dict[str, str]] = {"site": "general", "begun_on": "general", "ended_on": "general"}

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "people_family"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("begun_on")),
                name="people_family_order",
            )
        ]

    @property
    def subject_id(self) -> UUID | None:
        """A family is nobody's file."""
        return None


class Agrees(models.TextChoices):
    """What one member says to being accompanied together."""

    YES = "yes", pgettext_lazy("consent", "Yes")
    NO = "no", pgettext_lazy("consent", "No")
    LATER = "later", pgettext_lazy("consent", "Ask me later")


class FamilyMember(State):
    """One person in a family, with her own answer to being accompanied together.

    `quiet`: she stands on no other member's page (violence, key populations, coded people).
    """

    KIND: ClassVar[int] = 43
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "family": "general",
        "agrees": "general",
        "quiet": "general",
        "since": "general",
        "until": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="families")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="members")
    agrees = models.CharField(max_length=5, choices=Agrees.choices, default=Agrees.LATER)
    quiet = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_family_member"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "family"], condition=models.Q(until__isnull=True), name="people_family_member_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="people_family_member_order",
            ),
        ]
