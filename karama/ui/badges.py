"""The small marks: each is a colour, an icon and a word, so that colour never carries meaning alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Badge:
    """`tone` is a class of the stylesheet, `icon` a name in `icons.PATHS`, `word` what is printed."""

    tone: str
    icon: str
    word: str | Promise


KINDS: dict[str, Badge] = {
    "now": Badge("now", "alert", _("Now")),
    "today": Badge("today", "clock", _("Today")),
    "soon": Badge("soon", "calendar", _("Soon")),
    "open": Badge("soon", "bell", _("Open")),
    "taken": Badge("soon", "hand", _("Taken")),
    "waiting": Badge("today", "clock", _("Waiting")),
    "done": Badge("good", "check", _("Done")),
    "closed": Badge("soft", "check", _("Closed")),
    "draft": Badge("soft", "draft", _("Draft")),
    "held": Badge("today", "paused", _("Held for a person to decide")),
    "paused": Badge("today", "paused", _("Paused")),
    "unknown": Badge("soft", "unknown", _("Unknown")),
    "refused": Badge("soft", "minus", _("Refused")),
    "missing": Badge("soft", "minus", _("Not recorded")),
    "amended": Badge("soon", "amended", _("Corrected")),
    "historic": Badge("soft", "history", _("From before")),
    "locked": Badge("soft", "lock", _("Locked")),
    "verified": Badge("good", "shield", _("Verified")),
    "unreviewed": Badge("soft", "eye", _("Not yet reviewed")),
    "demo": Badge("today", "info", _("Demonstration")),
}
