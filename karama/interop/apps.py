"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class InteropConfig(AppConfig):
    """Exchange with other systems."""

    name = "karama.interop"
    label = "interop"
    default_auto_field = "django.db.models.BigAutoField"
