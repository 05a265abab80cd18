"""The numbers that hospitals gave a person: read, written down, taken off. A number never stands in an address."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.journal import Problem
from karama.people import queries
from karama.people.access import CARE_PAGES, NUMBERS
from karama.people.actions import drop_number, note_number
from karama.people.actions.identity import NAMELESS
from karama.people.forms import NumberForm, sites_of
from karama.people.queries import person_in_reach
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest, person: UUID) -> HttpResponse:
    """The numbers of a person, and one more."""
    by = actor_of(request)
    found = person_in_reach(by, person, NUMBERS)
    form = NumberForm(request.POST or None, sites=sites_of(by))
    if request.method == "POST" and form.is_valid():
        try:
            note_number(by=by, op_id=op_id_of(request), person=person, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(person_url(person, "numbers"))
    context = {
        "code": found.code,
        "form": None if found.identity_mode in NAMELESS else form,
        "numbers": queries.numbers_of(by, person),
        "back": person_url(person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "people/numbers.html", context)


@route_policy(CARE_PAGES)
@require_POST
def drop_a_number(request: HttpRequest, facility_number: UUID) -> HttpResponse:
    """Take a number off: mistyped, or somebody else's."""
    by = actor_of(request)
    row = queries.number_in_reach(by, facility_number)
    drop_number(by=by, op_id=op_id_of(request), facility_number=facility_number)
    say(request, _("Taken off. Nobody is found by this number here any more."))
    return HttpResponseRedirect(person_url(row.person_id, "numbers"))
