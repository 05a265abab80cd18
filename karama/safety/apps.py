"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Registers this room's lines on Today, its entry in the header, its part of a person's page, merge and erasure."""

    name = "karama.safety"
    label = "safety"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.journal import registries
        from karama.people import registries as people
        from karama.safety import dead, field, files, header, jobs, openwork

        registries.on_merge.register("safety", files.note_joined)
        registries.on_erase.register("safety", files.empty_rows)
        registries.on_separate.register("safety", dead.part)
        people.on_stop.register("safety", dead.stop)
        people.stopped.register("safety", dead.stopped)
        people.open_work.register("safety", openwork.open_work)
        people.readable_copy.register("safety", files.readable_copy)
        people.untold.register("safety", files.untold)
        header.install()
        jobs.install()
        field.install()
