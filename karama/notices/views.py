"""A colleague's own notices."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch
from django.views.decorators.http import require_GET, require_POST

from karama.accounts.routes import ANY_DUTY, current_actor, route_policy
from karama.journal import Absent, Actor
from karama.notices import queries
from karama.notices.actions import read, read_all
from karama.notices.kinds import kind_of
from karama.ui.addresses import reverse
from karama.ui.rendering import page


@route_policy(ANY_DUTY)
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first; unread ones are marked in words."""
    lines = queries.notices_of(_actor(request))
    context = {
        "lines": [(one, kind_of(one.kind).words, reverse("notices:open", args=[one.id])) for one in lines],
        "unread": any(one.unread for one in lines),
    }
    return page(request, "notices/list.html", context)


@route_policy(ANY_DUTY)
@require_POST
def open_one(request: HttpRequest, notice: UUID) -> HttpResponse:
    """Mark as read and go to its page; without a page, back to the list."""
    by = _actor(request)
    row = read(by=by, notice=notice).value
    kind = kind_of(row.kind)
    try:
        where = reverse(kind.route, args=[row.place]) if kind.route and row.place else reverse("notices:list")
    except NoReverseMatch:
        where = reverse("notices:list")
    return HttpResponseRedirect(where)


@route_policy(ANY_DUTY)
@require_POST
def read_all_of_them(request: HttpRequest) -> HttpResponse:
    """Everything is read."""
    read_all(by=_actor(request))
    return HttpResponseRedirect(reverse("notices:list"))


def _actor(request: HttpRequest) -> Actor:
    actor = current_actor(request)
    if actor is None:
        raise Absent()
    return actor
