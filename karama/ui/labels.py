"""The labels of a measure's card - topics, answers, ranges, scales, populations - in the language of the reader.

They are our own words, never the wording of an instrument: the extractor reads them from the cards.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language, override, pgettext

CONTEXT = "measure"
ABBREVIATIONS = frozenset({"nhs", "ptsd"})


def said(label: str | None) -> str:
    """A label of a card in the language in use; empty for none."""
    if not label:
        return ""
    plain = label.replace("_", " ")
    words = pgettext(CONTEXT, plain)
    if words != plain:
        return words
    return " ".join(one.upper() if one in ABBREVIATIONS else one for one in plain.split(" "))


def said_in(language: str, label: str) -> str:
    """A label in the language in which somebody is asked; in English where the interface does not speak it."""
    base = (language or get_language() or "en").split("-")[0]
    with override(base if base in dict(settings.LANGUAGES) else "en"):
        return said(label)
