"""Requests in plain words, for pages and lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from karama.people.models.minor import Kin
from karama.ui.dates import about, day
from karama.voice.models import Checked, Danger, Face, FeedbackKind, FeedbackState, Reason, RequestStanding, Right

Text = str | Promise
HOURS: Final = 24

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


FEEDBACK_KINDS: dict[str, Text] = {**dict(FeedbackKind.choices), "sensitive": pgettext_lazy("feedback", "Sensitive")}
FEEDBACK_STATES: dict[str, Text] = dict(FeedbackState.choices)
FACES: dict[str, Text] = dict(Face.choices)
DANGERS: dict[str, Text] = dict(Danger.choices)
CHANNELS: dict[str, Text] = {"web": _("From the page"), "paper": _("From paper")}
FEEDBACK_STEPS: dict[str, Text] = {
    "acknowledged": _("Taken"),
    "looked_into": _("Looked into"),
    "answered": _("Answered"),
    "outside": _("Handed to somebody outside"),
    "passed_on": _("Passed on as sensitive"),
    "put_aside": _("Put aside: many came with the same words"),
    "closed": pgettext_lazy("feedback", "Closed"),
    "disagreed": _("Whoever wrote does not agree"),
    "erased": _("Words deleted"),
}
STEP_ASKS: dict[str, Text] = {
    "looked_into": _("Note what you found out"),
    "answered": _("Answer, in words that are given back"),
    "outside": _("Handed to somebody outside: to whom, and how"),
    "passed_on": _("It is about harm by somebody who works here: pass it on, past this site"),
    "closed": _("Nothing more is to be done"),
}
FEEDBACK_BADGES = {
    "received": "open",
    "acknowledged": "taken",
    "answered": "done",
    "outside": "waiting",
    "closed": "closed",
    "erased": "closed",
}


def hours(left: int | None) -> str:
    """The clock of a message in words; empty when it is over."""
    if left is None:
        return ""
    if abs(left) >= HOURS:
        return clock(left // HOURS if left >= 0 else -(-left // HOURS))
    if left < 0:
        return ngettext("%(count)d hour overdue", "%(count)d hours overdue", -left) % {"count": -left}
    return ngettext("%(count)d hour left", "%(count)d hours left", left) % {"count": left}


def stretch(on: date, time: str) -> str:
    """The day, week or month in which a message came."""
    if time == "week":
        return str(_("the week from %(day)s")) % {"day": day(on)}
    return about(on, "month") if time == "month" else day(on)


def guardian(fields: Mapping[str, Any]) -> str:
    """A guardian in a few words: what she is called, and what she is to the child."""
    kin = dict(Kin.choices).get(str(fields.get("kin") or ""))
    return " · ".join(str(one) for one in (fields.get("called"), kin) if one)
