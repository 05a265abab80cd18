"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    """Registers its answers to merging, erasing, stopping and handing over, and its part of other pages."""

    name = "karama.reception"
    label = "reception"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.journal import registries
        from karama.notices.registries import colleague_for
        from karama.people import registries as people
        from karama.programme.registries import expected_at
        from karama.reception import field, files, fitting, header
        from karama.reception.actions import following

        registries.on_merge.register("reception", files.carry_over)
        registries.on_erase.register("reception", files.empty_rows)
        people.on_stop.register("reception", files.stop)
        people.stopped.register("reception", files.stopped)
        people.open_work.register("reception", files.open_work)
        people.readable_copy.register("reception", files.readable_copy)
        colleague_for.register("reception", following.colleague_for)
        expected_at.register("reception", fitting.expected_at)
        header.install()
        field.install()
