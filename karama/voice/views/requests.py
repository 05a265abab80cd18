"""What a person asks for: written down, answered, done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from karama.accounts import duties
from karama.accounts.routes import route_policy
from karama.journal import Actor, Problem
from karama.people.models.minor import Topic
from karama.people.queries import person_in_reach
from karama.people.views.person import tabs_of
from karama.ui.dates import day
from karama.ui.listing import in_a_row
from karama.ui.notices import say
from karama.ui.rendering import page
from karama.voice import queries, words
from karama.voice.access import DECIDE, OFFICER_PAGES, PAGES, WHOLE
from karama.voice.actions import decide_request, finish_request, lift_restriction, record_request
from karama.voice.forms import DecisionForm, LiftForm, RequestForm
from karama.voice.queries import GuardianAsks, RequestLine, RequestPage
from karama.voice.views import actor_of, new_op_id, op_id_of, person_url, voice_url

TOPICS = dict(Topic.choices)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def of_person(request: HttpRequest, person: UUID) -> HttpResponse:
    """What she asked for so far, and writing down that she asks: three taps."""
    by = actor_of(request)
    lines = queries.requests_of(by, person)
    guardians = [(str(one.id), words.guardian(one.fields)) for one in queries.guardians_to_name(by, person)]
    form = RequestForm(request.POST or None, initial={"right": request.GET.get("right", "")}, guardians=guardians)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"guardian": form.cleaned_data.get("guardian") or None}
        try:
            receipt = record_request(by=by, person=person, op_id=op_id_of(request), **told)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Written down. The data protection officer sees it now."))
            return HttpResponseRedirect(voice_url("request", receipt.record or person))
    context = {
        "form": form,
        "rows": [row_of(one) for one in lines],
        "tabs": own_tab(by, person),
        "back": person_url(person),
        "seen_url": person_url(person, "who_saw"),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "voice/of_person.html", context)


def tabs_here(by: Actor, person: UUID, name: str) -> list[tuple[Any, str, bool]]:
    """The tabs of her page, one of this room marked."""
    here = voice_url(name, person)
    return [(label, href, href == here) for label, href, _current in tabs_of(by, person, "")]


def own_tab(by: Actor, person: UUID) -> list[tuple[Any, str, bool]]:
    """The tabs of her page, that of her rights marked."""
    return tabs_here(by, person, "of_person")


def row_of(one: RequestLine) -> dict[str, Any]:
    """A request as a row of a list."""
    return {
        "words": words.RIGHTS[one.right],
        "href": voice_url("request", one.id),
        "badge": one.grade if one.grade == "now" else words.STATE_BADGES[one.state],
        "state": words.STATES[one.state],
        "meta": words.clock(one.left) or day(one.received_on),
        "code": one.code,
    }


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def request(request: HttpRequest, rights: UUID) -> HttpResponse:
    """One request with its clock and steps; the officer answers it here."""
    by = actor_of(request)
    shown = queries.request_page(by, rights)
    decisions = tuple(one for one in shown.following if one in dict(words.DECISIONS))
    form = DecisionForm(request.POST or None, decisions=decisions) if _decides(by, decisions) else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            decide_request(by=by, rights=rights, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(voice_url("request", rights))
    context = {
        "shown": shown,
        "title": words.RIGHTS[shown.line.right],
        "badge": words.STATE_BADGES[shown.line.state],
        "state": words.STATES[shown.line.state],
        "clock": words.clock(shown.line.left),
        "pairs": _pairs(shown),
        "through": through(shown),
        "steps": [_step(one) for one in shown.steps],
        "form": form,
        "back": voice_url("of_person", shown.line.person),
        "next": _next(by, shown),
        "lift_url": voice_url("lift", shown.line.person) if shown.resting and form_duty(by) else "",
        "finish_url": voice_url("done", rights) if _finishable(shown) else "",
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "voice/request.html", context)


def form_duty(by: Actor) -> bool:
    """Whether this duty answers requests."""
    return by.duty == "data_protection_officer"


def _decides(by: Actor, decisions: tuple[str, ...]) -> bool:
    return form_duty(by) and bool(decisions)


def _finishable(shown: RequestPage) -> bool:
    return "done" in shown.following and shown.line.right != "delete"


def _pairs(shown: RequestPage) -> list[tuple[Any, Any]]:
    return [
        (_("Received on"), day(shown.line.received_on)),
        (_("To be answered by"), day(shown.line.due_on)),
        (_("How it is known who asks"), words.CHECKS[shown.checked]),
        (_("Written down by"), duties.label(shown.duty)),
        (_("In a few words"), shown.note),
    ]


def through(shown: RequestPage) -> dict[str, Any] | None:
    """That a guardian asks, and what follows from it: for whoever decides, and whoever hands something over."""
    one = shown.guardian
    if one is None:
        return None
    copy = shown.line.right in ("access", "portability")
    told = [str(TOPICS[topic]) for topic in one.topics or () if topic in TOPICS]
    return {
        "title": _("This goes to a guardian") if copy else _("A guardian asks"),
        "called": words.guardian({"called": one.called, "kin": one.kin}) if one.called else "",
        "missing": _missing(one),
        "copy": copy,
        "told": (in_a_row(told) or _("nothing")) if one.topics is not None else "",
    }


def _missing(one: GuardianAsks) -> Any:
    if not one.named:
        return _("Nobody noted which guardian asked. Write the request down anew, with the guardian.")
    return "" if one.still else _("This guardian decides no more.")


def _step(one: Any) -> dict[str, Any]:
    told = [words.REASONS.get(one.reason, ""), one.words]
    return {
        "title": words.STATES[one.state],
        "at": one.at,
        "by": duties.label(one.duty),
        "text": " · ".join(str(part) for part in told if part),
        "state": "done",
    }


def _next(by: Actor, shown: RequestPage) -> tuple[Any, str] | None:
    """Where to go on: `(words, address)`."""
    line = shown.line
    if line.right == "delete" and line.state in ("received", "prepared"):
        if by.duty in ("supervisor", "data_protection_officer"):
            return _("See what is deleted and what stays"), voice_url("deletion", line.id)
        return None
    if line.state not in ("granted", "partly"):
        return None
    if line.right in ("access", "portability"):
        return (_("Open the copy"), voice_url("copy", line.id)) if by.duty in WHOLE else None
    if line.right == "withdraw":
        return _("Decisions"), person_url(line.person, "consents")
    if line.right == "correct" and by.duty != "data_protection_officer":
        return _("Correct"), person_url(line.person, "correct")
    return None


@route_policy(PAGES)
@require_POST
def done(request: HttpRequest, rights: UUID) -> HttpResponse:
    """What was granted is done."""
    by = actor_of(request)
    queries.request_page(by, rights)
    finish_request(by=by, rights=rights, op_id=op_id_of(request))
    say(request, _("Done. The clock has stopped."))
    return HttpResponseRedirect(voice_url("request", rights))


@route_policy(OFFICER_PAGES)
@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, person: UUID) -> HttpResponse:
    """End the rest of a record."""
    by = actor_of(request)
    person_in_reach(by, person, DECIDE)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lift_restriction(by=by, person=person, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(voice_url("of_person", person))
    context = {"form": form, "back": voice_url("of_person", person), "op_id": new_op_id()}
    return page(request, "voice/lift.html", context)
