"""A lost card: two questions kept for later, and finding somebody by them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Actor, Problem, clock
from karama.people import queries, words
from karama.people.access import CARE_PAGES, CONTACT, REGISTER_PAGES
from karama.people.actions import find_me, set_find_me
from karama.people.forms import FindMeForm, QuestionsForm
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.people.searching import search_token
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.programme.models import Site
from karama.ui.addresses import reverse
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, person: UUID) -> HttpResponse:
    """Choose two questions for the day the card is lost."""
    by = actor_of(request)
    file = person_in_reach(by, person, CONTACT)
    asked = words.find_me_questions(file.programme_id)
    form = QuestionsForm(request.POST or None, questions=asked)
    after = person_url(person, "cards") if request.GET.get("new") else person_url(person)
    if request.method == "POST" and form.is_valid():
        try:
            set_find_me(by=by, person=person, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Kept. Nobody can read the answers again, you neither."))
            return HttpResponseRedirect(after)
    context = {"form": form, "code": file.code, "after": after, "op_id": request.POST.get("op_id") or new_op_id()}
    context["questions"] = asked
    return page(request, "people/questions.html", context)


@route_policy(REGISTER_PAGES)
@require_http_methods(["GET", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """Find somebody by her two answers: her code, or one and the same "not found"."""
    by = actor_of(request)
    sites = list(Site.objects.filter(pk__in=by.sites, closed_on__isnull=True).order_by("name"))
    programme = sites[0].programme_id if sites else UUID(int=0)
    asked = words.find_me_questions(programme)
    form = FindMeForm(
        request.POST or None,
        questions=asked,
        sites=[(str(one.pk), one.name) for one in sites],
    )
    context: dict[str, Any] = {"form": form, "questions": asked, "outcome": "", "op_id": new_op_id()}
    if request.method == "POST" and form.is_valid():
        try:
            tried = find_me(by=by, op_id=op_id_of(request), **form.cleaned_data).value
        except Problem as problem:
            form.take(problem)
        else:
            context |= _outcome(by, tried)
    return page(request, "people/lost.html", context)


def _outcome(by: Actor, tried: Any) -> dict[str, Any]:
    """What the page says. A try sent twice names nobody: try again."""
    found = getattr(tried, "found", None) if tried is not None else None
    told: dict[str, Any] = {
        "outcome": tried.outcome if tried is not None else "wrong",
        "token": search_token(by, clock.now()),
        "register_url": reverse("people:register"),
    }
    if found is not None:
        file = Person.objects.get(pk=found)
        mine = file.assignments.filter(user_id=by.id, until__isnull=True).exists()
        overseeing = by.duty == "supervisor"
        told |= {"code": file.code, "href": person_url(found) if mine or overseeing else ""}
        queries.note_found(by, found)
    elif told["outcome"] == "found":
        told["outcome"] = "wrong"
    return told
