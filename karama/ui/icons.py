"""Small line icons drawn for Karama on a 24 by 24 grid. An icon never stands without a word beside it."""

from __future__ import annotations

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

TURNS = frozenset({"back", "forward", "out", "undo", "list"})
"""Icons with a direction: they are mirrored in right-to-left pages."""

PATHS: dict[str, str] = {
    "alert": "M12 3 2.5 20h19L12 3zM12 10v4.5M12 17.4v.1",
    "amended": "M4 20h4L19 9l-4-4L4 16v4zM13 7l4 4",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "bell": "M6 17V11a6 6 0 0 1 12 0v6l2 1H4l2-1zM10 21h4",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "chart": "M4 4v16h16M7 15l4-4 3 3 5-7",
    "check": "M5 12.5 10 17 19 7",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
    "close": "M6 6l12 12M18 6 6 18",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "draft": "M4 20h16M5 16l9-9 3 3-9 9H5v-3z",
    "eye": "M2 12s3.6-6 10-6 10 6 10 6-3.6 6-10 6-10-6-10-6zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
    "forward": "M5 12h14M13 6l6 6-6 6",
    "globe": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
    "hand": (
        "M8 12V6.5a1.5 1.5 0 0 1 3 0V11 4.5a1.5 1.5 0 0 1 3 0V11 6.5a1.5 1.5 0 0 1 3 0V15a6 6 0 0 1-11"
        " 3l-3-5a1.6 1.6 0 0 1 2.6-1.6L8 13"
    ),
    "help": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.4 2.3c-.6.3-.9.8-.9 1.7M12 16.7v.1",
    "hide": (
        "M3 3l18 18M10.6 6.1A10 10 0 0 1 12 6c6.4 0 10 6 10 6a17 17 0 0 1-3 3.6"
        "M6.2 7.6A16 16 0 0 0 2 12s3.6 6 10 6a10 10 0 0 0 4.3-1"
    ),
    "history": "M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 1.7",
    "home": "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.6v.1",
    "list": "M9 6h11M9 12h11M9 18h11M4.5 6h.1M4.5 12h.1M4.5 18h.1",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "minus": "M5 12h14",
    "out": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    "paused": "M9 6v12M15 6v12",
    "person": "M12 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM5 20c.6-4 3.4-6 7-6s6.4 2 7 6",
    "people": (
        "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 19c.5-3.5 2.7-5 6-5s5.5 1.5 6 5M16 5.5a3 3 0 0 1 0 5.5"
        "M18 14.5c1.8.8 2.7 2.3 3 4.5"
    ),
    "phone": ("M6 3h4l1.5 5-2.5 1.5a12 12 0 0 0 5.5 5.5L16 12.5l5 1.5v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z"),
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20",
    "settings": "M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4",
    "shield": "M12 3l8 3v6c0 4.5-3.3 7.7-8 9-4.7-1.3-8-4.5-8-9V6l8-3z",
    "sun": (
        "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4"
        "M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
    ),
    "talk": "M4 5h16v11h-9l-4.5 4v-4H4V5zM8.5 9.5h7M8.5 12.5h4",
    "undo": "M9 7H15a5 5 0 0 1 0 10H8M9 7l3-3M9 7l3 3",
    "unknown": "M9 9a3 3 0 1 1 4.2 2.7c-.8.4-1.2 1-1.2 2.1M12 17.8v.1",
}


@cache
def icon(name: str) -> SafeString:
    """The icon as inline SVG, hidden from screen readers. Raises `KeyError` for a name that was never
    drawn.
    """
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        mark_safe(" turns") if name in TURNS else "",
        PATHS[name],
    )


MARK = mark_safe(
    '<svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true" focusable="false" '
    'fill="currentColor">'
    '<path d="M16 2C9 2 4 7.3 4 14.5V30h6V15c0-4 2.4-7 6-7s6 3 6 7v15h6V14.5C28 7.3 23 2 16 2z"/>'
    '<circle cx="16" cy="15.5" r="3"/><path d="M13 30v-6.5a3 3 0 0 1 6 0V30z"/></svg>'
)
"""The sign of Karama: a person standing upright in an open door."""
