"""What telephones learn before they register somebody: what is read aloud, what is asked, how identity may be kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from karama.journal import Actor
from karama.knowledge.packs import Pack
from karama.people.access import REGISTERING
from karama.people.wordings import PURPOSES
from karama.people.words import CARDS, Told
from karama.programme.travelling import pack_of
from karama.rules.classes import CONSENT_PURPOSES
from karama.sync.knowledge import in_languages, once_for_each

USUAL_WORDS: Final = _("Hello. This is a reminder for tomorrow.")
"""The house's own words when nobody chose others: neither who writes, nor where, when or why to come."""


def knowledge(by: Actor) -> Mapping[str, Any]:
    """The part `people`, for duties that register."""
    pack = pack_of(by)
    return {} if pack is None or by.duty not in REGISTERING else {"people": _part(pack)}


@once_for_each
def _part(pack: Pack) -> Mapping[str, Any]:
    texts = {one.purpose: one for one in pack.consent_texts}
    asked = [*CARDS, *(one for one in CONSENT_PURPOSES if one not in CARDS and one in texts)]
    return {
        "limits": _read(pack.limits.version, pack.limits.words),
        "consents": [
            {
                "purpose": purpose,
                "titles": in_languages(PURPOSES[purpose]),
                "first": purpose in CARDS,
                **(_read(texts[purpose].version, texts[purpose].words) if purpose in texts else _read("", {})),
            }
            for purpose in asked
        ],
        "modes": list(pack.identity_modes),
        "phrases": [{"code": "usual", "words": in_languages(USUAL_WORDS)}],
    }


def _read(version: str, words: Mapping[str, str]) -> dict[str, Any]:
    digests = {language: Told(text, version, language).digest for language, text in words.items()}
    return {"version": version, "words": dict(words), "digests": digests}
