"""Codes of this room in words, for its pages."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.groups.models import (
    ActivityKind,
    AttendanceState,
    Basis,
    CheckInState,
    FidelityAnswer,
    Form,
    GroupKind,
    Leaving,
    MeetingModality,
    Rater,
    WhyNot,
)
from karama.people.models.person import AgeBand
from karama.ui.dates import day
from karama.ui.listing import in_a_row

KINDS: Final = dict(GroupKind.choices)
FORMS: Final = dict(Form.choices)
STATES: Final = dict(AttendanceState.choices)
MODALITIES: Final = dict(MeetingModality.choices)
ANSWERS: Final = dict(FidelityAnswer.choices)
WHY: Final = dict(WhyNot.choices)
RATERS: Final = dict(Rater.choices)
LEAVING: Final = {code: label for code, label in Leaving.choices if code in ("left", "moved", "other_group")}
CHECK_INS: Final = dict(CheckInState.choices)
ACTIVITIES: Final = dict(ActivityKind.choices)
BASES: Final = dict(Basis.choices)
BANDS: Final = tuple((code, label) for code, label in AgeBand.choices)
SEXES: Final = (
    ("F", pgettext_lazy("in a count", "Women and girls")),
    ("M", pgettext_lazy("in a count", "Men and boys")),
    ("unknown", pgettext_lazy("in a count", "Not known, or other")),
)
WEEKDAYS: Final = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)
MOODS: Final = (
    (1, _("Very heavy")),
    (2, _("Heavy")),
    (3, _("In between")),
    (4, _("Light")),
    (5, _("Very light")),
)
CHECK_IN_BADGES: Final = {
    "open": "open",
    "done": "done",
    "not_wanted": "refused",
    "not_reached": "missing",
    "ended": "closed",
}
ITEMS: Final[dict[str, Any]] = {
    "occurred_on": _("Day"),
    "modality": _("How it was held"),
    "minutes": _("Minutes"),
    "walk_ins": _("People without a place on the list"),
    "activities": _("Activities that were done"),
}
"""What two records may differ in; attendance and parts of the plan have names of their own."""


def value(item: str, told: Any, parts: dict[str, str]) -> Any:
    """What a record says, in words. `parts`: activities and fidelity items by code."""
    if item == "attendance":
        return STATES.get(str(told), "")
    if item == "modality":
        return MODALITIES.get(str(told), "")
    if item == "occurred_on":
        from datetime import date

        return day(date.fromisoformat(str(told)))
    if item == "activities":
        return in_a_row(parts.get(code, code) for code in str(told).split())
    if item.startswith("fidelity."):
        answer, _space, why = str(told).partition(" ")
        return f"{ANSWERS.get(answer, '')}: {WHY[why]}" if why in WHY else ANSWERS.get(answer, "")
    return told


def cycle_of(number: int) -> str:
    """Which cycle of a group."""
    return _now("Cycle %(number)d") % {"number": number}


def of_so_many(number: int, planned: int | None) -> str:
    """Meeting n, of m where that is known."""
    if planned is None:
        return _now("Meeting %(number)d") % {"number": number}
    return _now("Meeting %(number)d of %(planned)d") % {"number": number, "planned": planned}
