"""Safe hours in the reader's words, as a form asks for them, and whether a machine may send in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from babel.dates import format_time, get_day_names
from django.utils.translation import gettext_lazy as _

from karama.people.numbers import is_number
from karama.rules.messages import DAYS, QUIET, ContactRule, Hours, may_send, safe_hours
from karama.ui.locales import current

NEVER: Mapping[str, Any] = {
    "never": _("Never: this person is not contacted"),
    "undecided": _("Never: it is not decided how"),
    "other_way": _("Never: another way was agreed"),
    "no_address": _("Never: this is not a number"),
    "hours_unclear": _("Never: the hours are in words, and no machine can read them"),
}


def weekdays() -> list[tuple[str, str]]:
    """The days of the week as they are kept, and in the reader's words."""
    names = get_day_names("wide", locale=current())
    return [(code, str(names[place])) for place, code in enumerate(DAYS)]


def said(text: str | None) -> str:
    """Hours in the reader's words; what a machine cannot read stays as it was written."""
    found = safe_hours(text or "")
    if not found:
        return text or ""
    names = dict(weekdays())
    told: dict[frozenset[int], list[str]] = {}
    for one in found:
        told.setdefault(one.days, []).append(f"{_clock(one, starts=True)}\u2013{_clock(one, starts=False)}")
    lines = []
    for days, hours in told.items():
        led = " ".join(names[DAYS[each]] for each in sorted(days))
        lines.append(f"{led}: {', '.join(hours)}" if led else ", ".join(hours))
    return "; ".join(lines)


def _clock(one: Hours, *, starts: bool) -> str:
    return str(format_time(one.starts if starts else one.ends, "HH:mm", locale="en"))


def typed(text: str | None) -> tuple[list[str], str]:
    """Days and hours as the form shows them: days apart where they are the same for all hours, else the whole text."""
    found = safe_hours(text or "")
    if not found or len({one.days for one in found}) > 1 or not found[0].days:
        return [], text or ""
    hours = ", ".join(f"{_short(one.starts)}-{_short(one.ends)}" for one in found)
    return [DAYS[each] for each in sorted(found[0].days)], hours


def _short(moment: Any) -> str:
    return f"{moment.hour}:{moment.minute:02}" if moment.minute else str(moment.hour)


def kept(days: Collection[str], hours: str) -> str:
    """One text out of the ticked days and the typed hours. Days alone mean the day, without the night."""
    chosen = [one for one in DAYS if one in days]
    if not chosen or len(chosen) == len(DAYS):
        return hours.strip()
    return f"{' '.join(chosen)} {hours.strip() or f'{_short(QUIET.ends)}-{_short(QUIET.starts)}'}"


def by_itself(contact: Mapping[str, Any], site: UUID) -> Any:
    """Whether a neutral message may leave by itself, and when, in words."""
    channel, hours = str(contact["channel"]), str(contact.get("safe_hours") or "")
    fits = bool(contact.get("address")) and is_number(channel, str(contact["address"]), site)
    answer = may_send([ContactRule(channel, hours, fits)])
    if not answer.allowed:
        return NEVER.get(answer.why, NEVER["other_way"])
    return _("In the safe hours only") if answer.hours else _("By day, between 8 and 20 o'clock")
