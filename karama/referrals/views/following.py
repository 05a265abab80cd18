"""One referral: where it stands and what became of it; for whoever works with the person, or took it up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Actor, Problem
from karama.referrals import queries, words
from karama.referrals.access import FOLLOWER_PAGES, PAGES, TAKER_PAGES
from karama.referrals.actions import record_step
from karama.referrals.actions import take_up as take
from karama.referrals.forms import StepForm
from karama.referrals.queries import ReferralPage, StepShown
from karama.referrals.views import actor_of, new_op_id, op_id_of, referral_url
from karama.rules import referrals as law
from karama.ui.dates import day
from karama.ui.notices import say
from karama.ui.rendering import page

BY_BUTTON = ("prepared", "sent", "stopped")
"""Steps that other buttons make."""


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def referral(request: HttpRequest, referral: UUID) -> HttpResponse:
    """One referral: where it stands, what is known of the arrival, what to do now, and writing down what happened."""
    by = actor_of(request)
    return _page(request, by, queries.referral_page(by, referral))


@route_policy(FOLLOWER_PAGES)
@require_http_methods(["GET", "POST"])
def followed(request: HttpRequest, referral: UUID) -> HttpResponse:
    """The same of one that the reader took up without working with the person."""
    by = actor_of(request)
    return _page(request, by, queries.followed_page(by, referral))


@route_policy(TAKER_PAGES)
@require_http_methods(["GET", "POST"])
def take_up(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Whoever carried it has gone: take it. What it is about is shown afterwards."""
    by = actor_of(request)
    code = queries.code_of_lost(by, referral)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            taken = take(by=by, referral=referral, op_id=op_id_of(request)).value
        except Problem as found:
            problem = found
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(_own_url(referral, taken is not None and taken.followed))
    context = {"code": code, "problem": problem, "back": referral_url("lists"), "op_id": new_op_id()}
    return page(request, "referrals/take_up.html", context, status=422 if problem else None)


def _own_url(referral: UUID, followed: bool) -> str:
    return referral_url("followed" if followed else "referral", referral)


def _page(request: HttpRequest, by: Actor, shown: ReferralPage) -> HttpResponse:
    referral = shown.id
    here = _own_url(referral, shown.followed)
    steps = [one for one in shown.following if one not in BY_BUTTON]
    if shown.direction == "in" and "accepted" in steps:
        steps.remove("accepted")
    form = StepForm(request.POST or None, following=steps) if steps else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            record_step(by=by, referral=referral, op_id=op_id_of(request), **form.arguments())
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(here)
    incoming = shown.direction == "in"
    context = {
        "shown": shown,
        "badge": words.BADGES[shown.state],
        "state": words.STATES[shown.state],
        "pairs": _pairs(shown),
        "steps": [_step(one) for one in shown.steps],
        "feedback": [(words_of_toward(toward), at, told) for toward, at, told in shown.feedback],
        "now": words.NOW.get(shown.stored) or words.NOW.get(shown.state, ""),
        "form": form,
        "accept_url": referral_url("accept", referral) if incoming and "accepted" in shown.following else "",
        "send_url": referral_url("send", referral) if _may_send(shown) else "",
        "again_url": _again(shown),
        "feedback_url": referral_url("feedback", referral) if shown.stored != "prepared" else "",
        "back": referral_url("of_person", shown.person),
        "back_label": _("All kinds of help"),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "referrals/referral.html", context | (_nothing_else() if shown.followed else {}))


def _nothing_else() -> dict[str, Any]:
    """What whoever only follows does not come to: other pages about the person."""
    closed = dict.fromkeys(("accept_url", "send_url", "again_url", "feedback_url"), "")
    return {**closed, "back": referral_url("lists"), "back_label": _("Referrals")}


def words_of_toward(toward: str) -> Any:
    """Which way something was told back."""
    return _("Told to us") if toward == "us" else _("Told to whoever referred")


def _may_send(shown: ReferralPage) -> bool:
    """Whether it can be sent, or a new slip be made, where it stands now."""
    return shown.direction == "out" and not shown.emergency and not law.has_ended(shown.stored)


def _again(shown: ReferralPage) -> str:
    if shown.direction == "in" or shown.stored not in ("declined", "not_arrived", "stopped"):
        return ""
    return f"{referral_url('new', shown.person)}?sector={shown.sector}&follows={shown.id}"


def _pairs(shown: ReferralPage) -> list[tuple[Any, Any]]:
    told: list[tuple[Any, Any]] = [
        (_("Kind of help"), words.SECTORS.get(shown.sector, "")),
        (_("How soon?"), words.URGENCIES[shown.urgency]),
        (_("Arrival"), words.ARRIVALS[shown.arrival]),
    ]
    if shown.direction == "in":
        told += [(_("Who refers?"), shown.came_from), (_("How did it come?"), words.CAME_BY.get(shown.by_way, ""))]
    else:
        told += [(_("Service"), shown.provider), (_("Can be opened by whoever receives"), _packet(shown))]
        if shown.accompany is not None:
            told.append((_("Somebody goes along"), _("yes") if shown.accompany else _("no")))
    kept = _("Kept for whoever wrote it and for those whose work it is")
    told += [(_("Why"), kept if shown.words_kept else shown.reason), (_("Who carries it"), shown.worker)]
    return [*told, (_("Somebody asks on"), day(shown.ask_on))] if shown.ask_on else told


def _packet(shown: ReferralPage) -> Any:
    packet = shown.packet
    if packet is None:
        return _("Nothing was sent")
    if packet.closed_at is not None:
        return _("closed: %(why)s") % {"why": words.CLOSED[packet.closed_why]}
    told = _("until %(day)s, opened on %(opened)s") if packet.opened_at else _("until %(day)s, not opened yet")
    return told % {"day": day(packet.expires_at), "opened": day(packet.opened_at)}


def _step(one: StepShown) -> dict[str, Any]:
    told = [
        words.WAYS.get(one.way, ""), words.SOURCES.get(one.source, ""), words.BARRIERS.get(one.barrier, ""),
        day(one.scheduled_on) if one.scheduled_on else "", one.words,
    ]  # fmt: skip
    return {
        "title": words.STATES[one.state],
        "at": one.at,
        "by": _("Whoever received it") if one.by_receiver else one.who,
        "text": " · ".join(str(part) for part in told if part),
        "state": "done",
    }
