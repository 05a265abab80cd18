"""A message from the page that needs no account, from what was typed to what is kept and told."""

from __future__ import annotations

import logging
import unicodedata
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from karama.journal import clock
from karama.journal.problems import OpIdReused, Problem
from karama.programme.models import CountryProgramme, Site
from karama.rules import complaints as law
from karama.rules.disclosure import first_day
from karama.rules.reply_tokens import parse_token
from karama.voice import pace, tokens
from karama.voice.actions.receiving import LONGEST, PUBLIC, disagree, raise_danger, send_feedback
from karama.voice.asked import standing_of
from karama.voice.coarse import Kept, kept_of
from karama.voice.models import Feedback

logger = logging.getLogger(__name__)
KIND_OF_FACE = {"good": "thanks", "so_so": "suggestion", "bad": "complaint"}


@dataclass(frozen=True)
class Said:
    """What was typed. `trap`: a field that nobody sees was filled."""

    seed: str
    programme: CountryProgramme | None
    site: Site | None
    kind: str = ""
    face: str = ""
    words: str = ""
    about_duty: str = ""
    about_words: str = ""
    danger: str = "none"
    wants_answer: bool = False
    trap: bool = False

    @property
    def content(self) -> str:
        """Everything that makes it this message and no other."""
        place = str(self.site.id if self.site else self.programme.id if self.programme else "")
        parts = (place, self.kind, self.face, self.words, self.about_duty, self.about_words, self.danger)
        return "\x1f".join((*parts, "1" if self.wants_answer else ""))

    @property
    def counts_as(self) -> str:
        """The kind that was chosen, else the one of the face; a message without either is taken as a complaint."""
        return self.kind if self.kind in law.KINDS else KIND_OF_FACE.get(self.face, "complaint")

    @property
    def is_empty(self) -> bool:
        """Neither a face nor a word."""
        return not (self.face or self.words or self.about_words)


@dataclass(frozen=True)
class Taken:
    """What the page says back. `nobody`: nobody who works here may read it now, so somebody outside should be told."""

    token: str
    kind: str
    nobody: bool


def take_in(said: Said) -> Taken:
    """Keep a message; what is too much at once is held for a person. A danger is told before anything else.

    Raises:
        NothingSaid: there is neither a face nor a word.
    """
    if said.danger != "none" and not said.is_empty and not pace.DANGERS.too_fast():
        try:
            _tell_danger(said)
        except Problem as problem:  # the message is kept all the same: its danger stands on it
            logger.error("A danger could not be told: %s", problem.code)
    token = tokens.token_for(said.seed, said.content) if said.wants_answer else ""
    kept = kept_of(said.programme.id if said.programme else None, said.site)
    fast = pace.many_from(str(said.site.id if said.site else ""))
    told: dict[str, Any] = {
        "programme": kept.programme,
        "site": kept.site,
        "received_on": kept.on,
        "time": kept.time,
        "kind": said.counts_as,
        "answer_key": tokens.key_of(token) if token else "",
        "held": said.trap or fast or _is_full(kept),
    }
    texts: dict[str, Any] = {"words": said.words, "about_duty": said.about_duty, "about_words": said.about_words}
    operation = tokens.operation_for(said.seed, said.content)
    with clock.told_as(kept.moment):
        try:
            made = send_feedback(by=PUBLIC, op_id=operation, face=said.face, danger=said.danger, **told, **texts).record
        except OpIdReused:  # the same page and words, after the numbers around them have changed: it is kept already
            return Taken(token, said.counts_as, nobody=False)
    standing = standing_of(made) if made is not None else None
    return Taken(token, said.counts_as, nobody=standing is not None and not standing.permitted)


def _is_full(kept: Kept) -> bool:
    """Whether so many have come in this stretch of time that further ones wait for a look."""
    rows = Feedback.objects.filter(programme_id=kept.programme, received_on=kept.on, time=kept.time, held=False)
    return rows.count() >= pace.MOST_KEPT[kept.time]


def _tell_danger(said: Said) -> None:
    site = said.site or _any_site(said.programme)
    raise_danger(
        by=PUBLIC,
        op_id=tokens.operation_for(said.seed, said.content, "danger"),
        site=site.id if site else None,
        danger=said.danger,
        kind=said.counts_as,
        words=said.words or said.about_words,
        about=said.about_words,
        duty=said.about_duty,
        anywhere=said.site is None,
    )


def _any_site(programme: CountryProgramme | None) -> Site | None:
    """Where a danger without a place is answered: the same site for who is told and for who is left out."""
    rows = Site.objects.filter(closed_on__isnull=True).order_by("name", "id")
    return (rows.filter(programme=programme) if programme else rows).first()


def found_by(typed: str) -> UUID | None:
    """The message whose token this is; None for a token of nobody and for what cannot be one."""
    token = parse_token(typed)
    if not token:
        return None
    return Feedback.objects.filter(answer_key=tokens.key_of(token)).values_list("id", flat=True).first()


def take_disagreement(feedback: UUID, words: str) -> bool:
    """Keep that the answer is not agreed with; whether it could be kept. Raises `NothingSaid`."""
    week = Kept(None, None, first_day(clock.now().date(), "week"), "week")
    with clock.told_as(week.moment):
        return disagree(by=PUBLIC, feedback=feedback, words=words).record is not None


def plain(text: str, most: int = LONGEST) -> str:
    """Typed text without characters that are no writing (NUL, control, half of a pair), and not endless."""
    kept = (one for one in text.replace("\r\n", "\n")[: most * 2] if one == "\n" or _is_writing(one))
    return "".join(kept).strip()[:most]


def _is_writing(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs", "Cn", "Co")
