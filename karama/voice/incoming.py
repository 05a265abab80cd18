"""A message from the page that needs no account, from what was typed to what is kept and told."""

from __future__ import annotations

import logging
import unicodedata
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from karama.journal import Actor, clock
from karama.journal.actors import NOBODY
from karama.journal.doing import ask_permission
from karama.journal.problems import OpIdReused, Problem
from karama.programme.models import CountryProgramme, Site
from karama.rules import complaints as law
from karama.rules.disclosure import first_day
from karama.rules.reply_tokens import parse_token
from karama.safety.models import AlertSource
from karama.safety.standing import standing_of as alert_of
from karama.sync.wire import Named
from karama.ui.bidi import CONTROLS
from karama.voice import pace, tokens
from karama.voice.actions.danger import raise_danger
from karama.voice.actions.receiving import PUBLIC, disagree, send_feedback, type_in_feedback
from karama.voice.actions.words import LONGEST
from karama.voice.asked import standing_of
from karama.voice.coarse import Kept, kept_of
from karama.voice.foretold import anybody_reads
from karama.voice.models import Feedback, FeedbackStep

logger = logging.getLogger(__name__)
KIND_OF_FACE = {"good": "thanks", "so_so": "suggestion", "bad": "complaint"}


@dataclass(frozen=True)
class Said:
    """What was typed. `trap`: a field that nobody sees was filled. `since`: the older message it is told beside.
    `attachments`: what was said aloud, by its digests."""

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
    since: UUID | None = None
    attachments: tuple[Named, ...] = ()

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
    def shut_as(self) -> str:
        """As what it shuts people out of a danger: nobody can look for names in a complaint that was said aloud."""
        return "sensitive" if self.attachments and self.counts_as == "complaint" else self.counts_as


@dataclass(frozen=True)
class Taken:
    """What the page says back. `nobody`: nobody who works here may read it now, so somebody outside should be told; the
    same whoever is named in it, or a stranger would learn who works here.

    `danger`: what became of a danger: empty when none was said; `told`: somebody has been asked; `many`: so many are
    told at once that it stands among others; `nobody`: everybody who could answer is part of it or away; `failed`.
    `again`: the same page was sent once more and was kept before; its code is not shown for ever.
    """

    token: str
    kind: str
    nobody: bool
    danger: str = ""
    again: bool = False


def take_in(said: Said) -> Taken:
    """Keep a message; what is too much at once is held for a person. A danger is told before anything else.

    Raises:
        NothingSaid: there is neither a face nor a word nor a danger.
    """
    danger = "" if said.danger == "none" else _tell_danger(PUBLIC, said)
    token = tokens.token_for(said.seed, said.content) if said.wants_answer else ""
    kept = kept_of(said.programme.id if said.programme else None, said.site)
    fast = pace.many_from(str(said.site.id if said.site else ""))
    told = _kept_as(kept, said, token) | {"held": said.trap or fast or _is_full(kept), "site": kept.site}
    operation = tokens.operation_for(said.seed, said.content)
    with clock.told_as(kept.moment):
        try:
            receipt = send_feedback(by=PUBLIC, op_id=operation, **told)
        except OpIdReused:  # the same page and words, after the numbers around them have changed: it is kept already
            return Taken(_again(token, said.seed), said.counts_as, False, danger, again=True)
    nobody = not anybody_reads(kept, said.counts_as, said.about_duty)
    shown = _again(token, said.seed) if receipt.replayed else token
    return Taken(shown, said.counts_as, nobody, danger, again=receipt.replayed)


def take_from_paper(by: Actor, said: Said) -> Taken:
    """Keep what somebody wrote on paper, at the true site of `said`: as coarse as what comes from the page, its minute
    forgotten. A danger is told before anything else, at its true moment.

    Raises:
        NothingSaid: there is neither a face nor a word nor a danger. Refused: the site is not one of hers.
    """
    danger = "" if said.danger == "none" else _tell_danger(by, said)
    token = tokens.token_for(said.seed, said.content) if said.wants_answer else ""
    try:
        receipt = _typed_in(by, said, token, tokens.operation_for(said.seed, said.content, "paper"))
    except OpIdReused:
        return Taken(_again(token, said.seed), said.counts_as, False, danger, again=True)
    shown = _again(token, said.seed) if receipt.replayed else token
    return Taken(shown, said.counts_as, False, danger, again=receipt.replayed)


def take_from_telephone(by: Actor, said: Said, operation: UUID | None, signature: bytes | None) -> Any:
    """The receipt of a message that a colleague typed in without signal: kept as from paper, its minute forgotten,
    under the operation she signed. A danger is told before anything else. Raises as `type_in_feedback`.

    Inside another action, which has one entered that was held, its author needs her permission all the same.
    """
    if said.danger != "none":
        _tell_danger(by, said)
    return _typed_in(by, said, "", operation, alone=True, author_signature=signature)


