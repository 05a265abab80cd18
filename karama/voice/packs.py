"""What a programme's pack says about rights requests."""

from __future__ import annotations

from uuid import UUID

from karama.knowledge.loader import KnowledgeError
from karama.knowledge.pack_rights import USUAL, answer_days
from karama.knowledge.packs import PackError
from karama.people.words import pack_of


def days_to_answer(programme: UUID, right: str) -> int:
    """Days within which this right is answered; the house's own where the pack says nothing that can be read."""
    pack = pack_of(programme)
    try:
        return (USUAL if pack is None else answer_days(pack.code))[right]
    except (PackError, KnowledgeError, OSError):
        return USUAL[right]
