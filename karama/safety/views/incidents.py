"""Critical incidents: written down, followed, learned from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from karama.journal import Actor, Problem
from karama.people.views import new_op_id, op_id_of, person_url
from karama.programme.days import today_at
from karama.safety import queries, words
from karama.safety.access import ANY_DUTY, INCIDENT_PERSON_PAGES
from karama.safety.actions import follow_incident, name_in_incident, report_incident, report_incident_about
from karama.safety.forms import IncidentForm, IncidentStepForm, NameInIncidentForm
from karama.safety.models import IncidentKind
from karama.safety.problems import NoSiteYet
from karama.safety.views import actor_of
from karama.ui.addresses import reverse
from karama.ui.rendering import page
from karama.ui.routes import route_policy

KINDS = dict(IncidentKind.choices)


@route_policy(ANY_DUTY)
@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """What the reader wrote down, and what she answers for."""
    found = queries.incidents_of(actor_of(request))
    shown = [(one, KINDS[one.kind], reverse("safety:incident", args=[one.id])) for one in found]
    return page(request, "safety/incidents.html", {"incidents": shown})


@route_policy(ANY_DUTY)
@require_http_methods(["GET", "POST"])
def new_incident(request: HttpRequest) -> HttpResponse:
    """Write down what happened at a site."""
    by = actor_of(request)
    sites = queries.incident_sites(by)
    if not sites:
        raise NoSiteYet()
    form = _form(request, sites, UUID(sites[0][0]))
    if request.method == "POST" and form.is_valid():
        told = form.arguments()
        site = UUID(told.pop("site", "") or sites[0][0])
        try:
            made = report_incident(by=by, op_id=op_id_of(request), site=site, **told)
        except Problem as problem:
            form.take(problem)
        else:
            return HttpResponseRedirect(reverse("safety:incident", args=[made.record]))
    context = {"form": form, "code": "", "op_id": new_op_id(), "back": reverse("safety:incidents")}
    return page(request, "safety/new_incident.html", context)


@route_policy(INCIDENT_PERSON_PAGES)
@require_http_methods(["GET", "POST"])
def incident_about(request: HttpRequest, person: UUID) -> HttpResponse:
    """Write down what happened to, or because of, one participant."""
    by = actor_of(request)
    code, site = queries.incident_person(by, person)
    form = _form(request, [], site)
    if request.method == "POST" and form.is_valid():
        try:
            made = report_incident_about(by=by, op_id=op_id_of(request), person=person, **form.arguments())
        except Problem as problem:
            form.take(problem)
        else:
            return HttpResponseRedirect(reverse("safety:incident", args=[made.record]))
    context = {"form": form, "code": code, "op_id": new_op_id(), "back": person_url(person)}
    return page(request, "safety/new_incident.html", context)


def _form(request: HttpRequest, sites: list[tuple[str, str]], site: UUID) -> IncidentForm:
    colleagues = queries.incident_colleagues(actor_of(request))
    today: dict[str, Any] = {"on": today_at(site)}
    return IncidentForm(request.POST or None, sites=sites, colleagues=colleagues, initial=today)


@route_policy(ANY_DUTY)
@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, incident: UUID) -> HttpResponse:
    """One incident, what followed, and what follows next."""
    by = actor_of(request)
    shown = queries.incident_page(by, incident)
    form = IncidentStepForm(request.POST or None, steps=queries.steps_left(shown))
    naming = NameInIncidentForm(
        request.POST if "user" in request.POST else None, colleagues=queries.incident_colleagues(by, with_self=True)
    )
    if naming.is_bound:
        form = IncidentStepForm(steps=queries.steps_left(shown))
        if naming.is_valid() and _named(request, by, incident, naming):
            return HttpResponseRedirect(reverse("safety:incident", args=[incident]))
    elif request.method == "POST" and form.is_valid():
        try:
            follow_incident(by=by, op_id=op_id_of(request), incident=incident, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            return HttpResponseRedirect(reverse("safety:incident", args=[incident]))
    steps = [
        {"title": words.INCIDENT_STEPS[step], "at": at, "by": who, "text": text, "state": "done"}
        for step, at, who, text in shown.steps
    ]
    steps += [
        {"title": _("Kept from a colleague"), "at": at, "by": who, "text": alias, "state": "done"}
        for alias, at, who in shown.kept
    ]
    context = {"shown": shown, "kind": KINDS[shown.kind], "steps": sorted(steps, key=lambda one: one["at"])}
    context |= {"form": form, "op_id": new_op_id()}
    return page(request, "safety/incident.html", context | {"naming": naming, "name_op_id": new_op_id()})


def _named(request: HttpRequest, by: Actor, incident: UUID, form: NameInIncidentForm) -> bool:
    try:
        name_in_incident(by=by, op_id=op_id_of(request), incident=incident, user=UUID(form.cleaned_data["user"]))
    except Problem as problem:
        form.take(problem)
        return False
    return True
