"""What somebody outside can open: chosen fields, sealed under a key of their own, until a moment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karama.journal import SealedField, State


class ClosedWhy(models.TextChoices):
    """Why a packet can no longer be opened."""

    WITHDRAWN = "withdrawn", _("The person took the yes back")
    REFUSED = "refused", _("The person said no to sharing")
    ENDED = "ended", _("The referral ended")
    CODES = "codes", _("Too many wrong codes")
    RENEWED = "renewed", _("A new slip was made")
    STOPPED = "stopped", _("Sharing was stopped")
    REST = "rest", _("The record is at rest")


class Packet(State):
    """A slip or an address and a code open it together. It holds neither; `content` is empty once it is closed.

    `check`, `token_digest`: see `security.packets`. `tries`: codes tried since it was last opened.
    """

    KIND: ClassVar[int] = 170
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "referral": "general",
        "organisation": "general",
        "token_digest": "general",
        "check_digest": "general",
        "expires_at": "general",
        "opened_at": "general",
        "closed_at": "general",
        "closed_why": "general",
        "tries": "general",
        "shares": "general",
        "epoch": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="packets")
    organisation = models.ForeignKey(
        "programme.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    token_digest = models.BinaryField(max_length=32, unique=True)
    check_digest = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=9, choices=ClosedWhy.choices, blank=True, default="")
    tries = models.PositiveIntegerField(default=0)
    shares = models.BooleanField(default=False)
    """Whether anything about the person is in it."""
    epoch = models.UUIDField()
    """Of the journal, when it was made: after a restore every slip of before is void."""
    content = SealedField(compartment="general")
    """The packet's own ciphertext, in base64, under the person's keys as well: an erasure reaches it."""

    class Meta:
        db_table = "referrals_packet"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(closed_at__isnull=True), name="referrals_packet_open_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_why="")
                | (Q(closed_at__isnull=False, content__isnull=True) & ~Q(closed_why="")),
                name="referrals_packet_closed_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(shares=True) | Q(content__isnull=True), name="referrals_packet_shares_or_is_empty"
            ),
        ]
