"""Numbers and digits.

Policy: screens print the digits 0-9 in every language, because codes, scores and telephone numbers are read
aloud and
compared across languages; whatever a person types is accepted in any digits (Arabic-Indic, Persian,
Devanagari ...).
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language_bidi

from karama.ui.locales import current

NOTHING = "\u2013"
"""Printed where there is no value: missing is never zero."""

LEFT_TO_RIGHT = "\u200e"
"""An invisible letter: without one a minus is drawn behind its number in an Arabic sentence."""
ARABIC_DECIMAL, ARABIC_THOUSANDS = "\u066b", "\u066c"


def to_ascii_digits(text: str) -> str:
    """The same text with every decimal digit of every script written 0-9, and the Arabic separators as `.`
    and none.
    """
    plain = text.replace(ARABIC_DECIMAL, ".").replace(ARABIC_THOUSANDS, "")
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in plain)


def number(value: int | float | Decimal | None, places: int | None = None) -> str:
    """A number as the reader's language writes it. `places` fixes the decimals; without it up to three are
    shown. Among right-to-left words a minus keeps its side.
    """
    if value is None:
        return NOTHING
    pattern = None if places is None else "#,##0" + ("." + "0" * places if places else "")
    told = str(format_decimal(value, format=pattern, locale=current(), numbering_system="latn"))
    return LEFT_TO_RIGHT + told if value < 0 and get_language_bidi() else told


def percent(share: float | None, places: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    if share is None:
        return NOTHING
    pattern = "#,##0" + ("." + "0" * places if places else "") + "%"
    return str(format_percent(share, format=pattern, locale=current(), numbering_system="latn"))
