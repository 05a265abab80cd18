"""A recording has come whole: it is kept under the key of its message."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Absent, Actor, action
from karama.security import digests
from karama.voice.access import KEEP_SOUND
from karama.voice.models import FeedbackSound, KeptSound


@action("voice.keep_sound", access=KEEP_SOUND, purpose="rights")
def keep_sound(*, by: Actor, sound: UUID, content: bytes) -> KeptSound:
    """Keep the bytes that a message named, once. Called inside `clock.told_as` the moment of the message.

    Raises:
        Absent: no message named these very bytes.
    """
    row = FeedbackSound.objects.filter(pk=sound).first()
    if row is None or digests.sha256(content).hex() != row.digest:
        raise Absent()
    made = KeptSound(sound=row, feedback_id=row.feedback_id)
    made.keep(content)
    made.save()
    return made
