"""The server's clock, in one place. Device clocks are data, never order."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The moment now, in UTC with its zone."""
    return timezone.now()
