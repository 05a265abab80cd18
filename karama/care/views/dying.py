"""A death is written down, what follows it, and that it was a mistake."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.care import queries
from karama.care.access import PAGES
from karama.care.actions import follow_death, record_death, take_back_death
from karama.care.courseforms import DeathForm, DeathStepForm, TakeBackForm
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url
from karama.ui.rendering import page
from karama.ui.saving import saved


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, person: UUID) -> HttpResponse:
    """A death is written down; everything else stops by itself."""
    by = actor_of(request)
    found = queries.closing_person(by, person)
    form = DeathForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if saved(form, lambda: record_death(by=by, op_id=op_id_of(request), person=person, **told), request):
            return HttpResponseRedirect(person_url(person))
    context = {"form": form, "code": found.code, "back": person_url(person), "op_id": new_op_id()}
    return page(request, "care/record_death.html", context)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def death(request: HttpRequest, death: UUID) -> HttpResponse:
    """What follows a death: support for those who stay, and the review without blame where it is needed. Of one that
    was a mistake: why, and what had stopped."""
    by = actor_of(request)
    shown = queries.death_page(by, death)
    form = DeathStepForm(request.POST or None)
    if request.method == "POST" and by.duty == "supervisor" and form.is_valid():
        step, words = request.POST.get("step", ""), form.cleaned_data["words"]
        if saved(
            form, lambda: follow_death(by=by, op_id=op_id_of(request), death=death, step=step, words=words), request
        ):
            return HttpResponseRedirect(care_url("death", death))
    context = {
        "shown": shown,
        "form": form,
        "may": by.duty == "supervisor" and shown.back is None,
        "take_back_url": care_url("take_back_death", death),
        "others": [(at, care_url("death", one)) for one, at in shown.others],
        "op_id": new_op_id(),
        "back": person_url(shown.person),
    }
    return page(request, "care/death.html", context)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, death: UUID) -> HttpResponse:
    """The person lives: why the death was written down, and then what had stopped stands on its page."""
    by = actor_of(request)
    shown = queries.death_page(by, death)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["reason"]
        if saved(form, lambda: take_back_death(by=by, op_id=op_id_of(request), death=death, reason=why), request):
            return HttpResponseRedirect(care_url("death", death))
    context = {"shown": shown, "form": form, "op_id": new_op_id(), "back": care_url("death", death)}
    return page(request, "care/take_back_death.html", context)
