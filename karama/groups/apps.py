"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Registers what a merge, a stop and an erasure do here, and this room's lines on other pages."""

    name = "karama.groups"
    label = "groups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.accounts.registries import on_leaving
        from karama.care.registries import fidelity_for, met_for, on_time_for
        from karama.groups import field, files, header, peers, sites
        from karama.groups.actions.opening import stop_facilitating
        from karama.groups.queries import attended, faithful
        from karama.journal import registries
        from karama.people import registries as people
        from karama.programme.registries import going_on_under, missing_in, shown_going_on

        registries.on_merge.register("groups", files.carry_over)
        registries.on_erase.register("groups", files.empty_rows)
        on_leaving.register("groups", stop_facilitating)
        people.on_stop.register("groups", files.stop)
        people.stopped.register("groups", files.stopped)
        people.open_work.register("groups", files.open_work)
        people.readable_copy.register("groups", files.readable_copy)
        going_on_under.register("groups", sites.going_on_under)
        fidelity_for.register("groups", faithful.fidelity_for)
        on_time_for.register("groups", faithful.on_time_for)
        met_for.register("groups", attended.last_attended)
        shown_going_on.register("groups", sites.shown_going_on)
        missing_in.register("groups", peers.missing_in)
        header.install()
        field.install()
