"""Families in plain words: where a goal stands, who was there, why there is no number."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.care.models import FamilyAttended, FamilyGoalState
from karama.ui.numerals import number

Text = str | Promise

GOALS: dict[str, Text] = dict(FamilyGoalState.choices)
GOAL_BADGES = {"open": "open", "in_progress": "taken", "met": "done", "left": "closed"}
STATES: dict[str, Text] = dict(FamilyAttended.choices)
STATE_BADGES = {"came": "done", "absent": "refused", "unsaid": "missing"}

TAPS: dict[str, Text] = {
    "asked": pgettext_lazy("at a session of a family", "Here; safety asked, alone"),
    "not_asked": pgettext_lazy("at a session of a family", "Here; safety not asked"),
    "not_appropriate": pgettext_lazy("at a session of a family", "Here; not a day to ask"),
    "absent": pgettext_lazy("at a session of a family", "Not here"),
}
"""One tap for each member."""

AS_BEFORE: Text = pgettext_lazy("at a session of a family", "Here, as written before")

NO_NUMBER: dict[str, Text] = {
    "differs": _("They do not agree on a number"),
    "refused": _("No wish to say"),
    "dont_know": _("Does not know"),
    "not_asked": _("Not asked"),
}
"""Why there is no number (`rules.families.NO_NUMBER`)."""

ALONE = ("refused", "dont_know", "not_asked")
TOGETHER = ("differs", "refused")

RISK: dict[str, Text] = {
    "yes": _("Safety was asked about"),
    "no": _("Safety was not asked about"),
    "not_appropriate": _("It was not a day to ask about safety"),
}


def said(value: Any) -> Text:
    """What was said: a number, or why there is none. Nothing is never zero."""
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value)
    return NO_NUMBER.get(str(value), _("Not recorded"))
