"""The course of care in plain words: layers, wishes, reasons of closing, what switches a suggestion off."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.care.models import GoalState, Layer

Text = str | Promise

LAYERS: dict[str, Text] = dict(Layer.choices)
GOALS: dict[str, Text] = dict(GoalState.choices)
GOAL_BADGES = {
    "planned": "open",
    "in_progress": "taken",
    "met": "done",
    "partly": "waiting",
    "not_met": "missing",
    "dropped": "closed",
}

WISHES: dict[str, Text] = {
    "more": pgettext_lazy("the person wishes", "More than now"),
    "same": pgettext_lazy("the person wishes", "As it is"),
    "less": pgettext_lazy("the person wishes", "Less than now"),
    "unsure": pgettext_lazy("the person wishes", "Not sure"),
}

SEEN: dict[str, Text] = {
    "psychosis": _("Hears or believes what others do not"),
    "mania": _("Much too elated or driven"),
    "withdrawal": _("Withdrawal from alcohol or drugs"),
    "cognitive": _("Confused, or forgets a lot"),
}

WHY_OFF: dict[str, Text] = {
    "no_view": _("Your own view is missing."),
    "no_wish": _("What the person wishes is missing."),
    "safety_missing": _("A safety question has no answer: ask first."),
    "psychosis": _("A score was not made for somebody who hears or believes what others do not."),
    "mania": _("A score was not made for somebody who is much too elated or driven."),
    "withdrawal": _("A score was not made for withdrawal: somebody medical looks first."),
    "cognitive": _("A score was not made for somebody who is confused."),
}

DIRECTIONS: dict[str, Text] = {
    "up": _("A step up"),
    "down": _("A step down"),
    "same": _("As before"),
    "first": _("The first decision"),
}

REASONS: dict[str, Text] = {
    "goals_met": pgettext_lazy("why care ends", "The goals are met"),
    "completed": pgettext_lazy("why care ends", "Everything planned was done"),
    "improved": pgettext_lazy("why care ends", "The person is better and wants to stop"),
    "transferred": pgettext_lazy("why care ends", "Goes on at another site of ours"),
    "referred": pgettext_lazy("why care ends", "Goes on with another service"),
    "moved": pgettext_lazy("why care ends", "The person moved away"),
    "not_reached": pgettext_lazy("why care ends", "Cannot be reached any more"),
    "stopped_coming": pgettext_lazy("why care ends", "Stopped coming"),
    "own_wish": pgettext_lazy("why care ends", "The person's own wish"),
    "declined": pgettext_lazy("why care ends", "Declined before it began"),
    "ineligible": pgettext_lazy("why care ends", "Not what this service is for"),
    "unsafe": pgettext_lazy("why care ends", "Coming here is not safe for the person"),
    "service_ended": pgettext_lazy("why care ends", "The service ends"),
    "died": pgettext_lazy("why care ends", "The person died"),
}

OUTCOMES: dict[str, Text] = {
    "improved": pgettext_lazy("how it went", "Better"),
    "partly": pgettext_lazy("how it went", "Partly better"),
    "unchanged": pgettext_lazy("how it went", "Unchanged"),
    "worse": pgettext_lazy("how it went", "Worse"),
    "unknown": pgettext_lazy("how it went", "Not known"),
}

FOLLOW_UP: dict[str, Text] = {
    "yes": _("Yes, we may ask later"),
    "no": _("No"),
    "not_asked": _("Not asked"),
}

NEEDS: dict[str, Text] = {
    "1": _("Very pressing"),
    "2": _("Pressing"),
    "3": _("Can wait some weeks"),
    "4": _("Can wait"),
}

COSIGN: dict[str, tuple[str, Text]] = {
    "waiting": ("waiting", _("Waits for a co-sign")),
    "signed": ("done", _("Co-signed")),
    "asked": ("open", _("Asked about")),
    "taken_over": ("taken", _("Taken over")),
}
"""State of a note -> its badge and words."""

SESSION_HEADING: tuple[str, Text] = ("session", _("The session"))
"""What a session was written down with begins a note; the other headings are those of the pack."""

SUSPECTED: dict[str, Text] = {
    "none": _("No"),
    "suicide": _("Suicide is suspected"),
    "homicide": _("Violence by others is suspected"),
    "unknown": _("Not known"),
}
