"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class StaffcareConfig(AppConfig):
    """Registers what this room adds to others."""

    name = "karama.staffcare"
    label = "staffcare"
    default_auto_field = "django.db.models.BigAutoField"
