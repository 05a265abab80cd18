"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Registers what this room adds to others."""

    name = "karama.groups"
    label = "groups"
    default_auto_field = "django.db.models.BigAutoField"
