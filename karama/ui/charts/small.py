"""A very small picture of a few values side by side, for a line of a table. The numbers stand beside it in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi

WIDTH, HEIGHT, EDGE = 96, 40, 8
FLOOR = HEIGHT - 5


def small(values: Sequence[float | None], *, low: float, high: float, words: str | Promise) -> SafeString:
    """`values` in the reading direction on a scale from `low` to `high`; a missing one is a mark on the floor.

    `words`: the same for whoever cannot see it. Raises `ValueError` when `high` is not above `low`.
    """
    if high <= low:
        raise ValueError("a scale needs a high end above its low end")
    step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
    places = [round(EDGE + n * step, 1) for n in range(len(values))]
    if get_language_bidi():
        places = [round(WIDTH - one, 1) for one in places]
    marks = [(x, None if one is None else _height(one, low, high)) for x, one in zip(places, values, strict=True)]
    context = {
        "words": words,
        "width": WIDTH,
        "height": HEIGHT,
        "floor": FLOOR,
        "dots": [(x, y) for x, y in marks if y is not None],
        "paths": _paths(marks),
        "gaps": [x for x, y in marks if y is None],
    }
    return mark_safe(render_to_string("ui/charts/small.html", context))


def _paths(marks: Sequence[tuple[float, float | None]]) -> list[str]:
    """Stretches without a missing value: the line breaks where one is missing."""
    runs: list[list[str]] = [[]]
    for x, y in marks:
        if y is None:
            runs.append([])
        else:
            runs[-1].append(f"{x},{y}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _height(value: float, low: float, high: float) -> float:
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return round(FLOOR - 3 - share * (FLOOR - 3 - EDGE), 1)
