"""What a supervisor decides about files: pairs that may be one person, files without a name, and transfers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from karama.accounts.routes import route_policy
from karama.journal import Absent, Problem
from karama.people import queries
from karama.people.access import CARE_PAGES, JOIN_PAGES, LIST
from karama.people.actions import (
    accept_transfer,
    decide_pair,
    decline_transfer,
    look_at_new_file,
    open_find_me,
    propose_transfer,
    take_back_transfer,
)
from karama.people.forms import AGREED, AnswerTransferForm, TransferForm
from karama.people.models import NewFile, Suggestion, Transfer
from karama.people.queries import person_in_reach
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.people.views.finding import REASONS
from karama.programme.models import Site
from karama.ui.addresses import reverse
from karama.ui.dates import moment
from karama.ui.notices import say
from karama.ui.rendering import page

AGREES: dict[str, Any] = REASONS | {
    "same_year": _("the same birth year"),
    "near_year": _("birth years one apart"),
    "same_site": _("the same site"),
}
SAID: dict[str, Any] = dict(NewFile._meta.get_field("said").choices or [])
FOUND_BY: dict[str, Any] = dict(Suggestion._meta.get_field("found_by").choices or [])
STATES: dict[str, Any] = dict(Transfer._meta.get_field("state").choices or [])
BADGES = {"proposed": "waiting", "accepted": "done", "declined": "refused", "withdrawn": "closed"}


@route_policy(JOIN_PAGES)
@require_http_methods(["GET", "POST"])
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs, files without a name, and ways that were locked: each with what speaks for it, and a human decides."""
    by = actor_of(request)
    if request.method == "POST":
        _decide(request)
        say(request, _("Saved."))
        return HttpResponseRedirect(reverse("people:duplicates"))
    pairs = [
        {
            "pair": one,
            "why": [AGREES[reason] for reason in one.reasons if reason in AGREES],
            "found_by": FOUND_BY.get(one.found_by, ""),
            "join": person_url(one.other.id, "join") + f"?into={one.one.id}",
        }
        for one in queries.pairs(by)
    ]
    context = {
        "pairs": pairs,
        "files": [(file, SAID[said], person_url(file.id)) for file, said in queries.new_files(by)],
        "locked": queries.locked_ways(by),
        "op_id": new_op_id(),
    }
    return page(request, "people/duplicates.html", context)


def _decide(request: HttpRequest) -> None:
    by, op_id, said = actor_of(request), op_id_of(request), request.POST
    if said.get("looked"):
        look_at_new_file(by=by, person=said["looked"], op_id=op_id)
    elif said.get("open"):
        open_find_me(by=by, site=said["open"], op_id=op_id)
    elif said.get("decision") in ("not_same", "ask"):
        decide_pair(
            by=by,
            person=said.get("person", ""),
            other=said.get("other", ""),
            decision=said["decision"],
            op_id=op_id,
        )
    else:
        raise Absent()


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, person: UUID) -> HttpResponse:
    """Propose to hand a person to another site, or take the proposal back."""
    by = actor_of(request)
    file = person_in_reach(by, person, LIST)
    waiting = queries.transfer_of(by, person)
    sites = Site.objects.filter(programme_id=file.programme_id, closed_on__isnull=True).exclude(pk=file.site_id)
    form = TransferForm(
        request.POST if "site" in request.POST else None, sites=[(str(one.pk), one.name) for one in sites]
    )
    if request.POST.get("back") == "yes":
        take_back_transfer(by=by, person=person, op_id=op_id_of(request))
        say(request, _("Taken back."))
        return HttpResponseRedirect(person_url(person))
    if form.is_bound and form.is_valid():
        try:
            propose_transfer(by=by, person=person, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Proposed. You stay in charge until the other site has accepted."))
            return HttpResponseRedirect(person_url(person))
    context = {
        "form": form,
        "waiting": waiting,
        "waiting_agreed": AGREED.get(waiting.agreed, "") if waiting is not None else "",
        "last": queries.last_answer(by, person) if waiting is None else None,
        "work": queries.open_work_of(by, person),
        "back": person_url(person, "workers"),
        "op_id": new_op_id(),
    }
    return page(request, "people/transfer.html", context)


@route_policy(JOIN_PAGES)
@require_http_methods(["GET", "POST"])
def transfers(request: HttpRequest) -> HttpResponse:
    """What other sites ask, to be accepted or declined, and how one's own proposals stand."""
    by = actor_of(request)
    shown = queries.transfers(by)
    leads = queries.leads_at(by, by.sites)
    asked = []
    for one in shown.asked:
        bound = request.POST if request.POST.get("transfer") == str(one.id) else None
        form = AnswerTransferForm(bound, leads=leads, work=bool(one.work))
        if bound is not None and form.is_valid() and _answered(request, one.id, form):
            return HttpResponseRedirect(reverse("people:transfers"))
        asked.append((one, form, AGREED.get(one.agreed, "")))
    if request.method == "POST" and not any(form.is_bound for _line, form, _said in asked):
        raise Absent()
    context = {
        "form": next((form for _line, form, _said in asked if form.is_bound), None),
        "asked": asked,
        "proposed": [(one, STATES[one.state], BADGES[one.state]) for one in shown.proposed],
        "op_id": new_op_id(),
    }
    return page(request, "people/transfers.html", context)


@route_policy(CARE_PAGES)
@require_safe
def transfer_answer(request: HttpRequest, transfer: UUID) -> HttpResponse:
    """What the other site answered to one's own proposal: by code."""
    found = queries.own_proposal(actor_of(request), transfer)
    pairs = [
        (_("Proposed to"), found.to_site),
        (_("When"), moment(found.proposed_at)),
        (_("Answered"), moment(found.answered_at) if found.answered_at else ""),
        (_("Why not"), found.answer),
    ]
    context = {"code": found.code, "badge": BADGES[found.state], "state": STATES[found.state], "pairs": pairs}
    context["person_url"] = person_url(found.person) if found.state == "declined" else ""
    return page(request, "people/transfer_answer.html", context)


def _answered(request: HttpRequest, transfer: UUID, form: AnswerTransferForm) -> bool:
    by, said = actor_of(request), form.cleaned_data
    try:
        if request.POST.get("do") == "decline":
            decline_transfer(by=by, transfer=transfer, reason=said["reason"], op_id=op_id_of(request))
            say(request, _("Declined. The other site stays in charge."))
        else:
            accept_transfer(
                by=by,
                transfer=transfer,
                lead=said["lead"] or UUID(int=0),
                takes_open_work=bool(said.get("takes_open_work")),
                conflict=said["conflict"],
                conflict_note=said["conflict_note"],
                op_id=op_id_of(request),
            )
            say(request, _("Accepted. Your site is in charge from now on."))
    except Problem as problem:
        form.take(_beside(problem))
        return False
    return True


def _beside(problem: Problem) -> Problem:
    """The same problem beside the field of this form that it is about."""
    if problem.field == "user":
        problem.field = "lead"
    return problem
