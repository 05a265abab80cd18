"""Who is on call: a week of a site."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karama.accounts import access, actions, forms, queries
from karama.accounts.routes import route_policy
from karama.accounts.views.saving import actor_of, saved
from karama.journal import Absent, Actor
from karama.journal.clock import now
from karama.programme.days import today_at
from karama.programme.queries import site as one_site
from karama.programme.queries import sites
from karama.programme.registries import colleagues
from karama.ui.notices import say
from karama.ui.rendering import page


def _may_change(by: Actor, site: UUID) -> bool:
    return access.ROTA.condition.holds(by.attributes(), {"site": site}) is True


@route_policy(access.ROTA_PAGES)
@require_safe
def rota(request: HttpRequest) -> HttpResponse:
    """The sites within reach; straight to the week when there is only one."""
    by = actor_of(request)
    found = [one for one in sites(by) if one.id in by.sites and one.closed_on is None]
    if len(found) == 1:
        return redirect("accounts:rota_week", found[0].id)
    return page(request, "accounts/rota.html", {"sites": found})


@route_policy(access.ROTA_PAGES)
@require_safe
def rota_week(request: HttpRequest, site: UUID) -> HttpResponse:
    """A week of a site, and who is on call at this moment."""
    by = actor_of(request)
    found = one_site(by, site)
    monday = forms.monday_of(_day(request.GET.get("week", ""), site))
    on_call = queries.on_call(site, now())
    names = queries.aliases_of(on_call)
    context = {
        "site": found,
        "days": queries.rota_week(by, site, monday),
        "before": (monday - timedelta(days=7)).isoformat(),
        "after": (monday + timedelta(days=7)).isoformat(),
        "on_call": [names.get(one, "–") for one in on_call],
        "may_change": _may_change(by, site),
    }
    return page(request, "accounts/rota_week.html", context)


def _day(text: str, site: UUID) -> date:
    """The day in the address; today when it is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return today_at(site)
    return found if 2000 <= found.year <= 2200 else today_at(site)


@route_policy(access.ROTA)
@require_http_methods(["GET", "HEAD", "POST"])
def new_shift(request: HttpRequest, site: UUID) -> HttpResponse:
    """Put somebody on call."""
    by = actor_of(request)
    one_site(by, site)
    if not _may_change(by, site):
        raise Absent()
    form = forms.ShiftForm(request.POST or None, colleagues=colleagues(site, now()))
    if saved(request, form, actions.set_rota, site=site):
        say(request, _("Saved."))
        return redirect("accounts:rota_week", site)
    return page(request, "accounts/form.html", {"form": form, "title": _("Put somebody on call"), "rota_site": site})


@route_policy(access.ROTA)
@require_POST
def end_shift(request: HttpRequest, shift: UUID) -> HttpResponse:
    """Take somebody off the rota."""
    ended = actions.end_rota(by=actor_of(request), shift=shift).value
    say(request, _("Saved. Look whether somebody else is on call."))
    return redirect("accounts:rota_week", ended.site_id)
