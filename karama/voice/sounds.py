"""Recordings of messages as they come up from telephones (`sync.attachments`), and as whoever answers hears them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from karama.journal import clock
from karama.security import vault
from karama.sync.actions import HOLDER
from karama.sync.declared import Attached
from karama.voice.actions.sounding import keep_sound
from karama.voice.models import FeedbackSound, KeptSound


def attached(record: UUID) -> Mapping[str, Attached]:
    """The recordings that a message named. One whose message was erased counts as stored: its bytes go everywhere."""
    rows = list(FeedbackSound.objects.filter(feedback=record).select_related("feedback"))
    kept = set(KeptSound.objects.filter(feedback=record).values_list("sound_id", flat=True))
    erased = bool(rows) and vault.is_erased(record)
    return {one.digest: Attached(one.size, erased or one.id in kept, _keeper(one)) for one in rows}


def _keeper(sound: FeedbackSound) -> Callable[[bytes], None]:
    """Keeps the bytes of one recording, as coarsely told as its message: no moment says when they came."""

    def keep(content: bytes) -> None:
        with clock.told_as(sound.feedback.recorded_at):
            keep_sound(by=HOLDER, sound=sound.id, content=content)

    return keep
