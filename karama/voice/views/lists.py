"""The officer's lists in full, page by page: nothing is hidden behind "more than"."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from karama.accounts import duties
from karama.accounts.routes import route_policy
from karama.journal import Absent
from karama.people.overseeing import every_list
from karama.ui.addresses import reverse
from karama.ui.dates import about, moment
from karama.ui.rendering import page
from karama.ui.requests import page_of
from karama.voice import queries
from karama.voice.access import OFFICER_PAGES
from karama.voice.queries.exports import BACKUP, Left
from karama.voice.views import actor_of


@route_policy(OFFICER_PAGES)
@require_safe
def officer_list(request: HttpRequest, listed: str) -> HttpResponse:
    """One of her lists. One that has a page of its own is not here."""
    by = actor_of(request)
    found = next((one for one in every_list() if one.code == listed and not one.href), None)
    if found is None:
        raise Absent()
    part = page_of(request, found.found(by))
    context = {"list": found, "rows": found.rows(by, list(part.object_list)), "page_obj": part}
    return page(request, "voice/list.html", context)


@route_policy(OFFICER_PAGES)
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What left the house in a month."""
    by = actor_of(request)
    first, after = queries.month_of(request.GET.get("month", "")[:7])
    before = queries.month_before(first)
    part = page_of(request, queries.left_in(by, first, after))
    address = reverse("voice:exports")
    context = {
        "month": about(first, "month"),
        "rows": [_row(one) for one in part.object_list],
        "headers": [_("When"), _("What"), _("Who"), _("People")],
        "page_obj": part,
        "before_url": f"{address}?month={before:%Y-%m}",
        "after_url": f"{address}?month={after:%Y-%m}" if queries.month_of(f"{after:%Y-%m}")[0] == after else "",
    }
    return page(request, "voice/exports.html", context)


def _row(one: Left) -> list[Any]:
    if one.what == BACKUP:
        return [moment(one.at), _("A backup was written"), _("this machine"), _("everybody, sealed")]
    who = f"{one.who} · {duties.label(one.duty)}" if one.who else _("a partner outside")
    return [moment(one.at), one.what, who, one.people if one.people is not None else _("nobody by itself")]
