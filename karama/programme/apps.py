"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Adds this room's entry to the header."""

    name = "karama.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.programme import field, header

        header.install()
        field.install()
