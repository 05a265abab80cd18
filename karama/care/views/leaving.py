"""Closing a site: the day, the list of everybody, and each goodbye."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import queries
from karama.care.access import SESSION_PAGES, SITE_PAGES
from karama.care.actions import cancel_site_closing, plan_site_closing, say_goodbye
from karama.care.courseforms import AREA
from karama.care.models import LastCheck, Onward
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url
from karama.journal import Absent
from karama.ui.rendering import KaramaForm, page
from karama.ui.saving import saved

ONWARD = dict(Onward.choices)


class ClosingSiteForm(KaramaForm):
    """When work at a site ends."""

    ends_on = forms.DateField(label=_("Last day of work"), widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(label=_("Why"), required=False, max_length=500, widget=forms.Textarea(attrs=AREA))


class FarewellForm(KaramaForm):
    """A goodbye."""

    last_check = forms.ChoiceField(
        label=_("Asked about danger once more?"), choices=LastCheck.choices, widget=forms.RadioSelect
    )
    onward = forms.ChoiceField(
        label=_("Where does this person go from here?"), choices=Onward.choices, widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label=_("This person agreed to be handed over"), required=False)
    words = forms.CharField(
        label=_("What was said, and what this person takes along"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=AREA),
    )


@route_policy(SITE_PAGES)
@require_GET
def sites(request: HttpRequest) -> HttpResponse:
    """The own sites: which of them close, and how far the goodbyes are."""
    found = queries.closing_sites(actor_of(request))
    return page(
        request, "care/closing_sites.html", {"sites": [(one, care_url("closing_site", one.site)) for one in found]}
    )


@route_policy(SITE_PAGES)
@require_http_methods(["GET", "POST"])
def closing_site(request: HttpRequest, site: UUID) -> HttpResponse:
    """One site: plan its closing, or the list of everybody who is in care there."""
    by = actor_of(request)
    found = next((one for one in queries.closing_sites(by) if one.site == site), None)
    if found is None:
        raise Absent()
    form = ClosingSiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if saved(form, lambda: plan_site_closing(by=by, op_id=op_id_of(request), site=site, **told), request):
            return HttpResponseRedirect(care_url("closing_site", site))
    people = [(one, ONWARD.get(one.onward, ""), care_url("farewell", one.person)) for one in found.people]
    context = {
        "found": found,
        "people": people,
        "total": len(people),
        "why": queries.why_of(found.closing) if found.closing else "",
        "form": form,
        "may_say": "clinical" in by.compartments,
        "cancel_url": care_url("cancel_closing", site),
        "back": reverse("care:closing_sites"),
        "op_id": new_op_id(),
    }
    return page(request, "care/closing_site.html", context)


@route_policy(SITE_PAGES)
@require_POST
def cancel_closing(request: HttpRequest, site: UUID) -> HttpResponse:
    """The site goes on after all."""
    by = actor_of(request)
    if all(one.site != site for one in queries.closing_sites(by)):
        raise Absent()
    cancel_site_closing(by=by, op_id=op_id_of(request), site=site)
    return HttpResponseRedirect(care_url("closing_site", site))


@route_policy(SESSION_PAGES)
@require_http_methods(["GET", "POST"])
def farewell(request: HttpRequest, person: UUID) -> HttpResponse:
    """A goodbye to one person."""
    by = actor_of(request)
    found, closing = queries.farewell_person(by, person)
    form = FarewellForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if saved(form, lambda: say_goodbye(by=by, op_id=op_id_of(request), person=person, **told), request):
            return HttpResponseRedirect(person_url(person))
    context = {
        "code": found.code,
        "ends_on": closing.ends_on,
        "said": [
            {
                "title": ONWARD[row.onward],
                "at": row.recorded_at,
                "by": who,
                "text": " · ".join(part for part in (str(row.get_last_check_display()), told) if part),
                "state": "done",
            }
            for row, who, told in queries.farewells_of(by, found, closing)
        ],
        "form": form,
        "op_id": new_op_id(),
        "back": person_url(person),
    }
    return page(request, "care/farewell.html", context)
