"""The lists in the header of every page. What stands in them is the same from page to page: drawn once for the same
language, entries and place, and kept (half of what a page's templates took was its header).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from karama.ui import shell
from karama.ui.tags.part import draw

if TYPE_CHECKING:
    from karama.ui.context import Language

KEPT = 400
"""Drawn lists that a process keeps: languages times duties times pages of the header. Each has some 5 kB."""

register = template.Library()


@register.simple_tag
def language_choices(found: Iterable[Language]) -> SafeString:
    """A button for each language, the one in use marked."""
    return _languages(get_language(), tuple(found))


@register.simple_tag
def main_links(found: Iterable[shell.Link], here: str) -> SafeString:
    """The row of entries, with those under "More" and the urgent one; `here` is the address of the page."""
    return _links("nav", get_language(), tuple(found), here)


@register.simple_tag
def aside_links(found: Iterable[shell.Link], here: str) -> SafeString:
    """The entries of the bar above the others."""
    return _links("aside", get_language(), tuple(one for one in found if one.aside), here)


def _links(part: str, language: str | None, found: tuple[shell.Link, ...], here: str) -> SafeString:
    """A page that no entry leads to is nowhere: all such pages share one drawing."""
    return _drawn(part, language, found, here if any(one.href == here for one in found) else "")


@lru_cache(maxsize=KEPT)
def _drawn(part: str, language: str | None, found: tuple[shell.Link, ...], here: str) -> SafeString:
    return draw(part, links=found, rest=shell.rest_of(found, here), here=here) if found else SafeString()


@lru_cache(maxsize=KEPT)
def _languages(language: str | None, found: tuple[Language, ...]) -> SafeString:
    return draw("languages", languages=found)
