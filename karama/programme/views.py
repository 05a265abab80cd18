"""The screens of this room: a click becomes one query or one action."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from karama.journal import Absent, Actor, Problem
from karama.journal.clock import now
from karama.programme import access, actions, forms, packs, queries, registries
from karama.programme.lacking import MISSING_AT_A_SITE
from karama.programme.models import DEPUTY
from karama.programme.problems import NoPack
from karama.ui.notices import say
from karama.ui.rendering import page
from karama.ui.requests import actor_of
from karama.ui.routes import route_policy

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _may(by: Actor, policy: Any, **target: object) -> bool:
    return policy.condition.holds(by.attributes(), target) is True


@route_policy(access.PAGES)
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes within reach, each with what it lacks."""
    by = actor_of(request)
    found = [(one, _blocking(by, one.id)) for one in queries.programmes(by)]
    return page(
        request,
        "programme/list.html",
        {"programmes": found, "organisation": queries.organisation(), "may_open": _may(by, access.OPEN_PROGRAMME)},
    )


def _blocking(by: Actor, programme: UUID) -> int:
    return len(queries.what_blocks(by, programme))


@route_policy(access.OPEN_PROGRAMME)
@get_or_post
def open_programme(request: HttpRequest) -> HttpResponse:
    """Open a programme from its pack."""
    by = actor_of(request)
    taken = frozenset(queries.programmes(by).values_list("code", flat=True))
    form = forms.OpenProgrammeForm(request.POST or None, taken=taken)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_programme(by=by, code=form.cleaned_data["code"])
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("The programme is open."))
            return redirect("programme:list")
    return page(
        request, "programme/form.html", {"form": form, "title": _("Open a programme"), "back": "programme:list"}
    )


@route_policy(access.PAGES)
@require_safe
def programme(request: HttpRequest, programme: UUID) -> HttpResponse:
    """What the pack of a programme says, its sites, and what it lacks with a way out each."""
    by = actor_of(request)
    found = queries.programme(by, programme)
    try:
        sections = packs.sections(packs.find(found.code))
    except NoPack:
        sections = []
    lacks = queries.what_lacks(by, programme)
    context = {
        "programme": found,
        "sections": sections,
        "blocking": [lack for lack in lacks if lack.blocks],
        "to_review": [lack for lack in lacks if not lack.blocks],
        "sites": queries.sites(by, programme),
        "may_manage": _may(by, access.MANAGE, programme=programme),
    }
    return page(request, "programme/page.html", context)


@route_policy(access.MANAGE)
@get_or_post
def new_site(request: HttpRequest, programme: UUID) -> HttpResponse:
    """Open a site that the pack does not name."""
    by = actor_of(request)
    found = queries.programme(by, programme)
    neighbour = queries.sites(by, programme).first()
    begun = {"time_zone": neighbour.time_zone} if neighbour is not None else None
    form = forms.NewSiteForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_site(by=by, programme=programme, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("The site is open."))
            return redirect("programme:site", made.record)
    return page(request, "programme/form.html", {"form": form, "title": _("Open a site"), "programme": found})


@route_policy(access.PAGES)
@require_safe
def site(request: HttpRequest, site: UUID) -> HttpResponse:
    """A site: its teams, who answers there, and what is missing before a safety question may be asked."""
    by = actor_of(request)
    found = queries.site(by, site)
    named = list(queries.responders(by, site))
    aliases = registries.aliases([one.user_id for one in named])
    moment = now()
    reach_words = {"reachable": _("reachable now"), "away": _("away now"), "unknown": _("no longer works here")}
    context = {
        "site": found,
        "teams": queries.teams(by, site),
        "answer": queries.site_answer(by, site),
        "responders": [
            {
                "row": one,
                "alias": aliases.get(one.user_id, "–"),
                "role": _("Deputy") if one.role == DEPUTY else _("Responder"),
                "reach": reach_words[registries.reach(one.user_id, site, moment)],
            }
            for one in named
        ],
        "missing": [MISSING_AT_A_SITE[code] for code in queries.missing_at(site, moment) if code in MISSING_AT_A_SITE],
        "may_manage": _may(by, access.MANAGE, programme=found.programme_id),
        "may_answer": _may(by, access.ANSWER, site=site),
    }
    return page(request, "programme/site.html", context)


