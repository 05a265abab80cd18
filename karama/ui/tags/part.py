"""How a component becomes HTML."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

Text = str | Promise


def draw(part: str, /, **context: Any) -> SafeString:
    """The template `ui/parts/<part>.html` with its context; everything in it is escaped there."""
    return mark_safe(render_to_string(f"ui/parts/{part}.html", context))
