"""The data protection officer's page: how much waits on each list, the most pressing first. Nothing clinical."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from karama.accounts.routes import route_policy
from karama.accounts.today import GRADE_ORDER
from karama.journal import Actor
from karama.people.overseeing import OfficerList, count_of, every_list
from karama.ui.addresses import reverse
from karama.ui.dates import day
from karama.ui.rendering import page
from karama.voice import queries
from karama.voice.access import OFFICER_PAGES
from karama.voice.lists import request_row
from karama.voice.views import actor_of

FIRST: Final = 5
"""Requests that stand on the page itself; all of them stand on their own list."""


@route_policy(OFFICER_PAGES)
@require_safe
def officer(request: HttpRequest) -> HttpResponse:
    """Everything she looks after, the most pressing first."""
    by = actor_of(request)
    asked = queries.open_requests(by)
    lists = [_line(by, one) for one in every_list() if one.code != "requests"]
    context = {
        "requests": [request_row(one) for one in asked[:FIRST]],
        "more": len(asked) - FIRST if len(asked) > FIRST else 0,
        "all_requests": reverse("voice:list", args=["requests"]),
        "lists": sorted(lists, key=lambda one: GRADE_ORDER.get(one["badge"], len(GRADE_ORDER))),
        "kept": _kept(queries.kept(by)),
    }
    return page(request, "voice/officer.html", context)


def _line(by: Actor, one: OfficerList) -> dict[str, Any]:
    """A list as a line: how many wait, or that nothing does, with how many stand on it."""
    row = {"title": one.title, "href": one.href or reverse("voice:list", args=[one.code])}
    if not one.numbered:
        return row | {"badge": "", "state": "", "meta": _("see which")}
    found = count_of(one.found(by))
    waiting = found if one.pressing is None else one.pressing(by)
    if waiting:
        told = ngettext("%(count)d waits for you", "%(count)d wait for you", waiting) % {"count": waiting}
        return row | {"badge": one.grade, "state": told, "meta": ""}
    return row | {"badge": "", "state": "", "meta": found or _("none")}


def _kept(found: queries.Kept) -> list[tuple[Any, Any]]:
    return [
        (_("Keys renewed on"), day(found.rotated_on) if found.rotated_on else _("not known")),
        (_("To be renewed by"), day(found.rotate_by) if found.rotate_by else _("not known")),
        (_("Newest backup in the folder"), day(found.backup_on) if found.backup_on else _("not known here")),
    ]
