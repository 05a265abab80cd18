"""The components as template tags. The exact syntax of each stands in `karama/ui/README.md`; `/style/` shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zlib import crc32

from django import template
from django.contrib.staticfiles import finders
from django.core.paginator import Page
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from karama.ui import bidi, dates, icons, numerals
from karama.ui.badges import KINDS

register = template.Library()
Text = str | Promise
NOTICE_ICONS = {"info": "info", "good": "check", "today": "clock", "now": "alert"}


def _part(name: str, **context: Any) -> SafeString:
    return mark_safe(render_to_string(f"ui/parts/{name}.html", context))


# ---- words and numbers ----

register.filter("bdi", bidi.isolate, is_safe=True)
register.filter("code", bidi.code, is_safe=True)
register.filter("number", numerals.number)
register.filter("percent", numerals.percent)
register.filter("short_day", dates.short_day)
register.filter("about", dates.about)


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
    return words if value is None else format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


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
    """The address of a static file with a stamp of its content, so that a browser may keep it and still see a new version."""
    if path not in _stamps:
        found = finders.find(path)
        _stamps[path] = f"?v={crc32(open(found, 'rb').read()):08x}" if isinstance(found, str) else ""
    return static(path) + _stamps[path]


@register.simple_tag
def htmx() -> SafeString:
    """htmx 2 from the django_htmx wheel, for the pages that use it. Goes into the block `scripts`."""
    return format_html('<script src="{}" defer></script>', asset("django_htmx/htmx-2.min.js"))


# ---- frame of the content ----


@register.simple_tag
def page_header(
    title: Text, lede: Text = "", back: str = "", back_label: Text = "", crumbs: Sequence[tuple[Text, str]] | None = None
) -> SafeString:
    """The page's one h1 with the way back above it."""
    return _part("page_header", title=title, lede=lede, back=back, back_label=back_label, crumbs=crumbs)


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """A row of buttons; one under the other on a narrow screen."""
    return format_html('<div class="actions">{}</div>', mark_safe(content))


@register.simple_block_tag
def card(content: str, title: Text = "", level: int = 2, tone: str = "", id: str = "") -> SafeString:  # noqa: A002
    """A box with a heading. `tone` marks its edge."""
    heading = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    mark = format_html(' id="{}"', id) if id else ""
    return format_html('<section class="card {}"{}>{}{}</section>', tone, mark, heading, mark_safe(content))


@register.simple_block_tag
def safety_card(content: str, title: Text) -> SafeString:
    """The calm red card: what to do now, with the person still there."""
    return format_html(
        '<section class="safety"><h2>{}{}</h2>{}</section>', icons.icon("alert"), title, mark_safe(content)
    )


@register.simple_block_tag
def rows(content: str, label: Text = "") -> SafeString:
    """A list of `{% row %}`."""
    name = format_html(' aria-label="{}"', label) if label else ""
    return format_html('<ul class="rows" role="list"{}>{}</ul>', name, mark_safe(content))


@register.simple_tag
def row(
    line: Text = "", code: str = "", name: str = "", href: str = "", badge: str = "", badge_text: Text = "", meta: Any = ""
) -> SafeString:
    """One line: code or nickname, words, mark."""
    drawn = badge_tag(badge, badge_text) if badge else ""
    return _part("row", line=line, code=code, name=name, href=href, badge=badge, drawn=drawn, meta=meta)


@register.simple_tag(name="badge")
def badge_tag(kind: str, text: Text = "") -> SafeString:
    """A mark with icon and word. Raises `KeyError` for a kind that is not in `badges.KINDS`."""
    found = KINDS[kind]
    return format_html('<span class="badge {}">{}{}</span>', found.tone, icons.icon(found.icon), text or found.word)


@register.simple_tag
def unreviewed() -> SafeString:
    """The mark of a translation that no person has reviewed."""
    return badge_tag("unreviewed")


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: Text = "") -> SafeString:
    """A box that tells something."""
    return _part("notice", kind=kind, icon=NOTICE_ICONS[kind], title=title, content=mark_safe(content))


@register.simple_tag
def problem(found: Any, href: str = "", label: Text = "") -> SafeString:
    """What happened and what to do now."""
    return _part("problem", problem=found, href=href, label=label)


@register.simple_tag
def empty_state(title: Text, text: Text = "", href: str = "", label: Text = "") -> SafeString:
    """Nothing to show, said kindly, with a way on."""
    return _part("empty", title=title, text=text, href=href, label=label)


@register.simple_tag
def button(
    label: Text, href: str = "", kind: str = "primary", name: str = "", value: str = "", icon: str = ""
) -> SafeString:
    """A button of the form around it, or a link that looks like one."""
    drawn = icons.icon(icon) if icon else ""
    if href:
        return format_html('<a class="button {}" href="{}">{}{}</a>', kind, href, drawn, label)
    named = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html('<button type="submit" class="button {}"{}>{}{}</button>', kind, named, drawn, label)


# ---- forms ----


@register.simple_tag
def form_errors(form: Any) -> SafeString:
    """Everything that is wrong, above the form, each linked to its field. Prints nothing when all is well."""
    wrong = [(first_control(bound), bound.label, error) for bound in form if form.is_bound for error in bound.errors]
    return _part("form_errors", general=form.non_field_errors(), wrong=wrong, hidden=_hidden_errors(form))


def _hidden_errors(form: Any) -> list[str]:
    return [str(error) for bound in form.hidden_fields() if form.is_bound for error in bound.errors]


