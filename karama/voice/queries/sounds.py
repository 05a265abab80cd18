"""Recordings of a message, for whoever may open its words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from karama.journal import Absent, Actor
from karama.voice.models import FeedbackSound, KeptSound
from karama.voice.queries.feedback import feedback_page


@dataclass(frozen=True)
class SoundLine:
    """One recording. `here`: all of it has come."""

    id: UUID
    here: bool


def sounds_of(feedback: UUID) -> list[SoundLine]:
    """The recordings of a message that the reader has opened. One query."""
    rows = FeedbackSound.objects.filter(feedback=feedback).order_by("id").values_list("id", "kept")
    return [SoundLine(row, kept is not None) for row, kept in rows]


def sound_of(by: Actor, feedback: UUID, sound: UUID) -> tuple[bytes, str]:
    """The bytes of a recording, as they came, and their media type. Raises `Absent`: none, or none for this reader, or
    not all of it has come, or its words were erased."""
    page = feedback_page(by, feedback)
    row = KeptSound.objects.filter(sound=sound, feedback=feedback).select_related("sound").first()
    content = row.opened() if row is not None and page.opened else None
    if row is None or content is None:
        raise Absent()
    return content, row.sound.media
