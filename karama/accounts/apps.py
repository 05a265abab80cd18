"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Tells the frame of every page who is signed in, and the programme room who can be reached."""

    name = "karama.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.accounts import field, header

        header.install()
        field.install()
