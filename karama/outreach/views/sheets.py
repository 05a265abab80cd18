"""Sheets to print: of a visit, and to sign. They name no service and no organisation's work, only codes and lines."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from karama.accounts.routes import route_policy
from karama.outreach import queries, words
from karama.outreach.access import ANY_DUTY, GIVING_PAGES
from karama.outreach.rulebook import area_name
from karama.outreach.views import actor_of, out_url, site_in
from karama.outreach.views.visits import shown
from karama.programme.days import today_at
from karama.ui.rendering import page

EMPTY = 12
"""Lines without a code, for people who are not written down."""


@route_policy(ANY_DUTY)
@require_GET
def visit_sheet(request: HttpRequest, visit: UUID) -> HttpResponse:
    """The plan of a visit on one page, to leave at the site: times, who goes, whom to call."""
    by = actor_of(request)
    found = queries.visit_page(by, visit)
    return page(request, "outreach/visit_sheet.html", shown(by, found) | {"back": out_url("visit", visit)})


@route_policy(ANY_DUTY)
@require_GET
def signing_sheet(request: HttpRequest, visit: UUID) -> HttpResponse:
    """Lines to sign for a visit: its codes as far as the reader may see them, then empty ones."""
    found = queries.visit_page(actor_of(request), visit)
    lines = [(code, "", "") for code in found.codes] + [("", "", "")] * EMPTY
    context = {
        "place": area_name(found.line.site, found.line.area),
        "on": found.line.leaves_at,
        "lines": lines,
        "back": out_url("visit", visit),
    }
    return page(request, "outreach/signing_sheet.html", context)


@route_policy(GIVING_PAGES)
@require_GET
def goods_sheet(request: HttpRequest) -> HttpResponse:
    """Lines to sign for what was given out at a site on a day."""
    by = actor_of(request)
    site, mine = site_in(request, by)
    on = _day(request, today_at(site))
    found = [one for one in queries.issues(by, site, on) if one.count == 1]
    lines = [(one.to, one.what, words.money(one.quantity, one.currency)) for one in found if one.quantity]
    context = {
        "place": dict(mine)[site],
        "on": on,
        "lines": lines + [("", "", "")] * EMPTY,
        "back": f"{out_url('goods')}?site={site}",
    }
    return page(request, "outreach/signing_sheet.html", context)


def _day(request: HttpRequest, usual: date) -> date:
    try:
        found = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return usual
    return found if abs((found - usual).days) < 3700 else usual
