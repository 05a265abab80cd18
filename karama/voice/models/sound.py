"""What was said aloud instead of written: named by a message at once, kept when all of it has come."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from karama.journal import Fact, SealedField
from karama.security import vault
from karama.voice.models.feedback import Feedback
from karama.voice.models.own_key import UnderOwnKey


class FeedbackSound(Fact):
    """A recording that belongs to a message. `digest`: SHA-256 of its bytes, by which they are known when they come."""

    KIND: ClassVar[int] = 188
    OPEN: ClassVar[dict[str, str]] = {
        "feedback": "complaint",
        "digest": "complaint",
        "media": "complaint",
        "size": "complaint",
    }

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="sounds")
    digest = models.CharField(max_length=64)
    media = models.CharField(max_length=20)
    size = models.PositiveIntegerField()

    class Meta(Fact.Meta):
        db_table = "voice_feedback_sound"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["feedback", "digest"], name="voice_feedback_sound_once"),
            models.CheckConstraint(
                condition=models.Q(media__in=["audio/webm", "audio/ogg", "audio/mp4"]),
                name="voice_feedback_sound_media_known",
            ),
        ]


class KeptSound(UnderOwnKey, Fact):
    """The bytes of a recording, under the key of its message: whatever erases its words erases them."""

    KIND: ClassVar[int] = 189
    OPEN: ClassVar[dict[str, str]] = {"feedback": "complaint", "sound": "complaint"}

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="+")
    sound = models.ForeignKey(FeedbackSound, on_delete=models.PROTECT, related_name="kept")
    content = SealedField(compartment="complaint")

    KEY_OF: ClassVar[str] = "feedback_id"

    class Meta(Fact.Meta):
        db_table = "voice_kept_sound"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["sound"], name="voice_kept_sound_once"),
        ]

    def keep(self, content: bytes) -> None:
        """Seal the bytes as they are. The keys of its message were made with it."""
        self.content = vault.seal(
            self.key_owner, "clinical", kind=self.KIND, row=self.id, field="content", value=content
        )

    def opened(self) -> bytes | None:
        """The bytes again; None once the words of its message were erased."""
        told: dict[str, Any] = {"kind": self.KIND, "row": self.id, "field": "content"}
        try:
            return vault.open_sealed(self.key_owner, "clinical", ciphertext=bytes(self.content), **told)
        except vault.Erased:
            return None
