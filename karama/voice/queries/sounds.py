"""Recordings of a message, for whoever may open its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from karama.journal import Absent, Actor, clock
from karama.rules.disclosure import day_after
from karama.voice.models import FeedbackSound, KeptSound
from karama.voice.queries.feedback import feedback_page

LATE: Final = timedelta(days=14)
"""So many days after the time that is told of the message its reader is told to ask, rather than to wait."""


@dataclass(frozen=True)
class SoundLine:
    """One recording. `here`: all of it has come. `late`: so long not that it may never come."""

    id: UUID
    here: bool
    late: bool


def sounds_of(feedback: UUID) -> list[SoundLine]:
    """The recordings of a message that the reader has opened. One query."""
    rows = FeedbackSound.objects.filter(feedback=feedback).order_by("id")
    told = rows.values_list("id", "kept", "feedback__received_on", "feedback__time")
    due = clock.day_in_utc() - LATE
    return [SoundLine(row, kept is not None, day_after(on, span) < due) for row, kept, on, span in told]


def sound_of(by: Actor, feedback: UUID, sound: UUID) -> tuple[bytes, str]:
    """The bytes of a recording, as they came, and their media type. Raises `Absent`: none, or none for this reader, or
    not all of it has come, or its words were erased."""
    page = feedback_page(by, feedback)
    row = KeptSound.objects.filter(sound=sound, feedback=feedback).select_related("sound").first()
    content = row.opened() if row is not None and page.opened else None
    if row is None or content is None:
        raise Absent()
    return content, row.sound.media
