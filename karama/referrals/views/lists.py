"""The lists of this room, and giving a referral that lost its worker to somebody else."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from karama.accounts.routes import route_policy
from karama.journal import Problem, Refused
from karama.referrals import queries
from karama.referrals.access import DIRECTORY_PAGES, PAGES, SUPERVISOR_PAGES
from karama.referrals.actions import hand_on as give_to
from karama.referrals.actions import take_in_slip
from karama.referrals.forms import HandOnForm, SlipForm
from karama.referrals.problems import NoSuchSlip
from karama.referrals.views import actor_of, new_op_id, op_id_of, referral_url, task_row
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(PAGES)
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Unknown arrivals, what waits for the reader, who was referred to us; by code, without what it is about."""
    by = actor_of(request)
    context = {
        "unknown": [task_row(one) for one in queries.unknown_arrivals(by)],
        "waiting": [task_row(one) for one in queries.waiting(by)],
        "inbox": [task_row(one) for one in queries.inbox(by)],
        "followed": [task_row(one) for one in queries.followed(by)],
        "lost": [task_row(one, "hand_on" if by.duty == "supervisor" else "take_up") for one in queries.lost(by)],
        "services_url": referral_url("services"),
        "slip_url": referral_url("slip"),
    }
    return page(request, "referrals/lists.html", context)


@route_policy(DIRECTORY_PAGES)
@require_http_methods(["GET", "POST"])
def slip(request: HttpRequest) -> HttpResponse:
    """Somebody came with the number of a slip: one field. A number that nobody has and one that is not to be seen here
    are one answer, and neither tells who it is."""
    by = actor_of(request)
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_in_slip(by=by, op_id=op_id_of(request), **form.cleaned_data)
        except Refused:
            form.take(NoSuchSlip())
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("It is written down that the person came. Whoever gave the slip is told."))
            return HttpResponseRedirect(referral_url("slip"))
    context = {"form": form, "op_id": new_op_id()}
    return page(request, "referrals/take_in_slip.html", context)


@route_policy(SUPERVISOR_PAGES)
@require_http_methods(["GET", "POST"])
def hand_on(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Whoever carried it has gone: choose somebody who works with the person."""
    by = actor_of(request)
    _person, code, workers = queries.lost_referral(by, referral)
    choices = [(str(one.user), f"{one.alias} · {one.label}") for one in workers]
    form = HandOnForm(request.POST or None, workers=choices)
    if request.method == "POST" and form.is_valid():
        try:
            give_to(by=by, referral=referral, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(referral_url("lists"))
    context = {"form": form, "code": code, "back": referral_url("lists"), "op_id": new_op_id()}
    return page(request, "referrals/hand_on.html", context)
