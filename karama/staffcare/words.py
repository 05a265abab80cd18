"""What the pages of this room say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import clock
from karama.ui.listing import in_a_row
from karama.ui.locales import language

STATES: Final[dict[str, str | Promise]] = {
    "asked": pgettext_lazy("a talk", "Asked, no answer yet"),
    "taken": pgettext_lazy("a talk", "Somebody will talk with you"),
    "talked": pgettext_lazy("a talk", "You talked"),
    "withdrawn": pgettext_lazy("a talk", "Withdrawn"),
    "back": pgettext_lazy("a talk", "Nobody could take it"),
}
BADGES: Final = {"asked": "waiting", "taken": "taken", "talked": "done", "withdrawn": "closed", "back": "today"}

SLOTS: Final[dict[str, str | Promise]] = {
    "soon": _("As soon as possible"),
    "evening": _("This evening at six"),
    "morning": _("Tomorrow at nine"),
    "afternoon": _("Tomorrow at three in the afternoon"),
}
"""When somebody may call, by one tap."""


def moment_of(slot: str, wait: timedelta) -> datetime | None:
    """The moment of a slot, by the clock of the place; None when it is no slot or over. `wait`: how soon is soon."""
    here = timezone.localtime(clock.now())
    found = {
        "soon": here + wait,
        "evening": _at(here, 0, 18),
        "morning": _at(here, 1, 9),
        "afternoon": _at(here, 1, 15),
    }.get(slot)
    return found if found is not None and found > here + timedelta(minutes=30) else None


def slots(wait: timedelta) -> list[tuple[str, str | Promise]]:
    """The slots that lie ahead, with their words."""
    return [(code, told) for code, told in SLOTS.items() if moment_of(code, wait) is not None]


def _at(here: datetime, days: int, hour: int) -> datetime:
    return datetime.combine(here.date() + timedelta(days=days), time(hour), here.tzinfo)


def languages(codes: Iterable[str]) -> str:
    """Languages in the reader's words."""
    return in_a_row(language(code) for code in codes)
