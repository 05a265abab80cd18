"""What happened, one question on a screen, each with "stop here"; and how the person leaves. No title tells of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.care import intakewords as words
from karama.care.access import OWN_CHAPTER_PAGES
from karama.care.actions import (
    answer_own_chapter,
    begin_own_chapter,
    end_own_chapter,
    promise_call,
    say_leaving,
    settle_call,
)
from karama.care.queries import intake as queries
from karama.care.views import actor_of, called_by, care_url, new_op_id, op_id_of, person_url
from karama.care.views.intake import question_of, taps_of
from karama.journal import Actor, Problem
from karama.people.reaching import may_call
from karama.rules import intake as rule
from karama.ui.addresses import reverse
from karama.ui.dates import day
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(OWN_CHAPTER_PAGES)
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, person: UUID) -> HttpResponse:
    """What stands; or what comes before it may be opened; or the next question."""
    by = actor_of(request)
    shown = queries.own_page(by, person)
    problem = None
    if request.method == "POST":
        try:
            on = _tapped(request, by, person)
        except Problem as caught:
            problem = caught
        else:
            return HttpResponseRedirect(on)
    if not shown.may_ask and problem is None:
        return HttpResponseRedirect(f"{care_url('company', person)}?then=chapter")
    going = shown.drafted and shown.leaving and not shown.overtaken
    context = {
        "code": shown.person.code,
        "called": called_by(by, shown.person),
        "back": care_url("intake", person),
        **question_of(shown, request.GET.get("q", "") if going else ""),
        "going": going and shown.may_ask,
        "drafted": shown.drafted,
        "stands": shown.stands and (not shown.drafted or shown.overtaken),
        "overtaken": shown.overtaken,
        "agreed": shown.agreed,
        "decisions_url": person_url(person, "consents"),
        "leaving_url": care_url("leaving", person) if shown.leaving and not shown.drafted else "",
        "state": words.STATES.get(shown.state, ""),
        "on": day(shown.on) if shown.on else "",
        "who": shown.who,
        "told": words.facts(shown.chapter, shown.told),
        "left_out": list(words.LEFT_OUT.items()),
        "cautions_url": care_url("cautions", person),
        "problem": problem,
        "op_id": new_op_id(),
    }
    return page(request, "care/intake_own.html", context)


def _tapped(request: HttpRequest, by: Actor, person: UUID) -> str:
    """Do what was tapped, and say where to go on. Raises a Problem of the action."""
    here, op_id, sent = care_url("intake_own", person), op_id_of(request), request.POST
    how, begin = sent.get("how", ""), sent.get("begin", "")
    if how in ("told", "stopped") or how in rule.MISSING:
        end_own_chapter(by=by, op_id=op_id, person=person, how=how)
        awaited = queries.own_page(by, person).leaving
        return care_url("leaving", person) if awaited else care_url("intake", person)
    if begin:
        begin_own_chapter(by=by, op_id=op_id, person=person, wish=begin == "wish")
    elif taps := taps_of(request):
        answer_own_chapter(by=by, op_id=op_id, person=person, question=sent.get("question", ""), answer=taps)
    return here


@route_policy(OWN_CHAPTER_PAGES)
@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, person: UUID) -> HttpResponse:
    """How are you leaving? One tap. Who leaves more upset is offered what helps, on the next screen."""
    by = actor_of(request)
    found = queries.leaving_awaited(by, person)
    said = request.POST.get("said", "")
    if request.method == "POST" and (said in rule.LEAVING or said in rule.NOT_ASKED_BECAUSE):
        say_leaving(by=by, op_id=op_id_of(request), person=person, said=said)
        if said == "more_upset":
            return HttpResponseRedirect(care_url("after_leaving", person))
        say(request, _("Saved."))
        return HttpResponseRedirect(care_url("intake", person))
    context = {
        "code": found.code,
        "called": called_by(by, found),
        "back": care_url("intake", person),
        "answers": list(words.LEAVING.items()),
        "quiet": list(words.NOT_ASKED.items()),
        "op_id": new_op_id(),
    }
    return page(request, "care/intake_leaving.html", context)


@route_policy(OWN_CHAPTER_PAGES)
@require_http_methods(["GET", "POST"])
def after(request: HttpRequest, person: UUID) -> HttpResponse:
    """What to do now for somebody who leaves more upset: the plan, a worry, a call tomorrow."""
    by = actor_of(request)
    found, row, said = queries.last_leaving(by, person)
    if said != "more_upset":
        return HttpResponseRedirect(care_url("intake", person))
    if request.method == "POST":
        if row.call_on is None and may_call(found):
            promise_call(by=by, op_id=op_id_of(request), leaving=row.id)
        return HttpResponseRedirect(care_url("after_leaving", person))
    context: dict[str, Any] = {
        "code": found.code,
        "called": called_by(by, found),
        "back": care_url("intake", person),
        "plan_url": reverse("safety:plan", args=[person]),
        "worry_url": f"{reverse('safety:worry')}?about={person}",
        "call_on": day(row.call_on) if row.call_on else "",
        "may_call": may_call(found),
        "book_url": reverse("reception:book", args=[person]),
        "op_id": new_op_id(),
    }
    return page(request, "care/intake_after.html", context)


@route_policy(OWN_CHAPTER_PAGES)
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, promised: UUID) -> HttpResponse:
    """A call that was promised: one tap says what became of it. Nothing here tells why."""
    by = actor_of(request)
    found, row = queries.call_page(by, promised)
    how = request.POST.get("how", "")
    if request.method == "POST" and not row.called and how in ("reached", "again", "not_needed"):
        settle_call(by=by, op_id=op_id_of(request), leaving=promised, how=how)
        say(request, _("Saved."))
        return HttpResponseRedirect(person_url(found.id))
    context = {
        "code": found.code,
        "called": called_by(by, found),
        "back": person_url(found.id),
        "on": day(row.call_on) if row.call_on else "",
        "outcomes": [(code, words.CALLED[code]) for code in words.CALLED],
        "settled": row.get_called_display() if row.called else "",
        "worry_url": f"{reverse('safety:worry')}?about={found.id}",
        "may_call": may_call(found),
        "contact_url": reverse("people:contact", args=[found.id]),
        "book_url": reverse("reception:book", args=[found.id]),
        "op_id": new_op_id(),
    }
    return page(request, "care/intake_call.html", context)
