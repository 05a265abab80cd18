"""Being asked: agreeing to it, answering; and an offer of one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karama.accounts.routes import ANY_DUTY, route_policy
from karama.journal import Absent, Problem
from karama.staffcare import queries
from karama.staffcare.actions import (
    agree_to_be_asked,
    answer_offer,
    decline,
    give_back,
    say_talked,
    stop_being_asked,
    take,
)
from karama.staffcare.views import actor_of, new_op_id, op_id_of, own_url
from karama.ui.notices import say, warn
from karama.ui.rendering import page

ANSWERS: Final[dict[str, Callable[..., Any]]] = {
    "taken": take,
    "declined": decline,
    "given_back": give_back,
    "talked": say_talked,
}


@route_policy(ANY_DUTY)
@require_safe
def asked(request: HttpRequest, support: UUID) -> HttpResponse:
    """A talk a colleague asks for: only here stands who she is."""
    found = queries.asked_page(actor_of(request), support)
    return page(request, "staffcare/asked.html", {"found": found, "op_id": new_op_id()})


@route_policy(ANY_DUTY)
@require_POST
def answer(request: HttpRequest, support: UUID) -> HttpResponse:
    """Take it, or say that one cannot; afterwards that one talked."""
    by = actor_of(request)
    queries.asked_page(by, support)
    act = ANSWERS.get(request.POST.get("answer", ""))
    if act is None:
        raise Absent()
    try:
        act(by=by, support=support, op_id=op_id_of(request))
    except Absent:
        raise
    except Problem as problem:
        warn(request, f"{problem.what} {problem.do}")
        return HttpResponseRedirect(own_url("mine"))
    if act is take:
        say(request, _("Your colleague is told that you will talk."))
        return HttpResponseRedirect(own_url("asked", support))
    say(request, _("Saved."))
    return HttpResponseRedirect(own_url("mine"))


@route_policy(ANY_DUTY)
@require_POST
def listen(request: HttpRequest) -> HttpResponse:
    """Agree to be asked, or end that."""
    by = actor_of(request)
    (agree_to_be_asked if request.POST.get("agree") == "yes" else stop_being_asked)(by=by)
    say(request, _("Saved."))
    return HttpResponseRedirect(own_url("mine"))


@route_policy(ANY_DUTY)
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, offer: UUID) -> HttpResponse:
    """An offer after something heavy. What she answers is kept nowhere."""
    by = actor_of(request)
    queries.offer_of(by, offer)
    said = request.POST.get("answer", "")
    if request.method == "POST" and said in ("take", "later", "decline"):
        answer_offer(by=by, offer=offer, answer=said)
        return HttpResponseRedirect(own_url("talk") if said == "take" else "/")
    return page(request, "staffcare/offer.html", {"action": own_url("offer", offer)})
