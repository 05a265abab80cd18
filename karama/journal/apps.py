"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Installs the guard that refuses a write outside an action."""

    name = "karama.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.journal import guard

        guard.install()
