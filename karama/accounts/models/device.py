"""A user on a telephone: the public key with which what she does there is signed, and the code that let it in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karama.journal import State

POINT_CHARACTERS = 87
"""65 bytes in base64 for addresses, without filling."""


class RevokedWhy(models.TextChoices):
    """Why a telephone may no longer speak for its user."""

    LOST = "lost", _("Lost")
    STOLEN = "stolen", _("Stolen or taken away")
    REPLACED = "replaced", _("Replaced by another telephone")
    LEFT = "left", _("The colleague no longer works with it")


class Device(State):
    """One user on one telephone. Its id is made on the telephone, so that a restored server may know it again.

    `phone_id`: made once for each telephone; colleagues who share one have it in common. `public_key`: the author's own
    P-256 key on that telephone; the private half never leaves it. `keeps`: whether its browser promised to keep what
    lies there until it is sent; None until it said so.
    """

    KIND: ClassVar[int] = 23
    OPEN: ClassVar[dict[str, str]] = {
        "user": "general",
        "phone_id": "general",
        "public_key": "general",
        "system": "general",
        "enrolled_at": "general",
        "revoked_at": "general",
        "revoked_by": "general",
        "revoked_why": "general",
        "keeps": "general",
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="devices")
    phone_id = models.UUIDField()
    public_key = models.CharField(max_length=POINT_CHARACTERS, unique=True)
    system = models.CharField(max_length=40, blank=True, default="")
    enrolled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    revoked_why = models.CharField(max_length=8, choices=RevokedWhy.choices, blank=True, default="")
    keeps = models.BooleanField(null=True)

    class Meta:
        db_table = "accounts_device"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "phone_id"], condition=Q(revoked_at__isnull=True), name="accounts_device_once"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revoked_why="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_why="")),
                name="accounts_device_revoked_paired",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["phone_id"], name="accounts_device_phone")]


class EnrolmentCode(State):
    """A code shown once to a signed-in user, with which one telephone may speak for her. Only its digest is kept."""

    KIND: ClassVar[int] = 24
    OPEN: ClassVar[dict[str, str]] = {
        "user": "general",
        "posting": "general",
        "digest": "general",
        "expires_at": "general",
        "used_at": "general",
        "device": "general",
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    posting = models.ForeignKey("accounts.Posting", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    device = models.ForeignKey(Device, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "accounts_enrolment_code"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(device__isnull=True) | Q(used_at__isnull=False), name="accounts_enrolment_code_used"
            )
        ]
