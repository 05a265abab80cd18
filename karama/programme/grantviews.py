"""The pages of grants: which there are, how long they still pay, for how many people, and writing them down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from karama.journal import Absent, Actor, Problem
from karama.programme import access, actions, grantforms, grants, queries, registries
from karama.programme.models import Grant
from karama.ui.notices import say
from karama.ui.rendering import page
from karama.ui.requests import actor_of
from karama.ui.routes import route_policy

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _may_declare(by: Actor, programme: UUID) -> bool:
    return access.DECLARE_GRANT.condition.holds(by.attributes(), {"programme": programme}) is True


@route_policy(access.GRANT_PAGES)
@require_safe
def grant_list(request: HttpRequest) -> HttpResponse:
    """The grants within reach, the first to end first, each with its days and how many people it may pay for."""
    by = actor_of(request)
    found = grants.shown(list(grants.grants(by)))
    places = {one.id: one.name for one in queries.sites(by)}
    programmes = [one for one in queries.programmes(by) if one.closed_on is None]
    context = {
        "open": [(one, _counts(by, one, places)) for one in found if one.grant.closed_on is None],
        "closed": [one for one in found if one.grant.closed_on is not None],
        "programmes": [one for one in programmes if _may_declare(by, one.id)],
    }
    return page(request, "programme/grants.html", context)


def _counts(by: Actor, shown: grants.GrantShown, places: dict[UUID, str]) -> list[tuple[str, registries.PaidAt | None]]:
    """Each site of a grant with its count; None: nobody there, as far as the reader is told."""
    told = {one.site: one for _room, answer in registries.paid_for for one in answer(by, shown.grant.id)}
    sites = [*shown.sites, *(site for site in told if site not in shown.sites)]
    if by.duty == "supervisor":
        sites = [one for one in sites if one in by.sites]
    return [(places.get(site, "–"), told.get(site)) for site in sites]


@route_policy(access.GRANT_PAGES)
@require_safe
def grant(request: HttpRequest, grant: UUID) -> HttpResponse:
    """One grant: its days, what it pays, and the way to its closing."""
    by = actor_of(request)
    found = grants.grant(by, grant)
    (shown,) = grants.shown([found])
    context = {
        "shown": shown,
        "grant": found,
        "lines": grants.lines_of(found),
        "counts": _counts(by, shown, {one.id: one.name for one in queries.sites(by)}) if not found.closed_on else [],
        "may_declare": _may_declare(by, found.programme_id) and not found.closed_on,
        "closing_url": next((answer(found.id) for _room, answer in registries.closing_page), ""),
    }
    return page(request, "programme/grant.html", context)


@route_policy(access.DECLARING_PAGES)
@get_or_post
def new_grant(request: HttpRequest, programme: UUID) -> HttpResponse:
    """Write down a grant."""
    by = actor_of(request)
    found = queries.programme(by, programme)
    sites = [one for one in queries.sites(by, programme) if one.closed_on is None]
    form = grantforms.NewGrantForm(request.POST or None, programme=found, sites=sites)
    context = {"form": form, "title": _("Write down a grant"), "back": "programme:grants", "label": _("Grants")}
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_grant(by=by, programme=programme, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return redirect("programme:grant", made.record)
    return page(request, "programme/grant_form.html", context)


@route_policy(access.DECLARING_PAGES)
@get_or_post
def change_grant(request: HttpRequest, grant: UUID) -> HttpResponse:
    """Correct a grant, or give it more time."""
    found = _to_change(request, grant)
    first = {"name": found.name, "donor": found.donor, "to_on": found.to_on, "was": found.to_on.isoformat()}
    form = grantforms.ChangedGrantForm(request.POST or None, initial=first)
    return _at_grant(request, found, form, actions.change_grant, _("Change the grant"))


@route_policy(access.DECLARING_PAGES)
@get_or_post
def pay_from_grant(request: HttpRequest, grant: UUID) -> HttpResponse:
    """Let a grant pay for one more site, service or team."""
    found = _to_change(request, grant)
    by = actor_of(request)
    sites = [one for one in queries.sites(by, found.programme_id) if one.closed_on is None]
    teams = [one for one in queries.teams(by) if one.site in sites and one.closed_on is None]
    form = grantforms.LineForm(request.POST or None, programme=found.programme, sites=sites, teams=teams)
    return _at_grant(request, found, form, actions.pay_from_grant, _("Let it pay for more"))


def _to_change(request: HttpRequest, grant: UUID) -> Grant:
    found = grants.grant(actor_of(request), grant)
    if not _may_declare(actor_of(request), found.programme_id):
        raise Absent()
    return found


def _at_grant(request: HttpRequest, found: Grant, form: Any, action: Any, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            action(by=actor_of(request), grant=found.id, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return redirect("programme:grant", found.id)
    return page(request, "programme/grant_form.html", {"form": form, "title": title, "grant": found})
