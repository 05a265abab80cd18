"""A line over time: the responses of one person to one instrument, with its cut-off and its reliable-change
band.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, gettext

from karama.ui.dates import day as day_words
from karama.ui.dates import short_day
from karama.ui.numerals import number

WIDTH, HEIGHT = 480, 270
START, END, ABOVE, BELOW = 40, 20, 26, 36
"""Margins in units of the view box: numbers of the scale, end of the line, top, days."""
INSET = 16
"""Room between the scale and the first point, so that its number stands free."""
EVERY_VALUE_UP_TO = 12
"""With more points than this only the first and last value are printed in the picture; the table has all."""

Text = str | Promise


@dataclass(frozen=True)
class Point:
    """One measurement. `value` None means there is no total (for example an unanswered item); `note` says
    why.
    """

    at: date
    value: float | None
    note: Text = ""


@dataclass(frozen=True)
class Band:
    """Values within which a change may be chance (baseline plus and minus the reliable change), in the
    scale's own units.
    """

    low: float
    high: float
    label: Text


@dataclass(frozen=True)
class Cutoff:
    """The line of this measure, with the words that say for whom it was set."""

    value: float
    label: Text


@dataclass(frozen=True)
class _Frame:
    """Turns days and values into places in the picture."""

    first: date
    days: int
    low: float
    high: float
    rtl: bool

    def x(self, at: date) -> float:
        share = (at - self.first).days / self.days if self.days else 0.5
        place = START + INSET + share * (WIDTH - START - END - 2 * INSET)
        return round(WIDTH - place if self.rtl else place, 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - BELOW - min(max(share, 0.0), 1.0) * (HEIGHT - ABOVE - BELOW), 1)


def line(
    points: Iterable[Point],
    *,
    title: Text,
    low: float,
    high: float,
    band: Band | None = None,
    cutoff: Cutoff | None = None,
    value_label: Text = "",
) -> SafeString:
    """Picture, key and table of `points` on a scale from `low` to `high`.

    Points are put in order of day. Without any point a sentence is printed instead. Raises `ValueError`
    when `high` is not
    above `low`.
    """
    if high <= low:
        raise ValueError("a scale needs a high end above its low end")
    ordered = sorted(points, key=lambda point: point.at)
    if not ordered:
        return mark_safe(render_to_string("ui/charts/nothing.html", {"title": title}))
    rtl = bool(get_language_bidi())
    frame = _Frame(ordered[0].at, (ordered[-1].at - ordered[0].at).days, low, high, rtl)
    context = {
        "title": title,
        "description": _description(ordered, cutoff),
        "width": WIDTH,
        "height": HEIGHT,
        "start": WIDTH - START if rtl else START,
        "end": END if rtl else WIDTH - END,
        "axis_x": WIDTH - START + 10 if rtl else START - 10,
        "axis_anchor": "start" if rtl else "end",
        "floor": HEIGHT - BELOW,
        "day_y": HEIGHT - 12,
        "direction": "rtl" if rtl else "ltr",
        "grid": [
            {"y": frame.y(value), "text_y": frame.y(value) + 4, "value": number(value)} for value in _ticks(low, high)
        ],
        "paths": [" ".join(f"{frame.x(p.at)},{frame.y(p.value or 0)}" for p in run) for run in _runs(ordered)],
        "dots": _dots(ordered, frame),
        "gaps": [{"x": frame.x(point.at), "y": HEIGHT - BELOW} for point in ordered if point.value is None],
        "days": _days(ordered, frame),
        "band": _band(band, frame),
        "cutoff": None
        if cutoff is None
        else {"y": frame.y(cutoff.value), "label": cutoff.label, "value": number(cutoff.value)},
        "table": [(day_words(p.at), number(p.value), p.note) for p in ordered],
        "value_label": value_label or gettext("Total"),
    }
    return mark_safe(render_to_string("ui/charts/line.html", context))


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Stretches without a missing value: the line breaks where a value is missing."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if len(run) > 1]


def _dots(points: Sequence[Point], frame: _Frame) -> list[dict[str, object]]:
    known = [point for point in points if point.value is not None]
    said = known if len(known) <= EVERY_VALUE_UP_TO else [known[0], known[-1]]
    dots: list[dict[str, object]] = []
    for point in known:
        y = frame.y(point.value or 0)
        text_y = y - 11 if y > ABOVE + 6 else y + 22
        dots.append(
            {
                "x": frame.x(point.at),
                "y": y,
                "text_y": text_y,
                "value": number(point.value) if point in said else "",
            }
        )
    return dots


def _days(points: Sequence[Point], frame: _Frame) -> list[dict[str, object]]:
    """The first and the last day, each held inside the picture."""
    ends = [points[0], points[-1]] if points[0].at != points[-1].at else [points[0]]
    if len(ends) == 1:
        return [{"x": frame.x(ends[0].at), "anchor": "middle", "words": short_day(ends[0].at)}]
    at_ends = ("start", "end")
    shift = (INSET, -INSET) if frame.rtl else (-INSET, INSET)
    return [
        {"x": frame.x(point.at) + move, "anchor": anchor, "words": short_day(point.at)}
        for point, anchor, move in zip(ends, at_ends, shift, strict=True)
    ]


def _band(band: Band | None, frame: _Frame) -> dict[str, object] | None:
    if band is None:
        return None
    top, bottom = frame.y(band.high), frame.y(band.low)
    return {
        "y": top,
        "bottom": bottom,
        "height": round(bottom - top, 1),
        "label": band.label,
        "low": number(band.low),
        "high": number(band.high),
        "width": WIDTH - START - END,
        "x": END if frame.rtl else START,
    }


def _ticks(low: float, high: float) -> list[float]:
    """At most six round values from end to end."""
    span = high - low
    step = next((s for s in (1, 2, 3, 5, 10, 20, 25, 50, 100, 200, 500) if span / s <= 6), span / 5)
    values = [low + step * n for n in range(int(span // step) + 1)]
    if values[-1] == high:
        return values
    return [*values[:-1], high] if high - values[-1] < step / 2 else [*values, high]


def _description(points: Sequence[Point], cutoff: Cutoff | None) -> str:
    """The picture in one sentence, for who cannot see it."""
    known = [point for point in points if point.value is not None]
    if not known:
        return gettext("There are %(count)s measurements and none has a total.") % {"count": number(len(points))}
    words = gettext("%(count)s measurements. First %(first)s on %(first_day)s, last %(last)s on %(last_day)s.") % {
        "count": number(len(points)),
        "first": number(known[0].value),
        "first_day": day_words(known[0].at),
        "last": number(known[-1].value),
        "last_day": day_words(known[-1].at),
    }
    return words if cutoff is None else f"{words} {cutoff.label}: {number(cutoff.value)}."
