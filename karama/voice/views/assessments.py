"""Impact assessments: each programme, and one programme with a form for a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from karama.accounts.routes import route_policy
from karama.journal import Problem
from karama.ui.dates import day
from karama.ui.notices import say
from karama.ui.rendering import page
from karama.ui.requests import page_of
from karama.voice import queries
from karama.voice.access import OFFICER_PAGES
from karama.voice.actions import assess_impact
from karama.voice.forms import AssessmentForm
from karama.voice.models import Risk
from karama.voice.queries import AssessmentLine, AssessmentShown
from karama.voice.views import actor_of, new_op_id, op_id_of, voice_url

STATES: dict[str, tuple[str, Any]] = {
    "missing": ("now", _("There is none")),
    "overdue": ("now", _("To be looked at again")),
    "in_force": ("done", _("In force")),
}
RISKS: dict[str, Any] = dict(Risk.choices)


@route_policy(OFFICER_PAGES)
@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """Every programme: where there is none, or it is to be looked at again, comes first."""
    part = page_of(request, queries.assessments(actor_of(request)))
    context = {"rows": [_row(one) for one in part.object_list], "page_obj": part}
    return page(request, "voice/assessments.html", context)


def _row(one: AssessmentLine) -> dict[str, Any]:
    badge, state = STATES[one.state]
    meta = _("look again on %(day)s") % {"day": day(one.review_on)} if one.review_on else ""
    return {
        "title": one.title,
        "href": voice_url("assessment", one.programme),
        "badge": badge,
        "state": state,
        "meta": meta,
    }


@route_policy(OFFICER_PAGES)
@require_http_methods(["GET", "POST"])
def assessment(request: HttpRequest, programme: UUID) -> HttpResponse:
    """One programme: what was thought through, and writing down a new one."""
    by = actor_of(request)
    found = queries.assessment_page(by, programme)
    form = AssessmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            assess_impact(by=by, programme=programme, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(voice_url("assessment", programme))
    context = {
        "line": found.line,
        "badge": STATES[found.line.state],
        "assessments": [(day(one.done_on), _pairs(one)) for one in found.assessments],
        "form": form,
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "voice/assessment.html", context)


def _pairs(one: AssessmentShown) -> list[tuple[Any, Any]]:
    return [
        (_("Done by"), one.who),
        (_("Risk that is left"), RISKS[one.risk]),
        (_("What could harm people"), one.summary),
        (_("What is done about it"), one.measures),
        (_("Look at it again on"), one.review_on),
        (_("Where the document lies"), one.reference),
    ]
