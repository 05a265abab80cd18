"""Somebody was referred to us: typed, accepted, told back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.journal import Problem
from karama.people.queries import person_in_reach
from karama.referrals import queries
from karama.referrals.access import PAGES, REFER
from karama.referrals.actions import accept_incoming, give_feedback, receive_referral
from karama.referrals.forms import FeedbackForm, IncomingForm
from karama.referrals.problems import NotAgreed
from karama.referrals.views import actor_of, new_op_id, op_id_of, partners, referral_url
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, person: UUID) -> HttpResponse:
    """From paper or telephone. The person has a file first: what is told about her is sealed with her keys."""
    by = actor_of(request)
    person_in_reach(by, person, REFER)
    form = IncomingForm(request.POST or None, partners=partners(by))
    if request.method == "POST" and form.is_valid():
        try:
            receipt = receive_referral(by=by, person=person, op_id=op_id_of(request), **form.arguments())
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(referral_url("referral", receipt.record or person))
    context = {
        "form": form,
        "back": referral_url("of_person", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "referrals/receive.html", context)


@route_policy(PAGES)
@require_POST
def accept(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Into the open episode of care, or a new one."""
    by = actor_of(request)
    queries.referral_in_reach(by, referral)
    accept_incoming(by=by, referral=referral, op_id=op_id_of(request))
    say(request, _("Accepted. An episode of care is open."))
    return HttpResponseRedirect(referral_url("referral", referral))


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest, referral: UUID) -> HttpResponse:
    """What was told back: to us by the service, or by us to whoever referred, if the person agreed."""
    by = actor_of(request)
    shown = queries.referral_page(by, referral)
    toward = "them" if shown.direction == "in" else "us"
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(
                by=by, referral=referral, toward=toward, words=form.cleaned_data["said"], op_id=op_id_of(request)
            )
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(referral_url("referral", referral))
    context = {
        "form": form,
        "problem": NotAgreed() if toward == "them" and not shown.tells_back else None,
        "back": referral_url("referral", referral),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "referrals/feedback.html", context)
