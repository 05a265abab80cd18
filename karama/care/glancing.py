"""What stands below an appointment on Today and in the calendar (J5): how pressing it is in a word, last goal, last
score with how it moved in words, a plan or none."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karama.accounts import today
from karama.care.queries.glance import Glance, glances
from karama.care.words import number
from karama.journal import Actor
from karama.safety.words import PRESSING

MOVED: Final[dict[str, tuple[str, str | Promise]]] = {
    "better": ("▲", _("reliably better")),
    "worse": ("▼", _("reliably worse")),
    "unchanged": ("=", _("no reliable change")),
    "unknown": ("", ""),
}
"""(mark for the eye, words). Up is better, whichever way the numbers of a measure go."""


def notes(*, by: Actor, people: Collection[UUID]) -> dict[UUID, str]:
    """Person -> markup below her appointment."""
    return {person: _drawn(one) for person, one in glances(by, people).items()}


def _drawn(one: Glance) -> str:
    mark, words = MOVED[one.moved.direction] if one.moved else ("", "")
    total = number(one.moved.total) if one.moved and one.moved.total is not None else ""
    told = {"one": one, "total": total, "mark": mark, "moved": words, "risk": PRESSING[one.risk]}
    return render_to_string("care/glance.html", told)


def install() -> None:
    """Called once, when Django is ready."""
    today.glances.register("care", notes)