@route_policy(access.MANAGE)
@get_or_post
def change_site(request: HttpRequest, site: UUID) -> HttpResponse:
    """Correct a site's name, place code or time zone."""
    found = queries.site(actor_of(request), site)
    first = {"name": found.name, "p_code": found.p_code, "time_zone": found.time_zone}
    form = forms.SiteForm(request.POST or None, initial=first)
    return _at_site(request, form, actions.change_site, site, _("Change the site"))


@route_policy(access.MANAGE)
@get_or_post
def new_team(request: HttpRequest, site: UUID) -> HttpResponse:
    """Make a team at a site."""
    return _at_site(request, forms.TeamForm(request.POST or None), actions.open_team, site, _("Make a team"))


@route_policy(access.ANSWER)
@get_or_post
def new_responder(request: HttpRequest, site: UUID) -> HttpResponse:
    """Name who answers at a site."""
    _stop_unless(request, site)
    form = forms.ResponderForm(request.POST or None, colleagues=registries.colleagues(site, now()))
    return _at_site(request, form, actions.name_responder, site, _("Name who answers at this site"))


@route_policy(access.ANSWER)
@get_or_post
def answer(request: HttpRequest, site: UUID) -> HttpResponse:
    """What happens out of hours, and the verified service."""
    _stop_unless(request, site)
    known = queries.site_answer(actor_of(request), site)
    names = ("out_of_hours", "service", "service_contact", "verified_on")
    first = {name: getattr(known, name) for name in names} if known else {}
    form = forms.SiteAnswerForm(request.POST or None, initial=first)
    return _at_site(request, form, actions.set_site_answer, site, _("Out of hours, and the verified service"))


def _stop_unless(request: HttpRequest, site: UUID) -> None:
    """Raises `Absent` for whoever may not say who answers at this site, also when she may look at it."""
    if not _may(actor_of(request), access.ANSWER, site=site):
        raise Absent()


def _at_site(request: HttpRequest, form: Any, action: Any, site: UUID, title: str) -> HttpResponse:
    by = actor_of(request)
    found = queries.site(by, site)
    if request.method == "POST" and form.is_valid():
        try:
            action(by=by, site=site, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return redirect("programme:site", site)
    return page(request, "programme/form.html", {"form": form, "title": title, "site": found})


@route_policy(access.MANAGE)
@get_or_post
def close_site(request: HttpRequest, site: UUID) -> HttpResponse:
    """Close a site, after a question."""
    found = queries.site(actor_of(request), site)
    if request.POST.get("confirmed") == "yes":
        actions.close_site(by=actor_of(request), site=site)
        say(request, _("The site is closed."))
        return redirect("programme:page", found.programme_id)
    return page(request, "programme/close_site.html", {"site": found})


@route_policy(access.MANAGE)
@require_http_methods(["POST"])
def close_team(request: HttpRequest, team: UUID) -> HttpResponse:
    """Close a team."""
    closed = actions.close_team(by=actor_of(request), team=team).value
    say(request, _("The team is closed."))
    return redirect("programme:site", closed.site_id)


@route_policy(access.ANSWER)
@require_http_methods(["POST"])
def end_responder(request: HttpRequest, responder: UUID) -> HttpResponse:
    """End somebody's answering at a site."""
    ended = actions.end_responder(by=actor_of(request), responder=responder).value
    say(request, _("Saved. Look whether the site still has somebody who answers."))
    return redirect("programme:site", ended.site_id)


@route_policy(access.PARTNERS)
@get_or_post
def partners(request: HttpRequest) -> HttpResponse:
    """Partner organisations: see them, add one."""
    by = actor_of(request)
    form = forms.PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_partner(by=by, name=form.cleaned_data["name"])
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return redirect("programme:partners")
    return page(request, "programme/partners.html", {"form": form, "partners": queries.partners(by)})
