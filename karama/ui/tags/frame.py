"""Boxes, rows, marks and buttons: the frame of a page's content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.base import render_value_in_context
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from karama.ui import bidi, icons
from karama.ui.badges import KINDS
from karama.ui.markup import html
from karama.ui.tags.part import Text, draw

NOTICE_ICONS = {"info": "info", "good": "check", "today": "clock", "now": "alert"}

PLAIN = template.Context()

register = template.Library()


@register.simple_tag
def page_header(
    title: Text,
    lede: Text = "",
    back: str = "",
    back_label: Text = "",
    crumbs: Sequence[tuple[Text, str]] | None = None,
) -> SafeString:
    """The page's one h1 with the way back above it."""
    return draw("page_header", title=title, lede=lede, back=back, back_label=back_label, crumbs=crumbs)


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """A row of buttons; one under the other on a narrow screen."""
    return html('<div class="actions">{}</div>', mark_safe(content))


@register.simple_block_tag
def card(content: str, title: Text = "", level: int = 2, tone: str = "", id: str = "") -> SafeString:
    """A box with a heading. `tone` marks its edge."""
    heading = html("<h{0}>{1}</h{0}>", level, title) if title else ""
    mark = html(' id="{}"', id) if id else ""
    return html('<section class="card {}"{}>{}{}</section>', tone, mark, heading, mark_safe(content))


@register.simple_block_tag
def safety_card(content: str, title: Text) -> SafeString:
    """The calm red card: what to do now, with the person still there."""
    return html('<section class="safety"><h2>{}{}</h2>{}</section>', icons.icon("alert"), title, mark_safe(content))


@register.simple_block_tag
def rows(content: str, label: Text = "") -> SafeString:
    """A list of `{% row %}`."""
    name = html(' aria-label="{}"', label) if label else ""
    return html('<ul class="rows" role="list"{}>{}</ul>', name, mark_safe(content))


@register.simple_tag
def row(
    line: Text = "",
    code: str = "",
    name: str = "",
    href: str = "",
    badge: str = "",
    badge_text: Text = "",
    meta: Any = "",
    note: Text = "",
) -> SafeString:
    """One line: code or nickname, words, mark; `note` stands below the words. Put together here, in 7 microseconds: a
    list has fifty, and a template takes 49."""
    words = html("{} ", bidi.code(code)) if code else SafeString()
    if name:
        words += html('<bdi class="name">{}</bdi> ', _said(name))
    words += html('<span class="line">{}</span>', _said(line))
    if note:
        words += html('<span class="soft">{}</span>', _said(note))
    side = html("<span>{}</span>", _said(meta)) if meta else SafeString()
    if badge:
        side += badge_tag(badge, badge_text)
    return html(
        '<li class="row{}">{}<span class="words">{}</span>{}{}</li>',
        " now" if badge == "now" else "",
        html('<a href="{}">', href) if href else mark_safe('<div class="still">'),
        words,
        html('<span class="side">{}</span>', side) if side else "",
        mark_safe("</a>" if href else "</div>"),
    )


def _said(value: Any) -> str | Promise:
    """Words as they are; a day, a moment or a number as a template says it: in the reader's time and numbers."""
    if isinstance(value, str | Promise):
        return value
    told: str = render_value_in_context(value, PLAIN)
    return told


LONGEST_ON_A_LINE = 24
"""Characters of a badge that may not break: longer ones would be wider than a small screen."""


@register.simple_tag(name="badge")
def badge_tag(kind: str, text: Text = "") -> SafeString:
    """A mark with icon and word. Raises `KeyError` for a kind that is not in `badges.KINDS`."""
    found, words = KINDS[kind], str(text or KINDS[kind].word)
    tone = f"{found.tone} long" if len(words) > LONGEST_ON_A_LINE else found.tone
    return html('<span class="badge {}">{}{}</span>', tone, icons.icon(found.icon), words)


@register.simple_tag
def unreviewed() -> SafeString:
    """The mark of a translation that no person has reviewed."""
    return badge_tag("unreviewed")


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: Text = "") -> SafeString:
    """A box that tells something."""
    return draw("notice", kind=kind, icon=NOTICE_ICONS[kind], title=title, content=mark_safe(content))


@register.simple_tag
def problem(found: Any, href: str = "", label: Text = "") -> SafeString:
    """What happened and what to do now."""
    return draw("problem", problem=found, href=href, label=label)


@register.simple_tag
def empty_state(title: Text, text: Text = "", href: str = "", label: Text = "") -> SafeString:
    """Nothing to show, said kindly, with a way on."""
    return draw("empty", title=title, text=text, href=href, label=label)


@register.simple_tag
def button(
    label: Text, href: str = "", kind: str = "primary", name: str = "", value: str = "", icon: str = ""
) -> SafeString:
    """A button of the form around it, or a link that looks like one."""
    drawn = icons.icon(icon) if icon else ""
    if href:
        return html('<a class="button {}" href="{}">{}{}</a>', kind, href, drawn, label)
    named = html(' name="{}" value="{}"', name, value) if name else ""
    return html('<button type="submit" class="button {}"{}>{}{}</button>', kind, named, drawn, label)
