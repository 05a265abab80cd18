"""What is one's own: everything that is kept, one talk, and its end."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karama.accounts.routes import ANY_DUTY, route_policy
from karama.journal import Absent, Problem
from karama.staffcare import queries, words
from karama.staffcare.actions import allow, delete_request, say_talked, withdraw
from karama.staffcare.views import actor_of, new_op_id, op_id_of, own_url
from karama.staffcare.views.asking import outside_rows
from karama.ui.notices import say, warn
from karama.ui.rendering import page


@route_policy(ANY_DUTY)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My support: what is kept, until when, and whether others may ask me."""
    by = actor_of(request)
    offer = queries.offer_of(by)
    context = {
        "talks": [
            (one, words.STATES[one.state], words.BADGES[one.state], own_url("own", one.id))
            for one in queries.own_talks(by)
        ],
        "asked": [(one, own_url("asked", one.id)) for one in queries.asked_of(by)],
        "offer": own_url("offer", offer.id) if offer is not None else "",
        "agreed": queries.agreed_to_be_asked(by),
        "op_id": new_op_id(),
    }
    return page(request, "staffcare/mine.html", context)


@route_policy(ANY_DUTY)
@require_safe
def own(request: HttpRequest, support: UUID) -> HttpResponse:
    """One talk of one's own: where it stands, who is asked now and next, and every way out."""
    found = queries.own_page(actor_of(request), support)
    context = {
        "found": found,
        "state": words.STATES[found.line.state],
        "badge": words.BADGES[found.line.state],
        "outside": outside_rows(found.outside),
        "op_id": new_op_id(),
    }
    return page(request, "staffcare/own.html", context)


@route_policy(ANY_DUTY)
@require_POST
def also(request: HttpRequest, support: UUID) -> HttpResponse:
    """Allow one more colleague to be asked."""
    by = actor_of(request)
    try:
        colleague = UUID(request.POST.get("to", ""))
    except ValueError:
        raise Absent() from None
    return _done(request, support, lambda: allow(by=by, support=support, colleague=colleague, op_id=op_id_of(request)))


@route_policy(ANY_DUTY)
@require_POST
def talked(request: HttpRequest, support: UUID) -> HttpResponse:
    """Say that the talk was held."""
    by = actor_of(request)
    return _done(request, support, lambda: say_talked(by=by, support=support, op_id=op_id_of(request)))


@route_policy(ANY_DUTY)
@require_POST
def call_off(request: HttpRequest, support: UUID) -> HttpResponse:
    """Withdraw it."""
    by = actor_of(request)
    return _done(request, support, lambda: withdraw(by=by, support=support, op_id=op_id_of(request)))


@route_policy(ANY_DUTY)
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, support: UUID) -> HttpResponse:
    """Ask once, then delete for good."""
    by = actor_of(request)
    queries.own_page(by, support)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        delete_request(by=by, support=support)
        say(request, _("It is deleted. Nobody can open it any more, not even you."))
        return HttpResponseRedirect(own_url("mine"))
    context = {"action": own_url("delete", support), "back": own_url("own", support)}
    return page(request, "staffcare/delete.html", context)


def _done(request: HttpRequest, support: UUID, act: object) -> HttpResponse:
    assert callable(act)
    try:
        act()
    except Absent:
        raise
    except Problem as problem:
        queries.own_page(actor_of(request), support)  # not hers: the same as not there
        warn(request, f"{problem.what} {problem.do}")
    return HttpResponseRedirect(own_url("own", support))
