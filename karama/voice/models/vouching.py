"""Somebody said that a colleague has really taken up a duty in which messages are answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from karama.journal import Fact


class Vouching(Fact):
    """Its author vouches for a post: whoever holds it may then open messages that are older than the post, where the
    author neither gave nor holds it, and the message is not kept from her (`rules.complaints.vouched_for`).
    """

    KIND: ClassVar[int] = 185
    OPEN: ClassVar[dict[str, str]] = {"posting_id": "general"}

    posting_id = models.UUIDField()

    class Meta(Fact.Meta):
        db_table = "voice_vouching"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["posting_id", "author_id"], name="voice_vouching_once"),
        ]
