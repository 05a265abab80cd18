"""Words, numbers, icons and files."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

from django import template
from django.contrib.staticfiles import finders
from django.template.defaultfilters import linebreaksbr
from django.templatetags.static import static
from django.utils.safestring import SafeString

from karama.ui import bidi, dates, icons, listing, numerals
from karama.ui.markup import html

register = template.Library()

register.filter("bdi", bidi.isolate, is_safe=True)
register.filter("dialled_whole", bidi.dialled_whole)
register.filter("code", bidi.code, is_safe=True)
register.filter("in_a_row", listing.in_a_row)
register.filter("number", numerals.number)
register.filter("percent", numerals.percent)
register.filter("short_day", dates.short_day)
register.filter("about", dates.about)


@register.filter(is_safe=True, needs_autoescape=True)
def written(words: object, autoescape: bool = True) -> SafeString:
    """What somebody wrote, line by line as she wrote it; the groups of a telephone number keep their order."""
    return linebreaksbr(bidi.dialled_whole(str(words)), autoescape)


@register.filter(is_safe=True)
def day(value: date | datetime | None) -> str:
    """A day in words, with the exact date for machines."""
    return _time(value, dates.day(value))


@register.filter(is_safe=True)
def moment(value: datetime | None) -> str:
    """Day and time in the active time zone."""
    return _time(value, dates.moment(value))


@register.filter(is_safe=True)
def clock(value: datetime | None) -> str:
    """Hour and minute in the active time zone."""
    return _time(value, dates.clock(value))


def _time(value: date | datetime | None, words: str) -> str:
    return words if value is None else html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon from `karama.ui.icons`."""
    return icons.icon(name)


@register.simple_tag
def mark() -> SafeString:
    """The sign of Karama."""
    return icons.MARK


_stamps: dict[str, str] = {}


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file with a stamp of its content, so that a browser may keep it and still see
    a new version.
    """
    if path not in _stamps:
        found = finders.find(path)
        _stamps[path] = f"?v={crc32(Path(found).read_bytes()):08x}" if isinstance(found, str) else ""
    return static(path) + _stamps[path]


@register.simple_tag
def htmx() -> SafeString:
    """htmx 2 from the django_htmx wheel, for the pages that use it. Goes into the block `scripts`."""
    return html('<script src="{}" defer></script>', asset("django_htmx/htmx-2.min.js"))


@register.filter
def undo_url(message: Any) -> str:
    """The address of "undo" of a notice, or nothing."""
    tags = message.extra_tags or ""
    return tags.removeprefix("undo:") if tags.startswith("undo:/") else ""
