"""Which country's habits a language follows for dates and numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

HABITS = {"en": "en_GB", "es": "es_419", "ar": "ar_IQ", "fr": "fr", "ckb": "ckb_IQ", "ht": "fr_HT"}
"""Arabic month names differ: Iraq and the Levant say kanun and shubat, Egypt yanayir. `KARAMA_HABITS`
changes an entry.
"""
NAMES: dict[str, Any] = {
    "ar": _("Arabic"),
    "ckb": _("Sorani"),
    "de": _("German"),
    "en": _("English"),
    "es": _("Spanish"),
    "fr": _("French"),
    "ha": _("Hausa"),
    "ht": _("Haitian Creole"),
    "kmr": _("Kurmanji"),
    "prs": _("Dari"),
    "sgn": _("Sign language"),
    "sw": _("Swahili"),
}
"""Languages people speak, in words; also those this interface does not speak."""


def language(code: str) -> Any:
    """A language in words; its code where there is none."""
    short = code.split("-")[0]
    return NAMES.get(short) or current().languages.get(short, code)


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
