"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers its entry in the header, the job that sends, and its answers to merging and erasing."""

    name = "karama.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.journal import registries
        from karama.notices import files, header, jobs
        from karama.sync.declared import Declaration, declare

        registries.on_merge.register("notices", files.carry_over)
        registries.on_erase.register("notices", files.empty_rows)
        header.install()
        jobs.install()
        declare("notices", Declaration(whole_room="Notices and messages are written and sent by the server itself."))
