"""A person's plan for hard moments: read, printed without a word that betrays it, renewed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from karama.journal import Problem
from karama.people.views import new_op_id, op_id_of, person_url
from karama.people.views.papers import of_paper, paper_context, typed_in
from karama.safety import queries, words
from karama.safety.access import PLAN_PAGES
from karama.safety.actions import make_plan
from karama.safety.forms import PlanForm
from karama.safety.views import actor_of
from karama.ui.addresses import reverse
from karama.ui.rendering import page
from karama.ui.routes import route_policy


@route_policy(PLAN_PAGES)
@require_safe
def plan(request: HttpRequest, person: UUID) -> HttpResponse:
    """The newest plan, as it is printed, and the versions before."""
    _file, plans = queries.plan_page(actor_of(request), person)
    shown = [(one, [(words.PLAN_PARTS[code], text) for code, text in one.parts.items()]) for one in plans]
    context = {
        "newest": shown[0] if shown else None,
        "earlier": shown[1:],
        "back": person_url(person),
        "edit_url": reverse("safety:renew_plan", args=[person]),
    }
    return page(request, "safety/plan.html", context)


@route_policy(PLAN_PAGES)
@require_http_methods(["GET", "POST"])
def renew_plan(request: HttpRequest, person: UUID) -> HttpResponse:
    """Make a plan, or a new version: all parts on one page, none of them required."""
    by = actor_of(request)
    _file, plans = queries.plan_page(by, person)
    newest = plans[0] if plans else None
    paper = typed_in(request, by, "plan", person, kept=True)
    before = newest.parts if newest and paper is None else {}
    form = PlanForm(request.POST or None, parts=before, renews=newest.id if newest else None)
    if request.method == "POST" and form.is_valid():
        try:
            told = {"parts": form.parts(), "renews": form.renews(), **of_paper(paper)}
            make_plan(by=by, op_id=op_id_of(request), person=person, **told)
        except Problem as problem:
            form.take(problem)
        else:
            return HttpResponseRedirect(reverse("safety:plan", args=[person]))
    context = {
        "form": form,
        "back": reverse("safety:plan", args=[person]),
        "op_id": request.POST.get("op_id") or new_op_id(),
        **paper_context(by, person, "plan", paper),
    }
    return page(request, "safety/plan_form.html", context)
