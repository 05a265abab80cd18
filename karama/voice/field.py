"""What of this room comes from telephones: messages, in one direction. Nothing travels down, and nothing stays there.

A message that somebody hands to a colleague is a message whatever is wrong with it: it is kept as sensitive where its
kind cannot be read, so that it passes everybody of the site.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, get_args
from uuid import UUID

import pydantic
from django.utils.translation import gettext_lazy as _

from karama.journal import Absent, Call
from karama.journal.problems import BadArguments
from karama.programme.models import Site
from karama.sync import registries
from karama.sync.attachments import all_named
from karama.sync.declared import Declaration, Up, declare
from karama.voice import sounds, travelling
from karama.voice.actions.words import LONGEST, Attachments, DangerCode, FaceCode, Kind, Line, Words
from karama.voice.incoming import Said, take_from_telephone

EARLIER: Final = ("programme", "kept_site", "received_on", "time", "answer_key")
"""What apps of the first contract sent of a message: the server makes the coarse place and day of it itself."""
KNOWN: Final = ("site", "kind", "face", "words", "about_duty", "about_words", "danger", "attachments")


def rescue(arguments: Any) -> dict[str, Any]:
    """A message out of whatever came: sensitive, unless its kind can be read; with everything that does not fit as
    words. It has no code for an answer."""
    told = arguments if isinstance(arguments, Mapping) else {}
    kind, danger, face = (_one_of(told.get(name), among) for name, among in _CHOICES.items())
    fitting = {"kind": kind or "sensitive", "danger": danger or "none", "face": face}
    rest = {name: value for name, value in told.items() if name not in (*KNOWN, *EARLIER) or _odd(name, value)}
    words = _text(told.get("words"))
    more = json.dumps(rest, ensure_ascii=False)[:2000].replace("\\u0000", "") if rest else ""
    return {
        "action": "voice.type_in_feedback",
        "site": told.get("site"),
        **fitting,
        "words": f"{words}\n{more}".strip()[:LONGEST],
        "about_duty": _text(told.get("about_duty"))[:200],
        "about_words": _text(told.get("about_words"))[:200],
        "attachments": all_named(told.get("attachments")),
    }


_CHOICES: Final = {
    "kind": get_args(Kind),
    "danger": get_args(DangerCode),
    "face": get_args(FaceCode),
}


def _one_of(value: Any, among: tuple[str, ...]) -> str:
    return value if isinstance(value, str) and value in among else ""


def _odd(name: str, value: Any) -> bool:
    """Whether a field holds what would be lost without a word."""
    if name in _CHOICES:
        return value not in (None, "") and not _one_of(value, _CHOICES[name])
    return name in ("about_duty", "about_words") and len(_text(value)) > 200


def _text(value: Any) -> str:
    return str(value).replace("\0", "") if isinstance(value, str) else ""


@pydantic.validate_call
def _checked(
    *,
    site: UUID,
    kind: Kind,
    face: FaceCode = "",
    words: Words = "",
    about_duty: Line = "",
    about_words: Line = "",
    danger: DangerCode = "none",
    attachments: Attachments = (),
) -> dict[str, Any]:
    """What a telephone sends of a message. `attachments`: what was said aloud; its bytes come after."""
    return locals()


def enter(call: Call, **sent: Any) -> Any:
    """A message from a telephone becomes as coarse as one from paper. Raises `BadArguments`, and as the action."""
    try:
        told = _checked(**sent)
    except (pydantic.ValidationError, TypeError):
        raise BadArguments(sent) from None
    site = Site.objects.filter(pk=told.pop("site")).first()
    if site is None:
        raise Absent()
    said = Said(seed=str(call.op_id), programme=None, site=site, **told)
    return take_from_telephone(call.by, said, call.op_id, call.author_signature)


UP = (
    Up(
        "voice.type_in_feedback",
        _("Message from somebody"),
        always=True,
        rescue=rescue,
        private=True,
        enters=enter,
        sends=_checked,
        attached=sounds.attached,
        earlier=EARLIER,
    ),
)
STAYS: Mapping[str, tuple[str, ...]] = {
    "Whoever answers reads the whole message, after saying that it is not about herself.": (
        "voice.answer_feedback",
        "voice.close_feedback",
        "voice.hand_outside",
        "voice.look_into",
        "voice.pass_on",
        "voice.put_aside_same",
        "voice.vouch_for",
        "voice.step_aside",
        "voice.take_feedback",
    ),
    "It comes from the page that needs no account, or is done by a job.": (
        "voice.disagree",
        "voice.erase_words",
        "voice.keep_sound",
        "voice.raise_danger",
        "voice.send_feedback",
    ),
    "What a person asks of her record is checked and decided with the record in view, by two.": (
        "voice.approve_deletion",
        "voice.begin_by_rule",
        "voice.decide_request",
        "voice.finish_request",
        "voice.keep_longer",
        "voice.lift_restriction",
        "voice.make_file",
        "voice.prepare_deletion",
        "voice.record_request",
        "voice.send_back_deletion",
    ),
    "It is about a programme and written from a document, at a screen.": ("voice.assess_impact",),
    "The board is written by one and put up by another, at a screen.": (
        "voice.put_up",
        "voice.take_down",
        "voice.write_line",
    ),
}


def install() -> None:
    """Called once, when Django is ready."""
    registries.knowledge.register("voice", travelling.knowledge)
    declare("voice", Declaration(up=UP, stays=STAYS))
