"""What a programme's pack says about referring."""

from __future__ import annotations

from uuid import UUID

from karama.knowledge.loader import KnowledgeError
from karama.knowledge.pack_referrals import USUAL, Referring, referring_of
from karama.knowledge.packs import PackError
from karama.people.words import pack_of


def referring(programme: UUID) -> Referring:
    """The programme's days; the house's own where the pack says nothing that can be read."""
    pack = pack_of(programme)
    try:
        return USUAL if pack is None else referring_of(pack.code)
    except (PackError, KnowledgeError, OSError):
        return USUAL
