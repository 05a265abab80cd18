"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class SyncConfig(AppConfig):
    """Registers what happens to held operations and conflicts when a person is joined or erased."""

    name = "karama.sync"
    label = "sync"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.journal import registries
        from karama.sync import files, jobs, sharing  # noqa: F401 - its actions are entered when it is read

        registries.on_merge.register("sync", files.note_joined)
        registries.on_erase.register("sync", files.empty_rows)
        registries.knows_keys.register("sync", files.needed)
        files.declare_own()
        jobs.install()
