"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    """The workshop in which facts become numbers. It keeps no rows of its own."""

    name = "karama.analytics"
    label = "analytics"
    default_auto_field = "django.db.models.BigAutoField"
