"""The parts of a person's care side by side, in plain words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.care import coursewords
from karama.care import medicalwords as said
from karama.care.glancing import MOVED
from karama.care.queries.changes import Moved
from karama.care.queries.sidebyside import Moving, Sides, Talked
from karama.care.words import number
from karama.ui.dates import day

Pairs = list[tuple[Any, Any]]


def sides(found: Sides) -> dict[str, Any]:
    """For the template: None stands for a part that this reader does not open."""
    return {
        "talked": _talked(found.talked) if found.talked is not None else None,
        "goals": [
            (one.words, coursewords.GOAL_BADGES[one.goal.state], coursewords.GOALS[one.goal.state])
            for one in (found.talked.goals if found.talked is not None else ())
        ],
        "moving": _moving(found.moving) if found.moving is not None else None,
        "medicines": None if found.medicines is None else [said.medicine_name(one) for one in found.medicines],
        "agreed": [words for _goal, words in found.agreed],
        "avoid": [said.word("cautions", one) for one in found.avoid],
    }


def _talked(one: Talked) -> Pairs:
    last = day(one.last) if one.last is not None else None
    return [(_("Last contact"), last), (_("Last score"), _score(one.score) if one.score is not None else _("None yet"))]


def _score(one: Moved) -> str:
    mark, words = MOVED[one.direction]
    total = number(one.total) if one.total is not None else _now("no total")
    return " ".join(str(each) for each in (one.name, total, mark, words) if each)


def _moving(one: Moving) -> Pairs:
    count = one.places
    places = ngettext("%(count)d place", "%(count)d places", count) % {"count": count} if count is not None else None
    rated = [(words, _rated(then, now)) for words, then, now in one.activities]
    return [*rated, (_("Where it hurt last"), places)]


def _rated(then: int | None, now: int | None) -> str:
    if then is None or now is None:
        return _now("Not rated yet")
    return _now("%(then)d of 10 then, %(now)d of 10 now") % {"then": then, "now": now}
