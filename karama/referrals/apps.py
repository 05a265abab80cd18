"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Registers what this room adds to others."""

    name = "karama.referrals"
    label = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.journal import registries
        from karama.people import overseeing
        from karama.people import registries as people
        from karama.referrals import field, files, header, lists, offered
        from karama.referrals.views.unkept import not_kept
        from karama.ui import shell

        registries.on_merge.register("referrals", files.carry_over)
        registries.on_separate.register("referrals", files.part)
        registries.on_erase.register("referrals", files.empty_rows)
        people.on_stop.register("referrals", files.stop)
        people.stopped.register("referrals", files.stopped)
        people.on_withdrawal.register("referrals", files.withdrawn)
        people.open_work.register("referrals", files.open_work)
        people.on_wanted.register("referrals", offered.follow)
        people.on_the_way.register("referrals", files.on_the_way)
        people.untold.register("referrals", files.untold)
        people.readable_copy.register("referrals", files.readable_copy)
        overseeing.officer_lists.register("referrals", lists.lists)
        overseeing.leaving.register("referrals", lists.leaving)
        shell.outside.register("referrals", not_kept)
        header.install()
        field.install()
