"""The page of whoever needs to talk: a colleague, somebody outside, or a call. One tap in any header, one here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import ANY_DUTY, route_policy
from karama.journal import Actor, Problem, Receipt
from karama.knowledge.pack_staffcare import Outside
from karama.programme.packs import words as in_language
from karama.staffcare import queries, words
from karama.staffcare.actions import ask_colleague, ask_for_call
from karama.staffcare.forms import AskForm, TimeForm
from karama.staffcare.problems import NobodyToAsk, TimeDoesNotFit
from karama.staffcare.queries import TalkPage
from karama.staffcare.views import actor_of, new_op_id, op_id_of, own_url
from karama.ui.notices import say
from karama.ui.rendering import page

get_or_post = require_http_methods(["GET", "POST"])


@route_policy(ANY_DUTY)
@get_or_post
def talk(request: HttpRequest) -> HttpResponse:
    """The three ways. A button asks at once; whoever is outside is called without anything being written down."""
    by = actor_of(request)
    found = queries.talk_page(by)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _asked(request, _ask(request, by, found, form.cleaned_data))
        except Problem as problem:
            form.take(problem)
    return page(request, "staffcare/talk.html", context_of(request, found, form, TimeForm()))


@route_policy(ANY_DUTY)
@get_or_post
def another_time(request: HttpRequest) -> HttpResponse:
    """A call at a day and time of her own."""
    by = actor_of(request)
    form = TimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _asked(request, ask_for_call(by=by, when=form.moment(), op_id=op_id_of(request)))
        except Problem as problem:
            form.take(problem)
    return page(request, "staffcare/time.html", {"form": form, "op_id": new_op_id(), "back": own_url("talk")})


def _ask(request: HttpRequest, by: Actor, found: TalkPage, said: dict[str, Any]) -> Receipt:
    shared = {"words": said["words"], "op_id": op_id_of(request)}
    if said["to"] is not None:
        return ask_colleague(by=by, colleague=said["to"], others=said["others"], **shared)
    if not said["call"]:
        raise NobodyToAsk()
    return ask_for_call(by=by, when=_moment(found, said["call"]), **shared)


def _moment(found: TalkPage, slot: str) -> datetime:
    moment = words.moment_of(slot, found.wait)
    if moment is None:
        raise TimeDoesNotFit()
    return moment


def _asked(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    say(request, _("It is asked. Only you and whoever is asked can see it."))
    assert receipt.record is not None
    return HttpResponseRedirect(own_url("own", receipt.record))


def context_of(request: HttpRequest, found: TalkPage, form: AskForm, time: TimeForm) -> dict[str, Any]:
    """What the page shows."""
    return {
        "found": found,
        "form": form,
        "slots": words.slots(found.wait),
        "hours": int(found.wait.total_seconds() // 3600),
        "outside": outside_rows(found.outside),
        "open": [(one, words.STATES[one.state], words.BADGES[one.state], own_url("own", one.id)) for one in found.open],
        "op_id": request.POST.get("op_id") or new_op_id(),
    }


def outside_rows(found: list[Outside]) -> list[dict[str, str]]:
    """Who listens outside, in the reader's words."""
    return [
        {
            "name": one.name,
            "languages": words.languages(one.languages),
            "reach": in_language(one.reach, one.languages),
            "phone": one.phone,
            "mail": one.mail,
            "example": "" if one.checked else _("An example: the programme names somebody before it opens."),
        }
        for one in found
    ]
