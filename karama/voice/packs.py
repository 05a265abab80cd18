"""What a programme's pack says about rights requests, and about who answers feedback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from karama.knowledge.loader import KnowledgeError
from karama.knowledge.pack_rights import USUAL, RecordKeeping, answer_days, record_keeping
from karama.knowledge.pack_staffcare import staff_care_of
from karama.knowledge.pack_voice import USUAL as USUAL_VOICE
from karama.knowledge.pack_voice import Voice, voice_of
from karama.knowledge.packs import PackError
from karama.people.words import pack_of
from karama.programme.queries import programme_code
from karama.programme.registries import Missing


@dataclass(frozen=True)
class KeepingRule:
    """After how many days something is erased by itself. `confirmed`: a lead decided it, or nobody has to."""

    what: str
    days: int
    confirmed: bool


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
    """(name, how to reach) of whoever outside the organisation may be told instead, in the reader's language. Only who
    was confirmed: going to somebody who was never asked can harm."""
    return [(_said(one.name), _said(one.how)) for one in voice_by_code(code).outside if not one.draft]


def missing_in(programme: UUID) -> list[Missing]:
    """Whether a lead has confirmed how long the words of messages are kept, and who outside may be told."""
    voice = voice_by_code(programme_code(programme))
    return [*_keeping(voice), *_outside(voice)]


def _keeping(voice: Voice) -> list[Missing]:
    keeping = voice.keeping
    if keeping.confirmed:
        return []
    days = keeping.after.days
    if keeping.said:
        what = _(
            "Words of feedback and complaints are erased %(days)d days after they are over: only a proposal so far."
        )
    else:
        what = _("The pack does not say when words of feedback and complaints are erased; it is after %(days)d days.")
    do = _("A lead decides it with the data protection officer, and has the pack say who decided and when.")
    return [Missing("voice.keeping_unconfirmed", what % {"days": days}, do)]


def _outside(voice: Voice) -> list[Missing]:
    if any(not one.draft for one in voice.outside):
        return []
    what = _("Nobody outside the organisation is confirmed whom people may tell instead: the page names nobody.")
    do = _("Ask somebody outside whether they receive complaints, and have the pack say who confirmed it and when.")
    return [Missing("voice.outside_unconfirmed", what, do)]


def _said(texts: Mapping[str, str]) -> str:
    language = (get_language() or "en").split("-")[0]
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def keeping_by_code(code: str) -> RecordKeeping | None:
    """How long a closed record is kept in the programme of this code; None where nothing that can be read is said."""
    try:
        return record_keeping(code)
    except (PackError, KnowledgeError, OSError):
        return None


def kept_by_itself(code: str) -> list[KeepingRule]:
    """What is erased by itself once its days are over: words of messages, and of talks that a colleague asked for."""
    keeping = voice_by_code(code).keeping
    found = [KeepingRule(_("Words of feedback and complaints"), keeping.after.days, keeping.confirmed)]
    try:
        return [*found, KeepingRule(_("What a colleague wrote to ask for a talk"), staff_care_of(code).keep.days, True)]
    except (PackError, KnowledgeError, OSError):
        return found
