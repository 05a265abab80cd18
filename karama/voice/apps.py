"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Registers what a merge and an erasure do here, whose record rests, and this room's part of other pages."""

    name = "karama.voice"
    label = "voice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.journal import registries
        from karama.people import registries as people
        from karama.sync.declared import Declaration, declare
        from karama.voice import files, header

        registries.on_merge.register("voice", files.carry_over)
        registries.on_erase.register("voice", files.empty_rows)
        people.restricted.register("voice", files.at_rest)
        people.open_work.register("voice", files.open_work)
        people.readable_copy.register("voice", files.readable_copy)
        header.install()
        unsigned = (
            "What people say needs no account and carries no signature; claims and answers are written at a screen."
        )
        declare("voice", Declaration(whole_room=unsigned))
