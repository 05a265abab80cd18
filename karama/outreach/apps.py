"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Registers what a merge and an erasure do here, this room's part of other pages, and its job."""

    name = "karama.outreach"
    label = "outreach"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.journal import registries
        from karama.outreach import field, files, header, jobs
        from karama.people import registries as people

        registries.on_merge.register("outreach", files.carry_over)
        registries.on_erase.register("outreach", files.empty_rows)
        people.open_work.register("outreach", files.open_work)
        people.on_stop.register("outreach", files.stop)
        people.stopped.register("outreach", files.stopped)
        people.readable_copy.register("outreach", files.readable_copy)
        header.install()
        jobs.install()
        field.install()
