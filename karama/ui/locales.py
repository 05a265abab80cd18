"""Which country's habits a language follows for dates and numbers."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language

HABITS = {"en": "en_GB", "es": "es_419", "ar": "ar_IQ", "fr": "fr", "ckb": "ckb_IQ", "ht": "fr_HT"}
"""Arabic month names differ: Iraq and the Levant say kanun and shubat, Egypt yanayir. `KARAMA_HABITS`
changes an entry.
"""


def current() -> Locale:
    """The Babel locale of the language in use. A language Babel does not know follows English."""
    chosen: dict[str, str] = {**HABITS, **getattr(settings, "KARAMA_HABITS", {})}
    language = get_language() or "en"
    return _locale(chosen.get(language) or chosen.get(language.split("-")[0]) or language)


@lru_cache(maxsize=32)
def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")
