"""A visit begins with the number of the hospital: typed, or scanned by a reader that types. It stands in no address."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.care.access import GIVING_PAGES
from karama.care.queries.visits import was_seen
from karama.care.views import actor_of, care_url
from karama.journal import Actor, Problem, clock
from karama.people.forms import NumberForm, sites_of
from karama.people.queries import Found, found_by_number
from karama.people.searching import search_token
from karama.people.views.finding import lines_of
from karama.ui.addresses import reverse
from karama.ui.rendering import page


@route_policy(GIVING_PAGES)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Found: on to the visit. Not hers: as in any search. Nobody: register with the number, or look by name."""
    by = actor_of(request)
    form = NumberForm(request.POST or None, sites=sites_of(by), focus=True)
    context: dict[str, Any] = {"form": form, "results": None}
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            found = found_by_number(by, site=UUID(typed["site"]), number=typed["facility_no"])
        except Problem as problem:
            if problem.status == 429:
                raise
            form.take(problem)
        else:
            if len(found) == 1 and found[0].mine:
                return HttpResponseRedirect(_on_to(by, found[0]))
            context |= {
                "results": lines_of(by, found),
                "typed": typed,
                "token": search_token(by, clock.now()),
                "register_url": reverse("people:register"),
                "search_url": reverse("people:search"),
            }
    return page(request, "care/begin_visit.html", context)


def _on_to(by: Actor, found: Found) -> str:
    """Somebody who was here before follows up; somebody who was not begins."""
    return care_url("follow_up" if was_seen(by, found.id) else "new_visit", found.id)
