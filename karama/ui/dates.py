"""Days and moments in the reader's language, with the honesty of "about" where a day is not known exactly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from karama.ui import calendars
from karama.ui.locales import current
from karama.ui.numerals import NOTHING

PRECISIONS = {
    "day": gettext_lazy("exact day"),
    "month": gettext_lazy("month known"),
    "year": gettext_lazy("year known"),
    "approx": gettext_lazy("about then"),
}
"""How exactly a day is known: the one list of it."""


@dataclass(frozen=True)
class About:
    """A day with its precision. For `month` the day is the 1st, for `year` the 1st of January."""

    day: date
    precision: str = "day"

    def __str__(self) -> str:
        return about(self.day, self.precision)


def day(value: date | datetime | None) -> str:
    """A day, month in words: a written month cannot be misread as the 3rd of the 4th. Beside it in brackets the
    day of the reader's second calendar, if she has one."""
    if value is None:
        return NOTHING
    here = _local_day(value)
    told, second = str(format_date(here, format="d MMMM y", locale=current())), calendars.beside(here)
    return f"{told} ({second})" if second else told


def short_day(value: date | datetime | None) -> str:
    """The same with the month shortened, for tables and charts."""
    if value is None:
        return NOTHING
    return str(format_date(_local_day(value), format="d MMM y", locale=current()))


def about(value: date | None, precision: str = "day") -> str:
    """A day as exactly as it is known. Raises `KeyError` for a precision outside `PRECISIONS`."""
    if value is None:
        return NOTHING
    PRECISIONS[precision]
    if precision == "day":
        return day(value)
    if precision == "month":
        return str(format_date(value, format="MMMM y", locale=current()))
    if precision == "year":
        return str(value.year)
    return gettext("about %(day)s") % {"day": day(value)}


def moment(value: datetime | None) -> str:
    """Day and time at the place of the reader (the active time zone)."""
    if value is None:
        return NOTHING
    return gettext("%(day)s, %(clock)s") % {"day": short_day(value), "clock": clock(value)}


def clock(value: datetime | None) -> str:
    """Hour and minute, 24 hours: no doubt between morning and evening."""
    if value is None:
        return NOTHING
    return str(format_time(_local(value).time(), format="HH:mm", locale=current()))


def _local_day(value: date | datetime) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


def _local(value: datetime) -> datetime:
    """The moment where the reader is; as it stands at the ends of all times, where a clock that lies may put it."""
    try:
        return timezone.localtime(value) if timezone.is_aware(value) else value
    except OverflowError:
        return value
