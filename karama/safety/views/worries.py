"""Raising a worry in three taps: the link in the header, the kind, about whom. Then a calm card."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from karama.accounts.queries import staff_at
from karama.journal import Actor, clock
from karama.people.queries import caseload
from karama.programme.queries import sites
from karama.rules.risk import WORRIES
from karama.safety import access, actions, queries, urgent, words
from karama.safety.queries import WhoHasIt
from karama.safety.views import actor_of, id_in, op_id_of
from karama.security.identifiers import uuid7
from karama.ui.rendering import page
from karama.ui.routes import route_policy


@route_policy(access.ANY_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def worry(request: HttpRequest) -> HttpResponse:
    """The kinds; then about whom; then it is raised. What it is about travels in the form, never in an address."""
    by = actor_of(request)
    kind = request.POST.get("kind", "")
    about = request.POST.get("about") or request.GET.get("about", "")
    if request.method != "POST" or kind not in WORRIES:
        return page(request, "safety/worry.html", {"kinds": list(words.KINDS.items()), "about": about})
    if "send" not in request.POST:
        first = _urgent(by, "") if kind == urgent.KIND else {}
        return page(request, "safety/about.html", {**_about(by, kind, about), **first})
    return _raise(request, by, kind)


@route_policy(access.ANY_DUTY)
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Health care that cannot wait, with the hours left: for anybody on duty, about nobody, and nothing is kept."""
    by = actor_of(request)
    return page(request, "safety/now.html", _urgent(by, request.GET.get("h", "")))


def _urgent(by: Actor, ago: str) -> dict[str, Any]:
    place = next((one.id for one in sites(by) if one.closed_on is None and one.id in by.sites), None)
    return {**urgent.context(ago), "urgent": True, "emergency": queries.emergency_at(place)}


def _about(by: Actor, kind: str, about: str) -> dict[str, Any]:
    """The second screen: people of the caseload, a code, or nobody who can be named."""
    mine = caseload(by).lines
    chosen = id_in(about)
    places = [(one.id, one.name) for one in sites(by) if one.closed_on is None and one.id in by.sites]
    colleagues = {user: alias for place, _name in places[:1] for user, alias, _duty in staff_at(by, place)}
    colleagues.pop(by.id, None)
    return {
        "kind": kind,
        "kind_words": words.kind_words(kind),
        "people": sorted(mine, key=lambda one: one.id != chosen),
        "chosen": chosen,
        "on_list": any(one.id == chosen for one in mine),
        "sites": places if len(places) > 1 else [],
        "colleagues": sorted(colleagues.items(), key=lambda pair: pair[1].casefold()),
        "op_id": uuid7(),
    }


def _raise(request: HttpRequest, by: Actor, kind: str) -> HttpResponse:
    send = request.POST["send"]
    receipt = actions.raise_worry(
        by=by,
        op_id=op_id_of(request),
        kind=kind,
        person=id_in(send),
        code=request.POST.get("code", "")[:60] if send == "code" else "",
        words=request.POST.get("words", "")[:2000].replace("\x00", ""),
        site=id_in(request.POST.get("site", "")),
        involves=id_in(request.POST.get("involves", "")),
    )
    if receipt.record is None:
        return redirect("safety:worry")
    return _card(request, queries.who_has_it_now(by, receipt.record), kind)


@route_policy(access.ANY_DUTY)
@require_safe
def raised(request: HttpRequest, source: UUID) -> HttpResponse:
    """The card again: who has it now. What it was about is not said here."""
    return _card(request, queries.who_has_it_now(actor_of(request), source), "")


def _card(request: HttpRequest, found: WhoHasIt, kind: str) -> HttpResponse:
    context = {
        "found": found,
        "kind": words.kind_words(kind) if kind else "",
        "first_steps": words.first_steps(kind),
        "state": words.STATES.get(found.state, ""),
        "clock": words.clock_words(found.next_at, clock.now()),
    }
    return page(request, "safety/card.html", context)
