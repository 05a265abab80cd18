"""Health care that cannot wait after sexual violence, with the hours left. It asks nothing and depends on no record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.knowledge.value_sets import urgent_care
from karama.programme import packs
from karama.rules.urgent_care import AGO, LONGER, NOT_KNOWN, Left, hours_left

KIND: Final = "recent_sexual_violence"
"""The worry that opens with this screen."""


@dataclass(frozen=True)
class Line:
    """One kind of care: in words, with what is left of its time in words, and whether that may be over."""

    words: str
    left: str
    over: bool


def lines(ago: str) -> list[Line]:
    """The care in its order; `ago`: hours ago at the most (`rules.urgent_care.AGO`), `longer`, or not known."""
    cares = urgent_care()
    names = {one.code: packs.words(one.names) for one in cares}
    within = {one.code: one.within for one in cares}
    found = hours_left([one.timed for one in cares], ago)
    return [Line(names[one.code], _left(one, within[one.code]), one.over) for one in found]


def _left(one: Left, within: int | None) -> str:
    if not one.timed or within is None:
        return ""
    if one.hours is None:
        return ngettext("only within %(count)d hour", "only within %(count)d hours", within) % {"count": within}
    if one.hours == 0:
        return str(_("The time may be over: go all the same, a health worker decides."))
    return ngettext("at least %(count)d hour left", "at least %(count)d hours left", one.hours) % {"count": one.hours}


def choices() -> list[tuple[str, str | Promise]]:
    """How long ago, as it is tapped."""
    found: list[tuple[str, str | Promise]] = [
        (
            str(hours),
            ngettext("Less than %(count)d hour ago", "Less than %(count)d hours ago", hours) % {"count": hours},
        )
        for hours in AGO
    ]
    return [*found, (LONGER, _("Longer ago")), (NOT_KNOWN, _("Not known"))]


def context(ago: str) -> dict[str, Any]:
    """What the screen shows."""
    known = dict(choices())
    chosen = ago if ago in known else NOT_KNOWN
    return {"cares": lines(chosen), "agos": choices(), "ago": chosen}
