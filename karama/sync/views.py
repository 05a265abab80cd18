"""The door for telephones, and the two pages where a person decides."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karama.journal import Problem
from karama.security import courier as seals
from karama.sync import access, actions, queries, wire
from karama.sync.answering import exchange
from karama.sync.forms import AsideForm, DecideForm
from karama.sync.problems import NotReadable, TooLarge
from karama.ui.notices import say
from karama.ui.rendering import page
from karama.ui.requests import actor_of
from karama.ui.routes import ANY_DUTY, PUBLIC, route_policy

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@route_policy(PUBLIC)
@csrf_exempt
@never_cache
@require_POST
def field_sync(request: HttpRequest) -> HttpResponse:
    """`POST /field/sync`. No cookie is looked at: who speaks is who signed."""
    if announced(request) > wire.LARGEST_BODY:
        return problem_told(TooLarge())
    try:
        told = exchange(wire.read_request(request.body, request.headers.get("Content-Encoding", "")))
    except (NotReadable, TooLarge) as problem:
        return problem_told(problem)
    return packed(request, wire.text_of(told))


def announced(request: HttpRequest) -> int:
    """How many bytes a request says it has; 0 where it says nothing that can be read."""
    told = request.headers.get("Content-Length") or ""
    return int(told) if told.isdecimal() else 0


def packed(request: HttpRequest, told: str, status: int = 200) -> HttpResponse:
    """A reply, packed for whoever can unpack it."""
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(wire.pack(told) if takes else told.encode(), "application/json", status=status)
    if takes:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    return response


def problem_told(problem: Problem) -> HttpResponse:
    """A problem as a telephone reads it."""
    age = {"v": wire.VERSION, "contract": wire.CONTRACT}
    told = {**age, "code": problem.code, "what": str(problem.what), "do": str(problem.do)}
    return HttpResponse(wire.text_of(told), "application/json", status=problem.status)


@route_policy(access.HELD_PAGES)
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    """What telephones sent and nobody could enter, the oldest first."""
    return page(request, "sync/held.html", {"waiting": queries.held_waiting(actor_of(request))})


@route_policy(access.HELD_PAGES)
@get_or_post
def held_one(request: HttpRequest, operation: UUID) -> HttpResponse:
    """One held operation: what it says, as far as the reader may know it, and what to do with it."""
    by = actor_of(request)
    found = queries.held_page(by, operation)
    form = AsideForm(request.POST or None)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "enter":
                actions.enter_held(by=by, held=operation)
                say(request, _("It is entered, in the name of the colleague who sent it."))
                return redirect("sync:held")
            if form.is_valid():
                actions.set_aside(by=by, held=operation, reason=form.cleaned_data["reason"])
                say(request, _("It is set aside. What was sent stays readable."))
                return redirect("sync:held")
        except Problem as problem:
            form.take(problem)
    return page(request, "sync/held_one.html", {"found": found, "form": form})


@route_policy(access.HELD_PAGES)
@never_cache
@require_safe
def held_file(request: HttpRequest, operation: UUID) -> HttpResponse:
    """One held operation with the signature of its author, for whoever may read it: sealed, as it leaves the house."""
    told = queries.held_file(actor_of(request), operation)
    response = HttpResponse(seals.sealed(wire.text_of(told).encode()), "application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="operation.krm"'
    return response


@route_policy(ANY_DUTY)
@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """Fields that two people changed without knowing of each other, about people near to the reader."""
    return page(request, "sync/conflicts.html", {"open": queries.open_conflicts(actor_of(request))})


@route_policy(ANY_DUTY)
@get_or_post
def conflict(request: HttpRequest, conflict: UUID) -> HttpResponse:
    """Both versions of one field, and the choice."""
    by = actor_of(request)
    found = queries.conflict_page(by, conflict)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_conflict(by=by, conflict=conflict, chosen=form.cleaned_data["chosen"])
            say(request, _("Decided. Both versions stay readable."))
            return redirect("sync:conflicts")
        except Problem as problem:
            form.take(problem)
    return page(request, "sync/conflict.html", {"found": found, "form": form})