def _typed_in(
    by: Actor, said: Said, token: str, operation: UUID | None, *, alone: bool = False, **on_the_way: Any
) -> Any:
    site = said.site
    kept = kept_of(site.programme_id if site else None, site)
    told = _kept_as(kept, said, token) | {"site": site.id if site else None, "kept_site": kept.site}
    if said.attachments:
        told["attachments"] = list(said.attachments)
    if alone:
        ask_permission(type_in_feedback.prepare(by=by, **told))
    with clock.told_as(kept.moment):
        return type_in_feedback(by=by, op_id=operation, **on_the_way, **told)


def _kept_as(kept: Kept, said: Said, token: str) -> dict[str, Any]:
    return {
        "programme": kept.programme,
        "received_on": kept.on,
        "time": kept.time,
        "kind": said.counts_as,
        "chosen": said.kind in law.KINDS,
        "face": said.face,
        "words": said.words,
        "about_duty": said.about_duty,
        "about_words": said.about_words,
        "danger": said.danger,
        "answer_key": tokens.key_of(token) if token else "",
    }


def _again(token: str, seed: str) -> str:
    """The code of a page that is sent again: shown while the first answer may not have arrived, and then no more."""
    return token if tokens.is_fresh(seed) else ""


def _is_full(kept: Kept) -> bool:
    """Whether so many have come in this stretch of time that further ones wait for a look."""
    rows = Feedback.objects.filter(programme_id=kept.programme, received_on=kept.on, time=kept.time, held=False)
    return rows.count() >= pace.MOST_KEPT[kept.time]


def _tell_danger(by: Actor, said: Said) -> str:
    """Tell it, and what became of it (`Taken.danger`)."""
    site = said.site or _any_site(said.programme)
    try:
        receipt = raise_danger(
            by=by,
            op_id=tokens.operation_for(said.seed, said.content, "danger"),
            site=site.id if site else None,
            danger=said.danger,
            kind=said.shut_as,
            words=said.words,
            about=said.about_words,
            duty=said.about_duty,
            anywhere=said.site is None,
            feedback=said.since,
        )
        source = AlertSource.objects.select_related("alert").get(pk=receipt.record or NOBODY)
    except OpIdReused:  # the same page and words: it was told
        return "told"
    except (Problem, AlertSource.DoesNotExist) as problem:  # the message is kept all the same: its danger stands on it
        logger.error("A danger could not be told: %s", getattr(problem, "code", "lost"))
        return "failed"
    if alert_of(source.alert).owner is None:
        return "nobody"
    return "many" if AlertSource.objects.filter(alert=source.alert).count() > 1 else "told"


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


def tell_since(feedback: UUID, words: str, danger: str, seed: str, site: Site | None) -> str:
    """Tell a danger beside an older message: whoever that is about, and from whom it is kept, is not told. `site`: of
    the poster, where it is of the same programme. What became of it (`Taken.danger`)."""
    standing = standing_of(feedback)
    if danger == "none" or standing is None:
        return ""
    row = standing.row
    near = site if site and site.programme_id == row.programme_id else row.site
    about = "" if standing.state == "erased" else row.text_of("about")
    duty = row.text_of("about_duty")
    told: dict[str, Any] = {"kind": standing.kind, "words": words, "about_words": about, "about_duty": duty}
    return _tell_danger(PUBLIC, Said(seed, row.programme, near, danger=danger, since=feedback, **told))


def take_disagreement(feedback: UUID, words: str) -> bool:
    """Keep that the answer is not agreed with; whether it is kept, now or when the same words came before (a page that
    was sent twice). Raises `NothingSaid`."""
    week = Kept(None, None, first_day(clock.day_in_utc(), "week"), "week")
    with clock.told_as(week.moment):
        if disagree(by=PUBLIC, feedback=feedback, words=words).record is not None:
            return True
    last = FeedbackStep.objects.filter(feedback=feedback, step="disagreed").order_by("place").last()
    return last is not None and last.text_of("words") == words


def plain(text: str, most: int = LONGEST) -> str:
    """Typed text without what is no writing (NUL, control, half of a pair), without what turns it round, and not
    endless. A tab, or another end of a line, parts two words as before: a name must not grow together with its
    neighbour."""
    told = "".join(" " if one.isspace() and one != "\n" else one for one in text.replace("\r\n", "\n")[: most * 2])
    kept = (one for one in told if one == "\n" or _is_writing(one))
    return "".join(kept).strip()[:most]


def _is_writing(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs", "Cn", "Co") and ord(character) not in CONTROLS
