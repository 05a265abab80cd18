"""Progress, tables, numbers, steps, facts, tabs and pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.utils import timezone
from django.utils.safestring import SafeString

from karama.ui import numerals
from karama.ui.bidi import without_turning
from karama.ui.dates import day
from karama.ui.tags.part import Text, draw

register = template.Library()


@register.simple_tag
def progress(done: int, total: int) -> SafeString:
    """How far: in words, and as dots up to 30."""
    marks = ["done" if n < done else "here" if n == done else "" for n in range(1, total + 1)]
    return draw("progress", done=done, total=total, marks=marks if total <= 30 else [])


@register.simple_tag
def data_table(caption: Text, headers: Sequence[Text], rows: Iterable[Sequence[Any]]) -> SafeString:
    """A table that becomes a card per row on a narrow screen. Numbers are aligned; None prints a dash."""
    body = [[_cell(value, header) for value, header in zip(line, headers, strict=True)] for line in rows]
    numeric = [bool(body) and all(line[n]["number"] for line in body) for n in range(len(headers))]
    return draw("data_table", caption=caption, headers=list(zip(headers, numeric, strict=True)), rows=body)


def _cell(value: Any, header: Text) -> dict[str, Any]:
    cell = dict(value) if isinstance(value, dict) else {"text": value}
    text = cell["text"]
    is_number = isinstance(text, int | float) and not isinstance(text, bool)
    shown = numerals.NOTHING if text is None else numerals.number(text) if is_number else text
    return {
        "text": shown,
        "href": cell.get("href", ""),
        "number": is_number or text is None,
        "header": header,
    }


@register.simple_tag
def stat(
    label: Text,
    value: Any,
    n: int | None = None,
    missing: int | None = None,
    basis: Text = "",
    note: Text = "",
) -> SafeString:
    """A number that cannot be read without its basis, its n and what is missing."""
    shown = numerals.number(value) if value is None or isinstance(value, int | float) else value
    return draw("stat", label=label, value=shown, n=n, missing=missing, basis=basis, note=note)


@register.simple_tag
def steps(items: Iterable[dict[str, Any]]) -> SafeString:
    """What was done, what is next. `state` of an item: `done now later`."""
    return draw("steps", items=list(items))


@register.simple_tag
def facts(pairs: Iterable[tuple[Text, Any]]) -> SafeString:
    """Definitions. An empty value says so; a day is written as the reader writes it."""
    found = [(label, _said(value)) for label, value in pairs]
    return draw("facts", pairs=found)


def _said(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return day(value)
    if isinstance(value, str) and not isinstance(value, SafeString):
        value = without_turning(value)
    return value if value not in (None, "") else None


@register.simple_tag
def tabs(items: Iterable[tuple[Text, str, bool]], label: Text = "") -> SafeString:
    """Tabs that are plain links."""
    return draw("tabs", items=list(items), label=label)


@register.simple_tag(takes_context=True)
def pages(context: template.Context, found: Page[Any]) -> SafeString:
    """Before and next, with the other parameters of the address kept."""
    request = context.get("request")
    kept = request.GET.copy() if request is not None else None
    if kept is not None:
        kept.pop("page", None)
    return draw("pages", page=found, kept=f"&{kept.urlencode()}" if kept else "")


@register.simple_tag
def print_header(title: Text) -> SafeString:
    """The head of a printed sheet: what it is, and when it was printed."""
    return draw(
        "print_header", title=title, printed=timezone.now(), demonstration=getattr(settings, "KARAMA_DEMO", False)
    )
