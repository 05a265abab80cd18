"""Supervision in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.care.medicalwords import said
from karama.care.queries.remarkable import Remarkable
from karama.knowledge.value_sets import coded
from karama.rules.competency import LEVELS, harmful
from karama.ui.addresses import reverse
from karama.ui.dates import day as day_words

Text = str | Promise

ANSWERS: Final[dict[str, Text]] = {"agrees": _("says it was so"), "differs": _("sees it differently")}
REVIEWS: Final[dict[str, Text]] = {
    "ok": _("Read: it is well"),
    "ask": _("Asked about"),
    "take_over": _("Taken over"),
}
STUCK: Final[dict[str, tuple[str, Text]]] = {
    "no_lead": ("now", _("Nobody is responsible")),
    "no_contact": ("now", _("Waits, and nobody stays in touch")),
    "worse": ("today", _("Worse on several measures")),
    "waiting": ("waiting", _("Waits too long")),
    "silent": ("waiting", _("No contact for long")),
}
"""Why it does not move -> (badge, words)."""
LOOKS: Final[dict[str, Text]] = {
    "ok": _("Looked at: it is as it should be"),
    "ask": _("The colleague was asked"),
    "take_over": _("Taken over"),
    "back": _("Put back on the list"),
}
ABOUT: Final[dict[str, Text]] = {
    "alert": _("About an alert that was closed"),
    "note": _("About a note"),
    "episode": _("About how care goes on"),
}
QUESTION_STATES: Final[dict[str, tuple[str, Text]]] = {
    "waits": ("waiting", _("No answer yet")),
    "answered": ("done", _("Answered")),
    "gone": ("open", _("Cannot answer any more")),
}
LEVEL_BADGES: Final = {"could_harm": "now", "lacks": "open", "basic": "done", "advanced": "done"}
REMARKABLE: Final[dict[str, tuple[str, Text]]] = {
    "better": ("done", _("Reliably better")),
    "met": ("done", _("A goal was met")),
    "back": ("done", _("Came again after a long time")),
    "on_time": ("done", _("All check-ins were on time")),
    "harm": ("now", _("A skill could do harm")),
    **STUCK,
    "unsupervised": ("waiting", _("Not supervised by you for six weeks")),
}
"""Kind -> (badge, words)."""
OF_COLLEAGUE: Final = ("on_time", "harm", "unsupervised")


def skills(ratings: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(badge, skill, level) as they were seen: what could do harm first, then the lowest. Never one number of all."""
    names = {one.code: said(one.names) for one in coded("competencies")}
    levels = {one.code: said(one.names) for one in coded("competency_levels")}
    first = set(harmful(ratings))
    order = sorted(ratings, key=lambda one: (one not in first, _rank(ratings[one]), one))
    return [
        (LEVEL_BADGES.get(ratings[one], "now"), names.get(one, one), levels.get(ratings[one], ratings[one]))
        for one in order
    ]


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else 0


def remarkable(one: Remarkable) -> dict[str, Any]:
    """A line of what to celebrate or to look at."""
    badge, words = REMARKABLE[one.what]
    colleague = one.what in OF_COLLEAGUE
    name = "hold_supervision" if colleague else "episode"
    skill = next((said(each.names) for each in coded("competencies") if each.code == one.more), "")
    return {
        "code": "" if colleague else one.who,
        "name": one.who if colleague else "",
        "line": f"{words}: {skill}" if skill else _never(one) or words,
        "badge": badge,
        "on": one.on,
        "href": "" if one.what == "on_time" else reverse(f"care:{name}", args=[one.of]),
    }


def _never(one: Remarkable) -> str:
    return _now("Not supervised by you yet") if one.what == "unsupervised" and one.on is None else ""


def ago_words(since: date, today: date) -> str:
    """How long ago a day was."""
    days = (today - since).days
    return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days} if days > 0 else _now("Today")


def last_words(last: date | None, today: date) -> str:
    """How long ago somebody was supervised by the reader, or that she never was."""
    if last is None:
        return _now("Not supervised by you yet")
    days = (today - last).days
    if days <= 0:
        return _now("Supervised by you today")
    ago = ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    return _now("Supervised by you %(ago)s, on %(day)s") % {"ago": ago, "day": day_words(last)}


def fidelity_words(parts: tuple[int, int, int] | None) -> str:
    """Fidelity of group meetings in counts of parts; empty where none was written down."""
    if parts is None:
        return ""
    told = {"done": parts[0], "adapted": parts[1], "not_done": parts[2]}
    return _now("Parts of group meetings: %(done)d done, %(adapted)d adapted, %(not_done)d not done") % told
