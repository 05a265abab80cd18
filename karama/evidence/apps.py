"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Hangs this room's entry into the header and its button on Today."""

    name = "karama.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.evidence import header
        from karama.sync.declared import Declaration, declare

        header.install()
        declare("evidence", Declaration(whole_room="Registers are made from what is on the server."))
