"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Registers what a merge and an erasure do here, whose record rests, and this room's part of other pages."""

    name = "karama.voice"
    label = "voice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.accounts import registries as accounts
        from karama.journal import registries
        from karama.people import overseeing
        from karama.people import registries as people
        from karama.programme.registries import missing_in
        from karama.ui import shell
        from karama.voice import field, files, header, jobs, lists, packs, passwords
        from karama.voice.views.unkept import not_kept

        registries.on_merge.register("voice", files.carry_over)
        registries.on_erase.register("voice", files.empty_rows)
        registries.knows_keys.register("voice", files.needed)
        missing_in.register("voice", packs.missing_in)
        people.restricted.register("voice", files.at_rest)
        people.open_work.register("voice", files.open_work)
        people.readable_copy.register("voice", files.readable_copy)
        overseeing.officer_lists.register("voice", lists.lists)
        overseeing.leaving.register("voice", lists.leaving)
        accounts.on_handed_password.register("voice", passwords.handed_over)
        accounts.on_own_password.register("voice", passwords.chosen)
        shell.outside.register("voice", not_kept)
        header.install()
        jobs.install()
        field.install()
