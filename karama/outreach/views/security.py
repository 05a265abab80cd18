"""What happened on the way: written down, followed, learned from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Absent, Actor, clock
from karama.outreach import actions, queries, words
from karama.outreach.access import ANY_DUTY, GOING
from karama.outreach.forms import SecurityForm, SecurityStepForm, rounded
from karama.outreach.problems import NoSite
from karama.outreach.views import actor_of, context_of, op_id_of, out_url, saved, uuid_in
from karama.programme.days import today_at, zone_of
from karama.ui.addresses import reverse
from karama.ui.rendering import page


@route_policy(ANY_DUTY)
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """What the reader wrote down, and what she answers for."""
    found = queries.security_incidents(actor_of(request))
    rows = [(one, words.KINDS[one.kind], out_url("security_incident", one.id)) for one in found]
    return page(request, "outreach/security.html", {"rows": rows})


@route_policy(ANY_DUTY)
@require_http_methods(["GET", "POST"])
def new_security(request: HttpRequest) -> HttpResponse:
    """Write down what happened, who was there and what was lost."""
    by = actor_of(request)
    places = queries.own_sites(by)
    if not places:
        raise NoSite()
    form = _form(request, by, places)
    if request.method == "POST" and form.is_valid():
        told = form.arguments(places[0][0])
        made = saved(form, lambda: actions.report_security(by=by, op_id=op_id_of(request), **told), request)
        if made is not None and made.record is not None:
            return HttpResponseRedirect(out_url("security_incident", made.record))
    return page(request, "outreach/new_security.html", context_of(form, out_url("security")))


def _form(request: HttpRequest, by: Actor, places: list[tuple[UUID, str]]) -> SecurityForm:
    first = places[0][0]
    local = clock.now().astimezone(zone_of(first))
    initial: dict[str, Any] = {"day": today_at(first), "at": rounded(local), "site": str(first)}
    visit = uuid_in(request.GET.get("visit", ""))
    if visit is not None:
        initial |= {"visit": str(visit), "site": str(_site_of(by, visit))}
    return SecurityForm(
        request.POST or None,
        sites=[(str(site), name) for site, name in places],
        colleagues=queries.colleagues(by, [site for site, _name in places]),
        people=queries.people_to_visit(by) if by.duty in GOING else [],
        me=str(by.id),
        initial=initial,
    )


def _site_of(by: Actor, visit: UUID) -> UUID | str:
    try:
        return queries.visit_page(by, visit).line.site
    except Absent:
        return ""


@route_policy(ANY_DUTY)
@require_http_methods(["GET", "POST"])
def security_incident(request: HttpRequest, event: UUID) -> HttpResponse:
    """One incident, what followed, and what follows next."""
    by = actor_of(request)
    found = queries.security_page(by, event)
    form = SecurityStepForm(request.POST or None, steps=found.left)
    if request.method == "POST" and form.is_valid():
        told = {"by": by, "event": event, "op_id": op_id_of(request), **form.cleaned_data}
        if saved(form, lambda: actions.follow_security(**told), request):
            return HttpResponseRedirect(out_url("security_incident", event))
    steps = [
        {"title": words.SECURITY_STEPS[step], "at": at, "by": who, "text": text, "state": "done"}
        for step, at, who, text in found.steps
    ]
    own = found.device_user == by.id
    context = context_of(
        form,
        out_url("security"),
        found=found,
        kind=words.KINDS[found.line.kind],
        lost=[words.LOST[one] for one in found.lost if one in words.LOST],
        steps=steps,
        own_url=reverse("accounts:me") if own else "",
        visit_url=out_url("visit", found.visit) if found.visit else "",
    )
    return page(request, "outreach/security_incident.html", context)
