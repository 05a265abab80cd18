"""A day in a second calendar, for a reader who counts by one beside the calendar of her country."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from hijridate import Gregorian

HIJRI: Final = "hijri"
CALENDARS: Final = {"": _("No second calendar"), HIJRI: _("Hijri (Umm al-Qura)")}
"""The calendars a reader may have shown beside. Umm al-Qura: the tables of Saudi Arabia, from 1343 to 1500."""

MONTHS: Final = (
    pgettext_lazy("a Hijri month", "Muharram"),
    pgettext_lazy("a Hijri month", "Safar"),
    pgettext_lazy("a Hijri month", "Rabi al-Awwal"),
    pgettext_lazy("a Hijri month", "Rabi al-Thani"),
    pgettext_lazy("a Hijri month", "Jumada al-Ula"),
    pgettext_lazy("a Hijri month", "Jumada al-Akhira"),
    pgettext_lazy("a Hijri month", "Rajab"),
    pgettext_lazy("a Hijri month", "Shaban"),
    pgettext_lazy("a Hijri month", "Ramadan"),
    pgettext_lazy("a Hijri month", "Shawwal"),
    pgettext_lazy("a Hijri month", "Dhu al-Qada"),
    pgettext_lazy("a Hijri month", "Dhu al-Hijja"),
)

_chosen: ContextVar[str] = ContextVar("second_calendar", default="")


def choose(calendar: str) -> None:
    """What the pages of this request show beside each day; empty for nothing."""
    _chosen.set(calendar if calendar in CALENDARS else "")


def beside(day: date) -> str:
    """The day in the reader's second calendar; empty without one, and for a day outside its tables.

    A Hijri day begins at sunset of the evening before; it is told for the daylight of the day.
    """
    if _chosen.get() != HIJRI:
        return ""
    try:
        told = Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError:
        return ""
    return f"{told.day} {MONTHS[told.month - 1]} {told.year}"
