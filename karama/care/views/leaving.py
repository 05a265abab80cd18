"""Closing a site: the day, the list of everybody, and each goodbye."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import queries
from karama.care.access import CLINICAL, SESSION_PAGES, SITE_PAGES
from karama.care.actions import cancel_site_closing, plan_site_closing, say_goodbye
from karama.care.courseforms import AREA
from karama.care.coursewords import FOLLOW_UP
from karama.care.models import Closing, LastCheck, Onward
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url
from karama.journal import Absent, Actor
from karama.people.models import Person
from karama.people.pages import page_tabs
from karama.ui.addresses import reverse
from karama.ui.rendering import KaramaForm, page
from karama.ui.saving import saved

ONWARD = dict(Onward.choices)
GOES_ON_AFTER_ALL = (
    _("Does the work go on after all?"),
    _("What was said stays readable. If a closing is planned again, everybody needs a goodbye again."),
)
GOES_ON = "grant:"
"""Before the id of a grant that goes on paying, among the ways onward."""


class ClosingSiteForm(KaramaForm):
    """When work at a site ends."""

    ends_on = forms.DateField(label=_("Last day of work"), widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(label=_("Why"), required=False, max_length=500, widget=forms.Textarea(attrs=AREA))


class FarewellForm(KaramaForm):
    """A goodbye."""

    last_check = forms.ChoiceField(
        label=_("Asked about danger once more?"), choices=LastCheck.choices, widget=forms.RadioSelect
    )
    onward = forms.ChoiceField(label=_("Where does this person go from here?"), widget=forms.RadioSelect)
    agreed = forms.BooleanField(label=_("This person agreed to be handed over"), required=False)
    follow_up = forms.ChoiceField(
        label=_("May we ask again later how the person is?"),
        choices=list(FOLLOW_UP.items()),
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(
        label=_("What was said, and what this person takes along"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=AREA),
    )

    def __init__(self, *args: object, onward: Sequence[tuple[str, Any]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["onward"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(onward)

    def arguments(self) -> dict[str, Any]:
        """What was answered, as the action takes it."""
        told = dict(self.cleaned_data)
        told["follow_up"] = told["follow_up"] or "not_asked"
        if told["onward"].startswith(GOES_ON):
            told["grant"] = UUID(told["onward"].removeprefix(GOES_ON))
            told["onward"] = "handed_over"
        return told


def is_sure(request: HttpRequest) -> bool:
    """Whether somebody was asked once more, and said yes."""
    return request.POST.get("confirmed") == "yes"


def make_sure(request: HttpRequest, name: str, back: str, label: Any, question: Any, words: Any) -> HttpResponse:
    """Ask once more, before what cannot be taken back."""
    context = {"name": name, "back": back, "label": label, "question": question, "words": words}
    return page(request, "care/closing_sure.html", context | {"op_id": new_op_id()})


@route_policy(SITE_PAGES)
@require_GET
def sites(request: HttpRequest) -> HttpResponse:
    """The own sites: which of them close, and how far the goodbyes are."""
    found = queries.closing_sites(actor_of(request))
    return page(
        request,
        "care/closing_sites.html",
        {"sites": [(one, care_url("closing_site", one.site)) for one in found if one.site]},
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
        "left": found.counts[0] if found.counts else None,
        "lists": by.duty == "supervisor",
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
    found = next((one for one in queries.closing_sites(by) if one.site == site), None)
    if found is None:
        raise Absent()
    if found.closing is not None and not is_sure(request):
        back = care_url("closing_site", site)
        return make_sure(request, found.name, back, _("The site goes on after all"), *GOES_ON_AFTER_ALL)
    cancel_site_closing(by=by, op_id=op_id_of(request), site=site)
    return HttpResponseRedirect(care_url("closing_site", site))


@route_policy(SESSION_PAGES)
@require_http_methods(["GET", "POST"])
def farewell(request: HttpRequest, person: UUID) -> HttpResponse:
    """A goodbye to one person before their site closes."""
    return _farewell(request, person, None)


@route_policy(SESSION_PAGES)
@require_http_methods(["GET", "POST"])
def farewell_of(request: HttpRequest, person: UUID, closing: UUID) -> HttpResponse:
    """A goodbye to one person because of one closing: of a site, or of a grant."""
    return _farewell(request, person, closing)


def _farewell(request: HttpRequest, person: UUID, asked: UUID | None) -> HttpResponse:
    by = actor_of(request)
    found, closing = queries.farewell_person(by, person, asked)
    onward = ways_onward(found, closing)
    form = FarewellForm(request.POST or None, onward=onward)
    if request.method == "POST" and form.is_valid():
        told = form.arguments() | ({"closing": closing.id} if closing.grant_id else {})
        if saved(form, lambda: say_goodbye(by=by, op_id=op_id_of(request), person=person, **told), request):
            return HttpResponseRedirect(person_url(person))
    context = {
        "code": found.code,
        "ends_on": closing.ends_on,
        "of_grant": closing.grant_id is not None,
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
        "links": _before(by, person),
        "op_id": new_op_id(),
        "back": person_url(person),
    }
    return page(request, "care/farewell.html", context)


def _before(by: Actor, person: UUID) -> list[tuple[Any, str]]:
    """What may be needed first: the questions about danger, a worry, a referral."""
    found: list[tuple[Any, str]] = []
    if by.duty in CLINICAL:
        found = [(_("Ask the questions about danger"), care_url("choose", person))]
    referring = page_tabs.get("referrals")
    onward = list(referring(by=by, person=person)) if referring is not None else []
    return [*found, (_("Raise a worry"), f"{reverse('safety:worry')}?about={person}"), *onward]


def ways_onward(found: Person, closing: Closing) -> list[tuple[str, Any]]:
    """Where a person may go from here. When a grant ends: each one that goes on at this site, or a referral."""
    if closing.grant is None:
        return list(Onward.choices)
    going_on = queries.goes_on_at(closing.grant, found.site_id, closing.ends_on)
    words = _("Care goes on here, as this person agreed (%(grant)s)")
    here = [(f"{GOES_ON}{one.id}", words % {"grant": one.name}) for one in going_on]
    partner = _("To a partner or another site, by a referral this person agreed to")
    return [*here, ("handed_over", partner), *(one for one in Onward.choices if one[0] != "handed_over")]
