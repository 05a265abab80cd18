"""Who asks, and under which operation id: read from a request by the pages of every room."""

from __future__ import annotations

import re
from typing import Any, Final, cast
from urllib.parse import parse_qsl
from uuid import UUID

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException

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


MOST_SAVED: Final = 400_000
"""Bytes that are read of a form which as a whole cannot be read: more than the longest text of a page takes."""

UNREADABLE: Final = (OSError, ValueError, LookupError, BadRequest, SuspiciousOperation, MultiPartParserError)


def save_what_was_sent(request: HttpRequest) -> None:
    """Afterwards `request.POST` and `request.GET` can be read, and hold what could be read of a request that as a whole
    cannot: of too many fields, in a writing that is not ours, or too long. For pages that answer such a request.
    """
    try:
        assert request.GET is not None
    except UNREADABLE:
        request.GET = cast(Any, QueryDict())
    try:
        if request.POST or request.method != "POST":
            return
        saved = _fields_of(request)
    except UNREADABLE:
        saved = _fields_of(request)
    found = QueryDict(mutable=True)
    for name, value in saved:
        found.appendlist(name, value)
    request.POST = cast(Any, found)


def _fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    if request.content_type != "application/x-www-form-urlencoded":
        return []
    try:
        raw = request.body[:MOST_SAVED]
    except RequestDataTooBig:
        raw = request.read(MOST_SAVED)
    except (OSError, RawPostDataException):
        return []
    plain = re.sub(rb"[^\x00-\x7f]", lambda one: b"%%%02X" % one[0][0], raw).decode("ascii")
    charset = (request.content_params or {}).get("charset", "utf-8")
    try:
        return parse_qsl(plain, keep_blank_values=True, encoding=charset, errors="replace")
    except (LookupError, ValueError):
        return parse_qsl(plain, keep_blank_values=True, errors="replace")


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
