"""What the sign-in needs to remember. Not records: nothing here is about the programme (see `journal/guard.py`)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from karama.security.identifiers import uuid7


class SignedIn(models.Model):
    """One browser in which a user is signed in, so that she can see it and end it. No network address is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signed_in")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60, default="")
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "accounts_signed_in"
        indexes: ClassVar = [models.Index(fields=["user", "seen_at"], name="accounts_signed_in_seen")]

    def __str__(self) -> str:
        return str(self.id)


class DeviceSeen(models.Model):
    """The last day on which a telephone asked something of this server under its own key."""

    device = models.OneToOneField("accounts.Device", on_delete=models.CASCADE, primary_key=True, related_name="seen")
    seen_on = models.DateField()

    class Meta:
        db_table = "accounts_device_seen"

    def __str__(self) -> str:
        return str(self.device_id)


class Try(models.Model):
    """Failed sign-ins and used one-time codes, counted for all server processes together.

    The columns are those of Django's database cache, which `settings.CACHES` points at this table.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_tries"

    def __str__(self) -> str:
        return self.cache_key
