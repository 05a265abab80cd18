"""Somebody did not come again: what was tried and why, in three taps, with what colleagues wrote before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.care import medicalwords as said
from karama.care.access import GIVING_PAGES
from karama.care.actions import note_missed
from karama.care.missedforms import MissedForm
from karama.care.queries import missed as queries
from karama.care.views import actor_of, called_by, care_url, new_op_id, op_id_of, person_url
from karama.journal import Problem
from karama.ui.listing import in_a_row
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(GIVING_PAGES)
@require_http_methods(["GET", "POST"])
def missed(request: HttpRequest, person: UUID) -> HttpResponse:
    """The day that was missed, what was written about it, and what is tried now."""
    by = actor_of(request)
    told = queries.missed_page(by, person)
    form = MissedForm(request.POST or None, initial=_initial(told.moved))
    if request.method == "POST" and told.day is not None and form.is_valid():
        sent: dict[str, Any] = {"person": person, "missed_on": told.day, "anew": _anew(request), **form.arguments()}
        try:
            note_missed(by=by, op_id=op_id_of(request), **sent)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("missed", person))
    context = {
        "code": told.person.code,
        "called": called_by(by, told.person),
        "day": told.day,
        "moved": told.moved,
        "noted": [(one, _pairs(one)) for one in told.noted],
        "form": form,
        "visits_url": care_url("visits", person),
        "contact_url": person_url(person, "contact"),
        "back": care_url("visits", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/missed.html", context)


def _anew(request: HttpRequest) -> UUID | None:
    """What the page showed as standing, and offered to write anew."""
    try:
        return UUID(request.POST.get("anew", ""))
    except ValueError:
        return None


def _initial(moved: queries.Noted | None) -> dict[str, Any]:
    """What stands there, when it is written anew; whether to come again is said anew."""
    fields = moved.fields if moved is not None else {}
    return {"tried": fields.get("tried") or [], "reason": fields.get("reason") or "", "return_in": "none"}


def _pairs(one: queries.Noted) -> list[tuple[Any, Any]]:
    codes = one.fields.get("tried")
    tried = None if codes is None else in_a_row(str(said.TRIED[each]) for each in codes) or _("None")
    reason = one.fields.get("reason") or ""
    return [
        (_("Was expected on"), one.row.missed_on),
        (_("What was tried"), tried),
        (_("Why the person did not come"), said.word("missed_visit", reason) if reason else None),
        (_("Comes again"), _("Will not come again") if one.row.over else one.row.again_on),
    ]
