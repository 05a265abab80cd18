"""The facts of one row, each as what it is: a text, a code, a day as exactly as it is known, a number.

Whatever does not fit raises `RowRefused`: row, column and reason, never the value.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karama.interop.tabular.choosing import Chosen, DayOrder, plain
from karama.interop.tabular.planning import (
    BAD_DAY,
    FORMULA,
    FUTURE_DAY,
    LARGEST_KEY,
    LONG_KEY,
    NO_KEY,
    NOT_TEXT,
    OVERFLOW,
    TOO_LARGE,
    Refusal,
)
from karama.interop.tabular.reading import Cell, Formula, NotText, Row, TooLarge

UNKNOWN_CODE = _("this word is not known here: say what it means with --value")
UNSAID = _("this is not said, and nothing is assumed")
LONG_TEXT = _("this text is too long for where it would stand")
NO_NUMBER = _("this is no whole number within what is possible")
NO_CLOCK = _("this is no time of the clock: write it as 14:30")
FAR_DAY = _("this day lies too far ahead")
FIRST_YEAR: Final = 1890
ORDERS: Final[tuple[DayOrder, ...]] = ("ymd", "dmy", "mdy")
_ABOUT: Final = re.compile(r"^(?:~|≈|±|c\.|ca\.?\s|about\s|approx\.?\s|aprox\.?\s|hacia\s|vers\s|environ\s|حوالي\s)\s*")
_PARTS: Final = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_CLOCK: Final = re.compile(r"(?:([^:]+)[ t])?(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?: ?([ap]\.?m\.?))?")
_MONTH: Final = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")


class RowRefused(Exception):
    """The first thing of a row that does not fit refuses the whole row: never half a row."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal.row))
        self.refusal = refusal


@dataclass(frozen=True)
class About:
    """A day as exactly as it is known: of a month its first day, of a year its first."""

    day: date
    precision: str


@dataclass(frozen=True)
class RowReader:
    """Reads one row as it was chosen. `today`: nothing lies after it."""

    row: Row
    chosen: Chosen
    today: date

    def refuse(self, name: str, why: str | Promise) -> RowRefused:
        """The refusal of this row because of one field."""
        return RowRefused(Refusal(self.row.number, self.chosen.columns.get(name, name), why))

    def whole(self) -> None:
        """The row has no more cells than there are columns."""
        if self.row.overflow:
            raise RowRefused(Refusal(self.row.number, "", OVERFLOW))

    def key(self) -> str:
        """The programme's own key of the person."""
        key = self.text("key", LARGEST_KEY, LONG_KEY)
        if not key:
            raise self.refuse("key", NO_KEY)
        return key

    def text(self, name: str, most: int, too_long: str | Promise = LONG_TEXT) -> str:
        """The words of a cell, or nothing."""
        cell = self._cell(name)
        text = "" if cell is None else unicodedata.normalize("NFC", str(cell)).strip()
        if any(unicodedata.category(letter) in ("Cc", "Cs", "Co") or letter in _TURNING for letter in text):
            raise self.refuse(name, NOT_TEXT)
        if len(text) > most:
            raise self.refuse(name, too_long)
        return text

    def code(self, name: str, codes: tuple[str, ...]) -> str:
        """The code that the word in a cell means; empty when the cell is."""
        cell = self._cell(name)
        if cell is None:
            return ""
        word = plain(str(cell))
        found = self.chosen.values.get(name, {}).get(word) or {plain(one): one for one in codes}.get(word)
        if found is None:
            raise self.refuse(name, UNKNOWN_CODE)
        return found

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number between the two, or nothing."""
        cell = self._cell(name)
        if cell is None:
            return None
        try:
            value = int(plain(str(cell)))
        except ValueError:
            raise self.refuse(name, NO_NUMBER) from None
        if not least <= value <= most:
            raise self.refuse(name, NO_NUMBER)
        return value

    def clock(self, name: str) -> str:
        """A time of the clock as HH:MM, or nothing; a day that stands before it in the cell is another's to read.

        Anything else before it, such as the beginning of a span, may turn what it says: that is refused.
        """
        cell = self._cell(name)
        if cell is None:
            return ""
        found = None if isinstance(cell, date) else _CLOCK.fullmatch(plain(str(cell)))
        if found is None or (found[1] is not None and not _is_day(found[1])):
            raise self.refuse(name, NO_CLOCK)
        hour, minute, half = int(found[2]), int(found[3]), (found[4] or "").replace(".", "")
        if half and not 1 <= hour <= 12:
            raise self.refuse(name, NO_CLOCK)
        hour = hour % 12 + 12 * (half == "pm") if half else hour
        if hour > 23 or minute > 59:
            raise self.refuse(name, NO_CLOCK)
        return f"{hour:02}:{minute:02}"

    def about(self, name: str, ahead: int = 0) -> About | None:
        """A day, a month, a year, or about one of them; or nothing. `ahead`: how many days it may lie in the future."""
        cell = self._cell(name)
        if cell is None:
            return None
        if isinstance(cell, date):
            found: About | None = About(cell, "day")
        else:
            found = about(plain(str(cell)), self.chosen.days)
        if found is None or found.day.year < FIRST_YEAR:
            raise self.refuse(name, BAD_DAY)
        if found.day > self.today + timedelta(days=ahead):
            raise self.refuse(name, FAR_DAY if ahead else FUTURE_DAY)
        return found

    def _cell(self, name: str) -> Cell:
        if name in self.chosen.always:
            return self.chosen.always[name]
        column = self.chosen.columns.get(name)
        cell = None if column is None else self.row.cells.get(column)
        if isinstance(cell, Formula):
            raise self.refuse(name, FORMULA)
        if isinstance(cell, TooLarge):
            raise self.refuse(name, TOO_LARGE)
        if isinstance(cell, NotText):
            raise self.refuse(name, NOT_TEXT)
        if cell is not None and not isinstance(cell, date) and plain(str(cell)) in self.chosen.missing:
            return None
        return cell


_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of a text: in a name they make a page read something else."""


def about(text: str, order: DayOrder) -> About | None:
    """What a written day says, as exactly as it says it; None when it cannot be read without guessing."""
    roughly = _ABOUT.match(text)
    rest = text[roughly.end() :] if roughly else text.removesuffix("?").strip()
    found = _exactly(rest, order)
    if found is not None and (roughly or text.endswith("?")):
        return About(found.day, "approx")
    return found


def _exactly(text: str, order: DayOrder) -> About | None:
    try:
        if (whole := _PARTS.fullmatch(text)) is not None:
            return _in_order([whole[1], whole[2], whole[3]], order)
        if (month := _MONTH.fullmatch(text)) is not None:
            return About(date(int(month[1] or month[4]), int(month[2] or month[3]), 1), "month")
        if re.fullmatch(r"\d{4}", text) is not None:
            return About(date(int(text), 1, 1), "year")
    except ValueError:
        return None
    return None


def _is_day(text: str) -> bool:
    """Whether a text is one whole day, in whatever order."""
    read = (_exactly(text.strip(), order) for order in ORDERS)
    return any(one is not None and one.precision == "day" for one in read)


def _in_order(parts: list[str], order: DayOrder) -> About | None:
    """A day whose year stands first reads itself; any other one needs its order to have been said."""
    if len(parts[0]) == 4:
        return About(date(int(parts[0]), int(parts[1]), int(parts[2])), "day")
    if order == "ymd" or len(parts[2]) != 4:
        return None
    day, month = (parts[0], parts[1]) if order == "dmy" else (parts[1], parts[0])
    return About(date(int(parts[2]), int(month), int(day)), "day")
