"""Records whose days of keeping are over: which rules stand, whose days are over, and what a human decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from karama.accounts.routes import route_policy
from karama.journal import Problem
from karama.ui.dates import day
from karama.ui.notices import say
from karama.ui.rendering import page
from karama.ui.requests import page_of
from karama.voice import queries, words
from karama.voice.access import OFFICER_PAGES
from karama.voice.actions import begin_by_rule, keep_longer
from karama.voice.forms import KeepForm
from karama.voice.views import actor_of, new_op_id, op_id_of, voice_url


@route_policy(OFFICER_PAGES)
@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """The rules of each programme, and whose days are over."""
    by = actor_of(request)
    part = page_of(request, queries.records_due(by))
    people = list(part.object_list)
    last = queries.written_on([one.id for one in people])
    rules = queries.rules_of_programmes(by)
    rows = [(one.code, voice_url("due", one.id), day(last[one.id]) if one.id in last else "") for one in people]
    context = {
        "rules": [(one.programme, _rule(one), one.confirmed, _others(one)) for one in rules],
        "rows": rows,
        "page_obj": part,
        "any_rule": any(one.confirmed for one in rules),
    }
    return page(request, "voice/keeping.html", context)


def _rule(one: queries.ProgrammeRules) -> Any:
    if one.years is None:
        return _("No rule stands. A lead decides it with you and a lawyer, and has the pack say who decided.")
    told = ngettext(
        "Closed records are kept %(count)d year after the last entry.",
        "Closed records are kept %(count)d years after the last entry.",
        one.years,
    ) % {"count": one.years}
    if one.confirmed:
        return told
    return _("%(rule)s Only a proposal: nobody has confirmed it, so nothing is due.") % {"rule": told}


def _others(one: queries.ProgrammeRules) -> list[tuple[Any, Any]]:
    return [(rule.what, _days(rule.days, rule.confirmed)) for rule in one.others]


def _days(days: int, confirmed: bool) -> Any:
    told = ngettext("erased by itself after %(count)d day", "erased by itself after %(count)d days", days)
    said = told % {"count": days}
    return said if confirmed else _("%(rule)s; nobody has confirmed it") % {"rule": said}


@route_policy(OFFICER_PAGES)
@require_http_methods(["GET", "POST"])
def due(request: HttpRequest, person: UUID) -> HttpResponse:
    """What would go and what would stay; then keep it longer with a reason, or begin the deletion."""
    by = actor_of(request)
    shown = queries.due_page(by, person)
    begins = request.method == "POST" and "begin" in request.POST
    form = KeepForm(request.POST if request.method == "POST" and not begins else None)
    try:
        if begins:
            made = begin_by_rule(by=by, person=person, op_id=op_id_of(request)).record
            say(request, _("Begun. Look at what goes, and prepare it for the second person."))
            return HttpResponseRedirect(voice_url("deletion", made or person))
        if request.method == "POST" and form.is_valid():
            keep_longer(by=by, person=person, op_id=op_id_of(request), **form.cleaned_data)
            say(request, _("It is kept, and comes back to you on that day."))
            return HttpResponseRedirect(voice_url("keeping"))
    except Problem as problem:
        if begins:
            raise
        form.take(problem)
    context = {
        "shown": shown,
        "last": day(shown.last_on),
        "goes": [(words.room(one.room), one.count) for one in shown.goes],
        "kept": [(day(until), reason) for until, reason in shown.kept],
        "form": form,
        "op_id": new_op_id(),
        "begin_id": new_op_id(),
    }
    return page(request, "voice/due.html", context)
