"""What this room's codes are called on screens."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.notices.models import MessageState, Why
from karama.notices.queries import MessageLine
from karama.reception.models import ArrivalState, CancelReason, FollowUpEnd, TryResult, Way
from karama.reception.models import appointment as appointments

Text = str | Promise

MORE_LANGUAGES = ("hy", "kg", "kmr", "kr", "lua", "pcm", "prs", "qu", "ru", "sgn", "syr", "zza")
"""Languages that are interpreted, beside those which people are offered as their own."""
STATES: dict[str, Text] = {**dict(appointments.STATES), "taken": pgettext_lazy("a time", "Taken")}
STATE_BADGES = {
    "planned": "open", "arrived": "today", "in_room": "taken", "done": "done", "missed": "missing",
    "cancelled": "closed", "moved": "amended", "taken": "locked",
}  # fmt: skip
REASONS: dict[str, Text] = dict(CancelReason.choices)
ARRIVALS: dict[str, Text] = dict(ArrivalState.choices)
ARRIVAL_BADGES = {"waiting": "waiting", "called": "today", "with": "taken", "left": "done"}
NEEDS: dict[int, Text] = {
    0: pgettext_lazy("need of somebody who waits", "Not said yet"),
    1: pgettext_lazy("need of somebody who waits", "Most pressing"),
    2: pgettext_lazy("need of somebody who waits", "Pressing"),
    3: pgettext_lazy("need of somebody who waits", "Usual"),
    4: pgettext_lazy("need of somebody who waits", "Can wait"),
}
NEED_BADGES = {0: "today", 1: "today", 2: "soon", 3: "waiting", 4: "waiting"}
WAYS: dict[str, Text] = dict(Way.choices)
RESULTS: dict[str, Text] = dict(TryResult.choices)
ENDS: dict[str, Text] = dict(FollowUpEnd.choices)
MESSAGES: dict[str, Text] = dict(MessageState.choices)
MESSAGE_BADGES = {"queued": "waiting", "sent": "done", "delivered": "done", "failed": "paused", "stopped": "paused"}
WHY: dict[str, Text] = dict(Why.choices)
STEPS: dict[tuple[str, str], Text] = {
    ("planned", "arrived"): _("Is here"),
    ("arrived", "in_room"): _("Goes into the room"),
    ("in_room", "done"): _("Has gone"),
    ("in_room", "arrived"): _("Not in the room yet"),
    ("arrived", "planned"): _("Not here after all"),
    ("missed", "arrived"): _("Came after all"),
}
"""A button for each step of the law that a tap may take."""


def reminder_words(line: MessageLine | None, *, why: bool) -> tuple[str, Text, Text] | None:
    """(badge, state, reason) of a reminder; the reason only for those who work with the person."""
    if line is None:
        return None
    if line.why == "undelivered":
        return "paused", _("The reminder did not arrive"), ""
    return MESSAGE_BADGES[line.state], MESSAGES[line.state], WHY.get(line.why, "") if why else ""
