"""How a person may be reached outside a meeting, or that she may not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from karama.journal import SealedField, State


class Channel(models.TextChoices):
    """The agreed way. Without a row nobody may be contacted."""

    CALL = "call", _("A call")
    SMS_NEUTRAL = "sms_neutral", _("A message that says nothing")
    VIA_PERSON = "via_person", _("Through a trusted person")
    NEVER = "never", _("Not at all")
    UNDECIDED = "undecided", _("Not until this is decided")


class ContactRules(State):
    """The rules of one person. `undecided`: two files said different things, or a number came without a safe way.

    Then nothing is used until she decides.
    """

    KIND: ClassVar[int] = 34
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "channel": "general"}

    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="contact_rules")
    channel = models.CharField(max_length=11, choices=Channel.choices)
    address = SealedField(compartment="general", store="identity")
    """The number, or who the trusted person is and how to reach her."""
    safe_hours = SealedField(compartment="general", store="identity")
    phrase = SealedField(compartment="general", store="identity")
    """The neutral words to use; they never say what the centre does."""

    class Meta:
        db_table = "people_contact_rules"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(channel__in=["never", "undecided"])
                | models.Q(address__isnull=True, safe_hours__isnull=True, phrase__isnull=True),
                name="people_contact_none_kept",
            )
        ]
