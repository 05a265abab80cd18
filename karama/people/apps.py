"""Django's hook for this room: what happens to its rows when a person is merged or erased."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers this room's answers to merging and erasing, and its entries in the header."""

    name = "karama.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.journal import registries
        from karama.notices.registries import address_for
        from karama.people import copy, field, header, jobs, lists, overseeing, reaching
        from karama.people import registries as asked
        from karama.people.actions import erasing, merging

        registries.on_merge.register("people", merging.carry_over)
        registries.on_erase.register("people", erasing.empty_rows)
        asked.readable_copy.register("people", copy.readable_copy)
        asked.on_stop.register("people", reaching.stop_messages)
        asked.on_withdrawal.register("people", reaching.end_contact)
        address_for.register("people", reaching.reach)
        overseeing.officer_lists.register("people", lists.lists)
        header.install()
        jobs.install()
        field.install()
