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
    dots = [(x, _height(value, low, high)) for x, value in zip(places, values, strict=True) if value is not None]
    context = {
        "words": words,
        "width": WIDTH,
        "height": HEIGHT,
        "floor": FLOOR,
        "dots": dots,
        "path": " ".join(f"{x},{y}" for x, y in dots),
        "gaps": [x for x, value in zip(places, values, strict=True) if value is None],
    }
    return mark_safe(render_to_string("ui/charts/small.html", context))


def _height(value: float, low: float, high: float) -> float:
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return round(FLOOR - 3 - share * (FLOOR - 3 - EDGE), 1)
