"""Who is in the room; and what opens only when nobody can overhear. Titles and addresses tell nothing."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts import duties
from karama.accounts.routes import route_policy
from karama.care import apartwords as words
from karama.care import contacts
from karama.care.access import EPISODE_PAGES, FOCAL_PAGES, INCIDENT_PAGES
from karama.care.actions import name_focal_point, offer_service, record_incident, say_company
from karama.care.apartforms import IncidentForm, OfferForm
from karama.care.queries import apart as queries
from karama.care.queries.asking import kinds_open
from karama.care.queries.company import VIOLENCE, company_page
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url
from karama.journal import Problem
from karama.people.pages import ways_on
from karama.rules.alone import COMPANY
from karama.ui.addresses import reverse
from karama.ui.dates import day
from karama.ui.notices import say
from karama.ui.rendering import page

THEN: Final = {"talk": ("talk", "talk"), "chapter": ("intake_own", "intake")}
"""Where an answer leads back to: when nobody can overhear, and when somebody can."""


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def company(request: HttpRequest, person: UUID) -> HttpResponse:
    """One question, the same for everybody. Only an answer that nobody can overhear leads on."""
    by = actor_of(request)
    found, _here = company_page(by, person)
    if request.method == "POST" and request.POST.get("said") in COMPANY:
        said = request.POST["said"]
        say_company(by=by, op_id=op_id_of(request), person=person, said=said)
        alone = said in dict(words.ALONE)
        if request.POST.get("then") in THEN:
            return HttpResponseRedirect(care_url(THEN[request.POST["then"]][0 if alone else 1], person))
        return HttpResponseRedirect(care_url("alone", person) if alone else person_url(person))
    context = {
        "code": found.code,
        "back": person_url(person),
        "alone": words.ALONE,
        "accompanied": words.ACCOMPANIED,
        "then": then if (then := request.GET.get("then", "")) in THEN else "",
        "op_id": new_op_id(),
    }
    return page(request, "care/company.html", context)


@route_policy(EPISODE_PAGES)
@require_GET
def alone(request: HttpRequest, person: UUID) -> HttpResponse:
    """What may be spoken of alone. Until somebody has said so it asks who is here, and tells nothing."""
    by = actor_of(request)
    found, here = company_page(by, person)
    if not here.may_ask:
        return HttpResponseRedirect(care_url("company", person))
    may_record = queries.may_record(by, person)
    incidents = queries.incidents_of(by, person) if may_record else []
    context = {
        "code": found.code,
        "back": person_url(person),
        "now_url": reverse("safety:now"),
        "worry_url": f"{reverse('safety:worry')}?about={person}",
        "offer_url": care_url("offer", person),
        "ask_url": care_url("choose", person) if VIOLENCE in kinds_open(found) and VIOLENCE in by.compartments else "",
        "incident_url": care_url("incident", person) if may_record else "",
        "incidents": [
            (words.INCIDENT_TYPES.get(fields["type"], ""), words.TIMINGS.get(fields["timing"], ""), day(row.noted_on))
            for row, fields in incidents
        ],
        "offers": offer_rows(found, queries.offers_of(by, person)),
    }
    return page(request, "care/alone.html", context)


def offer_rows(person: Any, offers: list[queries.OfferShown]) -> list[tuple[Any, ...]]:
    """(service in words, state, badge, day, address of the slip) of each offer."""
    return [
        (
            queries.way_words(person, one.way) if one.way else _("A service"),
            words.SAID.get(one.said, ""),
            words.SAID_BADGES.get(one.said, "unknown"),
            day(one.row.offered_on),
            care_url("slip", one.row.id),
        )
        for one in offers
    ]


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, person: UUID) -> HttpResponse:
    """That a service was offered, and what the person said. Services that tell something only when alone."""
    by = actor_of(request)
    found, here = company_page(by, person)
    rules = contacts.of_programme(found.programme.code)
    open_ways = {one.code for one in rules.ways if here.may_ask or one.compartment == "general"}
    ways = [one for one in contacts.ways(found.programme.code) if one[0] in open_ways]
    form = OfferForm(request.POST or None, ways=ways)
    if request.method == "POST" and form.is_valid():
        try:
            made = offer_service(by=by, op_id=op_id_of(request), person=person, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("slip", made.record) if made.record else person_url(person))
    context = {
        "form": form,
        "title": _("A service was offered"),
        "code": found.code,
        "back": person_url(person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/medical_form.html", context)


@route_policy(EPISODE_PAGES)
@require_GET
def slip(request: HttpRequest, offered: UUID) -> HttpResponse:
    """A token to take along: no name, no code, no service. Below it, on the screen only, what may follow."""
    by = actor_of(request)
    shown, found = queries.offer_page(by, offered)
    followed = [one for _room, answer in ways_on for one in answer(by=by, person=found.id, offer=offered)]
    context = {
        "token": shown.row.token,
        "said": words.SAID.get(shown.said, ""),
        "code": found.code,
        "accompany": shown.accompany == "yes",
        "back": person_url(found.id),
        "followed": followed if shown.said == "accepted" else [],
    }
    return page(request, "care/slip.html", context)


@route_policy(INCIDENT_PAGES)
@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, person: UUID) -> HttpResponse:
    """What happened, for the services the person wants: the named colleague of the site, and only alone."""
    by = actor_of(request)
    found = queries.incident_person(by, person)
    if not company_page(by, person)[1].may_ask:
        return HttpResponseRedirect(care_url("company", person))
    form = IncidentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_incident(by=by, op_id=op_id_of(request), person=person, **form.arguments())
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("alone", person))
    context = {
        "form": form,
        "code": found.code,
        "back": care_url("alone", person),
        "now_url": reverse("safety:now"),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/incident_form.html", context)


@route_policy(FOCAL_PAGES)
@require_http_methods(["GET", "POST"])
def focal_points(request: HttpRequest, site: UUID) -> HttpResponse:
    """Who at a site is named: one button each."""
    by = actor_of(request)
    place = queries.focal_site(by, site)
    colleagues = queries.focal_colleagues(by, site)
    problem = None
    if request.method == "POST":
        chosen = {str(one.user): one for one in colleagues}.get(request.POST.get("user", ""))
        if chosen is not None:
            try:
                name_focal_point(by=by, op_id=op_id_of(request), user=chosen.user, site=site, named=not chosen.named)
            except Problem as caught:
                problem = caught
            else:
                say(request, _("Saved."))
                return HttpResponseRedirect(care_url("focal_points", site))
    context = {
        "site": place.name,
        "problem": problem,
        "colleagues": [(one, duties.label(one.duty) if one.duty else _("works here no longer")) for one in colleagues],
        "others": [(one.name, care_url("focal_points", one.id)) for one in queries.focal_sites(by) if one.id != site],
        "op_id": new_op_id(),
    }
    return page(request, "care/focal_points.html", context)