@register.filter
def first_control(bound: BoundField) -> str:
    """The id of the first control of a field, for links from the summary."""
    return str(bound.id_for_label or f"{bound.auto_id}_0")


@register.filter
def is_tick(bound: BoundField) -> bool:
    """Whether the field is one tick box with its words beside it."""
    return getattr(bound.field.widget, "input_type", "") == "checkbox" and not bound.field.widget.use_fieldset


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Label, help, error and control of one field."""
    return mark_safe(render_to_string("ui/forms/field.html", {"field": bound}))


@register.simple_tag
def fields(form: Any) -> SafeString:
    """Every field of a form, hidden ones included."""
    hidden = "".join(str(bound) for bound in form.hidden_fields())
    return mark_safe(hidden + "".join(field(bound) for bound in form.visible_fields()))


@register.simple_tag
def answers(bound: BoundField) -> SafeString:
    """A radio field as big answers."""
    return _part("answers", field=bound, chosen=str(bound.value() if bound.value() is not None else ""))


@register.simple_tag
def answer_buttons(
    name: str, choices: Iterable[tuple[Any, Text]], current: Any = None, quiet: Iterable[tuple[Any, Text]] = ()
) -> SafeString:
    """One tap answers: each choice is a button of the form around it."""
    chosen = "" if current is None else str(current)
    return _part("answer_buttons", name=name, choices=list(choices), quiet=list(quiet), chosen=chosen)


@register.simple_tag
def search(action: str, value: str = "", label: Text = "", help: Text = "", name: str = "q") -> SafeString:  # noqa: A002
    """A search box; the typed words go into the address, so never use it for names of people: those are searched by POST."""
    return _part("search", action=action, value=value, label=label, help=help, name=name)


@register.simple_block_tag(takes_context=True)
def confirm(
    context: template.Context, content: str, question: Text, action: str, label: Text, back: str = "", danger: bool = False
) -> SafeString:
    """A question on its own page, answered by a form: works without script."""
    return _part(
        "confirm", content=mark_safe(content), question=question, action=action, label=label, back=back, danger=danger,
        csrf_token=context.get("csrf_token", ""),
    )


# ---- data ----


@register.simple_tag
def progress(done: int, total: int) -> SafeString:
    """How far: in words, and as dots up to 30."""
    marks = ["done" if n < done else "here" if n == done else "" for n in range(1, total + 1)]
    return _part("progress", done=done, total=total, marks=marks if total <= 30 else [])


@register.simple_tag
def data_table(caption: Text, headers: Sequence[Text], rows: Iterable[Sequence[Any]]) -> SafeString:
    """A table that becomes a card per row on a narrow screen. Numbers are aligned; None prints a dash."""
    body = [[_cell(value, header) for value, header in zip(line, headers, strict=True)] for line in rows]
    numeric = [bool(body) and all(line[n]["number"] for line in body) for n in range(len(headers))]
    return _part("data_table", caption=caption, headers=list(zip(headers, numeric, strict=True)), rows=body)


def _cell(value: Any, header: Text) -> dict[str, Any]:
    cell = dict(value) if isinstance(value, dict) else {"text": value}
    text = cell["text"]
    is_number = isinstance(text, int | float) and not isinstance(text, bool)
    shown = numerals.NOTHING if text is None else numerals.number(text) if is_number else text
    return {"text": shown, "href": cell.get("href", ""), "number": is_number or text is None, "header": header}


@register.simple_tag
def stat(
    label: Text, value: Any, n: int | None = None, missing: int | None = None, basis: Text = "", note: Text = ""
) -> SafeString:
    """A number that cannot be read without its basis, its n and what is missing."""
    shown = numerals.number(value) if value is None or isinstance(value, int | float) else value
    return _part("stat", label=label, value=shown, n=n, missing=missing, basis=basis, note=note)


@register.simple_tag
def steps(items: Iterable[dict[str, Any]]) -> SafeString:
    """What was done, what is next. `state` of an item: `done now later`."""
    return _part("steps", items=list(items))


@register.simple_tag
def facts(pairs: Iterable[tuple[Text, Any]]) -> SafeString:
    """Definitions. An empty value says so."""
    found = [(label, value if value not in (None, "") else None) for label, value in pairs]
    return _part("facts", pairs=found)


@register.simple_tag
def tabs(items: Iterable[tuple[Text, str, bool]], label: Text = "") -> SafeString:
    """Tabs that are plain links."""
    return _part("tabs", items=list(items), label=label)


@register.simple_tag(takes_context=True)
def pages(context: template.Context, found: Page) -> SafeString:
    """Before and next, with the other parameters of the address kept."""
    request = context.get("request")
    kept = request.GET.copy() if request is not None else None
    if kept is not None:
        kept.pop("page", None)
    return _part("pages", page=found, kept=f"&{kept.urlencode()}" if kept else "")


@register.simple_tag
def print_header(title: Text) -> SafeString:
    """The head of a printed sheet: what it is, and when it was printed."""
    return _part("print_header", title=title)


@register.filter
def safe_words(value: Any) -> SafeString:
    """Escapes anything that is not marked safe already."""
    return mark_safe(conditional_escape(value))


@register.filter
def undo_url(message: Any) -> str:
    """The address of "undo" of a notice, or nothing."""
    tags = message.extra_tags or ""
    return tags.removeprefix("undo:") if tags.startswith("undo:/") else ""
