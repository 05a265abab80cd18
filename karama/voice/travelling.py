"""What telephones learn about feedback: the kinds in words, and who outside may be told instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from karama.journal import Actor
from karama.knowledge.pack_voice import Outside
from karama.programme.travelling import pack_of
from karama.safety.queries.emergency import numbers_in
from karama.sync.knowledge import in_languages, once_for_each
from karama.sync.wire import LARGEST_ATTACHED
from karama.voice import words
from karama.voice.packs import voice_by_code

LONGEST_SOUND: Final = 120
"""Seconds of one recording. A server that names them takes recordings in."""


def knowledge(by: Actor) -> Mapping[str, Any]:
    """The part `voice`, for every duty: whoever works here may pass on what somebody says."""
    pack = pack_of(by)
    outside = voice_by_code(pack.code if pack else None).outside
    told = {
        "kinds": _said(words.FEEDBACK_KINDS),
        "faces": _said(words.FACES),
        "dangers": _said(words.DANGERS),
        "sound": {"seconds": LONGEST_SOUND, "bytes": LARGEST_ATTACHED},
        "outside": [_outside(one) for one in outside if not one.draft],
    }
    return {"voice": told}


@once_for_each
def _said(labels: Mapping[str, words.Text]) -> list[Mapping[str, Any]]:
    return [{"code": code, "names": in_languages(label)} for code, label in labels.items()]


def _outside(one: Outside) -> Mapping[str, Any]:
    """Somebody outside, as a lead has confirmed; a number to dial where one stands in how to reach them."""
    numbers = [number for how in one.how.values() for number in numbers_in(how)]
    return {"names": dict(one.name), "how": dict(one.how), "telephone": numbers[0] if numbers else ""}
