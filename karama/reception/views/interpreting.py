"""What somebody interprets, for herself; and finding somebody else, for whoever books."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import ANY_DUTY, route_policy
from karama.journal import clock
from karama.programme.days import zone_of
from karama.reception import fitting, queries, words
from karama.reception.access import DESK_PAGES
from karama.reception.actions import decline_interpreting, give_interpreter
from karama.reception.forms import FindInterpreterForm
from karama.reception.models import Debrief
from karama.reception.queries import ToInterpret
from karama.reception.views import actor_of, desk_url, new_op_id, op_id_of, saved
from karama.rules.appointments import HOLDING, may_decline
from karama.ui.notices import say
from karama.ui.rendering import KaramaForm, page

WHY = ("cannot", "knows")


@route_policy(ANY_DUTY)
@require_GET
def to_interpret(request: HttpRequest) -> HttpResponse:
    """The reader's own calendar: what she interprets next, and what she interpreted in the last days."""
    by = actor_of(request)
    context = {
        "coming": [_row(one) for one in queries.to_interpret(by)],
        "past": [_row(one) for one in queries.interpreted(by)],
    }
    return page(request, "reception/to_interpret.html", context)


def _row(one: ToInterpret) -> dict[str, Any]:
    zone = zone_of(one.site)
    return {
        "one": one,
        "starts_at": one.starts_at.astimezone(zone),
        "ends_at": one.ends_at.astimezone(zone),
        "href": desk_url("interpret", one.id),
        "badge": words.STATE_BADGES[one.state],
        "state": words.STATES[one.state],
        "after": dict(Debrief.choices).get(one.after, ""),
    }


@route_policy(ANY_DUTY)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, heard: UUID) -> HttpResponse:
    """One of them: when, where and with which colleague; and two ways to say that somebody else should."""
    by = actor_of(request)
    shown = queries.one_to_interpret(by, heard)
    why = request.POST.get("why", "")
    form = KaramaForm({} if why in WHY else None)
    if request.method == "POST" and why in WHY and form.is_valid():
        told: dict[str, Any] = {"by": by, "op_id": op_id_of(request), "appointment": heard, "why": why}
        if saved(form, lambda: decline_interpreting(**told), request):
            say(request, _("Thank you. Your colleagues know, and somebody else is found."))
            return HttpResponseRedirect(desk_url("to_interpret"))
    ended = shown.ends_at <= clock.now()
    context = _row(shown) | {
        "form": form,
        "may_decline": may_decline(shown.state, "cannot") and not ended,
        "may_know": may_decline(shown.state, "knows"),
        "called_off": shown.state in ("cancelled", "moved"),
        "to_come": shown.state in HOLDING,
        "back": desk_url("to_interpret"),
        "op_id": new_op_id(),
    }
    return page(request, "reception/interpret.html", context)


@route_policy(DESK_PAGES)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Somebody else of the roster for the same time, or nobody of it is needed."""
    by = actor_of(request)
    row, entry, _heard = queries.appointment_page(by, appointment)
    names = fitting.aliases(fitting.interpreters_for(row.person, row.starts_at))
    form = FindInterpreterForm(request.POST or None, interpreters=[(str(line), alias) for line, alias in names])
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"by": by, "op_id": op_id_of(request), "appointment": appointment}
        if saved(form, lambda: give_interpreter(interpreter=form.chosen(), **told), request):
            return HttpResponseRedirect(desk_url("appointment", appointment))
    context = {
        "form": form,
        "one": entry,
        "fits": bool(names),
        "sought": queries.is_sought(row),
        "back": desk_url("appointment", appointment),
        "op_id": new_op_id(),
    }
    return page(request, "reception/find_interpreter.html", context)
