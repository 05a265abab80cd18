"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Hangs this room's entry into the header, and its answers to a yes that is taken back."""

    name = "karama.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.evidence import ending, header
        from karama.people import overseeing, registries
        from karama.sync.declared import Declaration, declare

        registries.on_withdrawal.register("evidence", ending.withdrawn)
        overseeing.leaving.register("evidence", ending.leaving)
        header.install()
        declare("evidence", Declaration(whole_room="Registers are made from what is on the server."))
