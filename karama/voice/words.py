"""Requests in plain words, for pages and lists."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.voice.models import Checked, Reason, RequestStanding, Right

Text = str | Promise

RIGHTS: dict[str, Text] = dict(Right.choices)
STATES: dict[str, Text] = dict(RequestStanding.choices)
CHECKS: dict[str, Text] = dict(Checked.choices)
REASONS: dict[str, Text] = dict(Reason.choices)

STATE_BADGES = {
    "received": "open",
    "prepared": "waiting",
    "granted": "taken",
    "partly": "taken",
    "done": "done",
    "refused": "refused",
    "withdrawn": "closed",
}

ROOMS: dict[str, Text] = {
    "people": _("Who the person is, family, contact, who works with them"),
    "safety": _("Alerts and safety plans"),
    "reception": _("Appointments"),
    "care": _("Care: sessions, notes, answers, goals"),
    "voice": _("What was asked about the record"),
}

DECISIONS: tuple[tuple[str, Text], ...] = (
    ("granted", _("Granted")),
    ("partly", _("Granted in part")),
    ("refused", _("Refused")),
    ("withdrawn", _("No longer wanted")),
)


def room(code: str) -> Text:
    """A room in words; its code where there is none."""
    return ROOMS.get(code, code)


def clock(left: int | None) -> str:
    """The clock of a request in words; empty when it is over."""
    if left is None:
        return ""
    if left < 0:
        return ngettext("%(count)d day overdue", "%(count)d days overdue", -left) % {"count": -left}
    return ngettext("%(count)d day left", "%(count)d days left", left) % {"count": left}
