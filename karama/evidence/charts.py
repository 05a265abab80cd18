"""Shares with their intervals as one small picture, drawn on the server. The table behind it stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from karama.evidence.sections import Bar
from karama.ui.numerals import percent

WIDTH, MARGIN, ABOVE, STEP = 480, 24, 8, 46
"""In units of the view box."""


def shares(bars: Sequence[Bar], title: str) -> SafeString:
    """A dot for each share on an axis from 0 to 100 %, a stroke for its interval, a pale box for its bounds."""
    if not bars:
        return mark_safe("")
    rtl = bool(get_language_bidi())

    def x(value: float) -> float:
        place = MARGIN + value * (WIDTH - 2 * MARGIN)
        return round(WIDTH - place if rtl else place, 1)

    height = ABOVE + STEP * len(bars) + 24
    context = {
        "title": title,
        "width": WIDTH,
        "height": height,
        "floor": height - 24,
        "label_x": WIDTH - MARGIN if rtl else MARGIN,
        "value_x": MARGIN if rtl else WIDTH - MARGIN,
        "direction": "rtl" if rtl else "ltr",
        "ticks": [{"x": x(share), "words": percent(share)} for share in (0, 0.25, 0.5, 0.75, 1)],
        "bars": [_drawn(bar, ABOVE + STEP * place, x) for place, bar in enumerate(bars)],
        "legend": _("Dot: share of people. Stroke: 95 % interval."),  # in a template "%" would find no words
        "key": any(bar.worst is not None for bar in bars),
        "description": "; ".join(f"{bar.label}: {percent(bar.value)}" for bar in bars),
    }
    return mark_safe(render_to_string("evidence/shares.html", context))


def _drawn(bar: Bar, top: int, x: Callable[[float], float]) -> dict[str, object]:
    ends = sorted((x(bar.low), x(bar.high)))
    drawn: dict[str, object] = {
        "label": bar.label,
        "value": percent(bar.value),
        "text_y": top + 16,
        "y": top + 31,
        "x": x(bar.value),
        "points": f"{ends[0]},{top + 31} {ends[1]},{top + 31}",
    }
    if bar.worst is not None and bar.best is not None:
        sides = sorted((x(bar.worst), x(bar.best)))
        drawn["bounds"] = {"x": sides[0], "y": top + 24, "width": round(sides[1] - sides[0], 1)}
    return drawn
