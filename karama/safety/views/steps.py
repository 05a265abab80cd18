"""Recording a step: at once, or with a short form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from karama.journal import Absent, Problem, clock
from karama.safety import access, actions, queries
from karama.safety.forms import CloseForm, FollowUpForm, HandOverForm, HowKnownForm, NeededNoteForm, NoteForm
from karama.safety.queries import AlertPage
from karama.safety.views import actor_of, op_id_of
from karama.safety.views.alerts import button_of, shown_alert
from karama.security.identifiers import uuid7
from karama.ui.notices import say
from karama.ui.rendering import KaramaForm, page
from karama.ui.routes import route_policy

ACTIONS: dict[str, Any] = {
    "seen": actions.see_alert,
    "taken": actions.take_alert,
    "first_contact": actions.record_first_contact,
    "contact_tried": actions.record_contact_tried,
    "follow_up": actions.record_screening,
    "handed_over": actions.hand_over,
    "closed": actions.close_alert,
    "not_found": actions.close_not_found,
    "death_confirmed": actions.confirm_death,
    "reopened": actions.reopen_alert,
}

FORMS: dict[str, Callable[..., KaramaForm]] = {
    "seen": KaramaForm,
    "taken": KaramaForm,
    "first_contact": NoteForm,
    "contact_tried": NoteForm,
    "not_found": NeededNoteForm,
    "death_confirmed": HowKnownForm,
    "reopened": NeededNoteForm,
    "closed": CloseForm,
}


@route_policy(access.SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, alert: UUID, kind: str) -> HttpResponse:
    """One step of an alert. Raises `Absent` for whoever may not see it, and for a step that does not exist."""
    by = actor_of(request)
    found = queries.alert_page(by, alert)
    if kind not in ACTIONS:
        raise Absent()
    form = _form(kind, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ACTIONS[kind](by=by, alert=alert, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Recorded."))
            return redirect("safety:alert", alert)
    context = shown_alert(found, clock.now()) | {
        "form": form,
        "title": button_of(kind, found),
        "op_id": uuid7(),
        "is_follow_up": kind == "follow_up",
        "is_closing": kind == "closed",
    }
    return page(request, "safety/step.html", context)


def _form(kind: str, found: AlertPage, data: Any) -> KaramaForm:
    if kind == "handed_over":
        return HandOverForm(data, colleagues=found.colleagues)
    if kind == "follow_up":
        return FollowUpForm(data, screener=found.screener)
    return FORMS[kind](data)
