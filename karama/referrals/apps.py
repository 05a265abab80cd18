"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Registers what this room adds to others."""

    name = "karama.referrals"
    label = "referrals"
    default_auto_field = "django.db.models.BigAutoField"
