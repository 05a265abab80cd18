"""Telephone numbers: as people write them, and as a network takes them. Nothing here is ever printed or logged."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

FEWEST, MOST = 7, 15
"""Digits of a number with its country's code; ITU-T E.164 allows 15, and the shortest in use have 7."""

FEWEST_WITHIN: Final = 5
"""Digits of a number within a country nobody knows."""

_BETWEEN: Final = frozenset("-–—‑‒−.·/()[]（）")
_PLUS: Final = frozenset("+＋")
_TRUNK_IN_BRACKETS = re.compile(r"[(（]\s*0\s*[)）]")


@dataclass(frozen=True)
class Country:
    """How numbers of a country are written: its calling code, the digit dialled before a number within it (`trunk`,
    may be empty), and how many digits its numbers have after the code."""

    code: str
    trunk: str
    lengths: frozenset[int]

    def within(self, digits: str) -> str | None:
        """The number after the code, from digits dialled within the country; None when no number has so many."""
        rest = digits.removeprefix(self.trunk) if self.trunk else digits
        return next((one for one in (rest, digits) if len(one) in self.lengths), None)


def dialled(text: str, country: Country | None = None) -> str | None:
    """A number as a network takes it, such as "+9647701234567"; None when the text cannot be one number.

    Digits of any script; spaces, hyphens, dots and brackets do not count; 00 is +. A number within a country gets the
    code of `country`; where that is not known it stays as it is dialled there.
    """
    typed = _plain(text)
    if typed is None:
        return None
    digits, abroad = typed
    if abroad:
        digits = _without_trunk(digits, country)
        return f"+{digits}" if FEWEST <= len(digits) <= MOST and digits[0] != "0" else None
    if country is None:
        return digits if FEWEST_WITHIN <= len(digits) <= MOST else None
    rest = country.within(digits)
    if rest is None and digits.startswith(country.code):
        rest = country.within(digits.removeprefix(country.code))
    return None if rest is None else f"+{country.code}{rest}"


def _plain(text: str) -> tuple[str, bool] | None:
    """The digits, and whether a country's code leads them. In a line from the right a plus may stand behind them."""
    kept = "".join(one for one in text if not one.isspace() and unicodedata.category(one) != "Cf")
    abroad = kept[:1] in _PLUS or kept[-1:] in _PLUS
    if abroad or kept.startswith("00"):
        kept = _TRUNK_IN_BRACKETS.sub("", kept)
    kept = "".join(one for one in kept.strip("".join(_PLUS)) if one not in _BETWEEN)
    if not kept or not all(one.isdecimal() for one in kept):
        return None
    digits = "".join(str(unicodedata.decimal(one)) for one in kept)
    if not abroad and digits.startswith("00"):
        return digits[2:], True
    return digits, abroad


def _without_trunk(digits: str, country: Country | None) -> str:
    """A number with its code, without the 0 that many write behind the code of their own country."""
    if country is None or not digits.startswith(country.code) or not country.trunk:
        return digits
    rest = digits.removeprefix(country.code)
    shorter = rest.removeprefix(country.trunk)
    wrong = len(rest) not in country.lengths or (country.code != country.trunk and rest.startswith(country.trunk))
    return country.code + shorter if wrong and len(shorter) in country.lengths else digits
