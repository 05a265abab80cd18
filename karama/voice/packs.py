"""What a programme's pack says about rights requests, and about who answers feedback."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import get_language

from karama.knowledge.loader import KnowledgeError
from karama.knowledge.pack_rights import USUAL, answer_days
from karama.knowledge.pack_voice import USUAL as USUAL_VOICE
from karama.knowledge.pack_voice import Voice, voice_of
from karama.knowledge.packs import PackError
from karama.people.words import pack_of


def days_to_answer(programme: UUID, right: str) -> int:
    """Days within which this right is answered; the house's own where the pack says nothing that can be read."""
    pack = pack_of(programme)
    try:
        return (USUAL if pack is None else answer_days(pack.code))[right]
    except (PackError, KnowledgeError, OSError):
        return USUAL[right]


def voice_by_code(code: str | None) -> Voice:
    """Who answers in the programme of this code; the house's own where nothing that can be read is said."""
    try:
        return voice_of(code) if code else USUAL_VOICE
    except (PackError, KnowledgeError, OSError):
        return USUAL_VOICE


def outside_of(code: str | None) -> list[tuple[str, str]]:
    """(name, how to reach) of whoever outside the organisation may be told instead, in the reader's language."""
    return [(_said(one.name), _said(one.how)) for one in voice_by_code(code).outside]


def _said(texts: Mapping[str, str]) -> str:
    language = (get_language() or "en").split("-")[0]
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
