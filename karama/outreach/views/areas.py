"""The areas of a site: looked at by whoever goes, opened and closed by whom the pack names."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import route_policy
from karama.outreach import actions, queries, words
from karama.outreach.access import ANSWERING_PAGES, VISIT_LIST_PAGES
from karama.outreach.forms import AreaForm
from karama.outreach.queries import AreaShown
from karama.outreach.views import actor_of, context_of, op_id_of, out_url, saved
from karama.programme.days import today_at
from karama.ui.dates import moment
from karama.ui.rendering import page


@route_policy(VISIT_LIST_PAGES)
@require_GET
def areas(request: HttpRequest) -> HttpResponse:
    """Every area of the reader's sites, as it is now."""
    found = queries.areas(actor_of(request))
    context = {"rows": [_row(one) for one in found], "back": out_url("visits")}
    return page(request, "outreach/areas.html", context)


def _row(one: AreaShown) -> dict[str, Any]:
    return {
        "area": one,
        "badge": words.AREA_BADGES[one.state],
        "state": words.AREA_STATES[one.state],
        "until": moment(one.until) if one.until else "",
        "fare": words.money(one.fare, one.currency) if one.fare is not None else "",
        "href": out_url("set_area", one.site, one.code) if one.may_set else "",
    }


@route_policy(ANSWERING_PAGES)
@require_http_methods(["GET", "POST"])
def set_area(request: HttpRequest, site: UUID, area: str) -> HttpResponse:
    """Open or close an area until a moment, with a reason."""
    by = actor_of(request)
    found = queries.area(by, site, area)
    usual = {"day": today_at(site) + timedelta(days=1), "at": time(18)}
    form = AreaForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        told = form.arguments(site)
        made = saved(
            form, lambda: actions.set_area(by=by, site=site, area=area, op_id=op_id_of(request), **told), request
        )
        if made is not None:
            return HttpResponseRedirect(out_url("areas"))
    return page(request, "outreach/set_area.html", context_of(form, out_url("areas"), one=_row(found)))
