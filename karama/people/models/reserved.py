"""Codes that a telephone was given for registering people where there is no signal."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from karama.journal import State


class ReservedCode(State):
    """One participant code that only this user on this telephone may give, once. It says nothing about anybody."""

    KIND: ClassVar[int] = 122
    OPEN: ClassVar[dict[str, str]] = {"user": "staff", "device_id": "staff", "code": "general", "used_at": "general"}

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    device_id = models.UUIDField()
    code = models.CharField(max_length=14, unique=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_reserved_code"
        indexes: ClassVar = [models.Index(fields=["device_id", "used_at"], name="people_reserved_device")]
