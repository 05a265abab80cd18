"""Who asks, and under which operation id: read from a request by the pages of every room."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from karama.journal import Absent, Actor
from karama.security.identifiers import uuid7

ON_A_PAGE: Final = 20
"""Lines of a long list on one page."""

LONG_WORDS: Final = 40
"""Letters from which on something typed is a text that nobody wants to write twice; a name or a code is shorter."""


def actor_of(request: HttpRequest) -> Actor:
    """Who is signed in, in one duty. Raises `Absent` when nobody is."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        raise Absent()
    return actor


def op_id_of(request: HttpRequest) -> UUID | None:
    """The operation id the form carried, so that sending it twice does it once."""
    try:
        return UUID(request.POST.get("op_id", ""))
    except ValueError:
        return None


def new_op_id() -> str:
    """A fresh operation id for a form."""
    return str(uuid7())


NOT_KEPT: Final = 203
"""Status of a page without account and script on which somebody types. Chrome keeps one that answered 200 for the way
back, as it was left, with every word, although it says no-store; of any other it asks anew. "Hide" and "Send" lead away
from it, and whoever takes the telephone then goes back."""


def words_sent(request: HttpRequest) -> list[str]:
    """The long texts of a form that was sent: shown to whoever typed them when the form could not be kept."""
    if request.method != "POST":
        return []
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
    except (OSError, ValueError, BadRequest, SuspiciousOperation):
        return []
    typed = [value.strip() for name, value in sent if "password" not in name]
    return [value for value in typed if len(value) >= LONG_WORDS and any(letter.isspace() for letter in value)]


def page_of(request: HttpRequest, found: Any, size: int = ON_A_PAGE) -> Page[Any]:
    """The part of a long list that is asked for by `?page=`; anything else gives the first or the last one."""
    told = request.GET.get("page", "")
    return Paginator(found, size).get_page(told if told.isascii() and told.isdecimal() and len(told) < 7 else 1)
