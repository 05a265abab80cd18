"""Participant mode: the worker hands over the screen, and the person answers alone.

There is one address and no way back to an earlier answer. Whatever else is asked for leads here again, until the screen
is locked, which needs the worker's password to open (`accounts.locking`). Each answer is kept with its tap; one that
needs somebody raises its alert with the same tap.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts import locking
from karama.accounts.routes import route_policy
from karama.care import queries, words
from karama.care.access import PAGES
from karama.care.actions import answer_item, call_colleague, finish_draft, hand_over_draft
from karama.care.queries.asking import AskPage, Question
from karama.care.views import actor_of, called_by, care_url, new_op_id, op_id_of
from karama.journal import Absent, Actor, Problem
from karama.safety.queries import emergency_at
from karama.ui.rendering import page

GIVEN = "care.given"
"""Where the session keeps how the screen was handed over: whether the person is alone, and its number."""
TABLETS = frozenset("123456789")


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def hand(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Say whether the worker stays in the room; then the screen is the person's."""
    by = actor_of(request)
    found = queries.page_of(by, draft)
    if request.method == "POST":
        alone = request.POST.get("alone") == "yes"
        hand_over_draft(by=by, draft=draft, alone=alone)
        locking.hand_over(request, care_url("own", draft))
        request.session[GIVEN] = {"alone": alone, "tablet": request.POST.get("tablet", "")}
        return HttpResponseRedirect(care_url("own", draft))
    context = {
        "found": found,
        "code": found.person.code,
        "called": called_by(by, found.person),
        "somebody": queries.somebody_on_shift(found.person),
        "tablet": queries.tablet_of_today(found.person, draft),
        "back": care_url("ask", draft),
        "op_id": new_op_id(),
    }
    return page(request, "care/hand.html", context)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The next question that is still open, alone on the screen."""
    by = actor_of(request)
    handed = _handed(request, draft)
    if request.method == "POST" and (handed or queries.has_draft(by, draft)):
        sent = _kept(request, by, queries.page_of(by, draft))  # also after the screen was locked: no answer is lost
        return sent if handed else HttpResponseRedirect(_staff_page(by, draft))
    if not handed:
        return HttpResponseRedirect(_staff_page(by, draft))
    found = queries.page_of(by, draft)
    with translation.override(_language(found)):
        return _question(request, found)


def _question(request: HttpRequest, found: AskPage) -> HttpResponse:
    given = sum(1 for one in found.shown if one.given)
    question = _next(found)
    context = {
        "found": found,
        "question": question,
        "begun": given > 0 or "go" in request.GET,
        "place": given + 1,
        "total": len(found.shown),
        "direction": words.direction(found.wording.language or found.draft.language),
        "quiet": words.QUIET_ALONE,
        "op_id": new_op_id(),
        "help_url": care_url("own_help", found.draft.id),
    }
    return page(request, "care/own.html" if question else "care/own_end.html", context)


def _next(found: AskPage) -> Question | None:
    return next((one for one in found.shown if not one.given), None)


def _kept(request: HttpRequest, by: Actor, found: AskPage) -> HttpResponse:
    """Keep the answer to the question that is open, or finish. An earlier answer is not changed from here."""
    here = care_url("own", found.draft.id)
    sent, question = request.POST.get("item"), _next(found)
    asked = next((one for one in found.questions if one.item.code == sent and not one.given), None)
    if question is None and asked is None:
        finish_draft(by=by, op_id=op_id_of(request), draft=found.draft.id)
        return HttpResponseRedirect(care_url("own_thanks", found.draft.id))
    if asked is None:
        return HttpResponseRedirect(here)
    answer = request.POST.get("answer", "") or request.POST.get("words", "").strip() or "skipped"
    before = _raised(by, found)
    answer_item(
        by=by,
        op_id=op_id_of(request),
        person=found.person.id,
        instrument=found.card.code,
        answers={asked.item.code: answer},
    )
    if not _raised(by, found) - before:
        return HttpResponseRedirect(here)
    given = request.session.get(GIVEN) or {}
    number = str(given.get("tablet", ""))
    with suppress(Problem):  # the alert is out already; the person sees what helps whatever becomes of this
        call_colleague(by=by, draft=found.draft.id, tablet=int(number) if number in TABLETS else 0)
    return HttpResponseRedirect(care_url("own_help" if given.get("alone", True) else "own_signal", found.draft.id))


def _raised(by: Actor, found: AskPage) -> set[UUID]:
    return {one.who.source for one in queries.told_about(by, found.draft.id, found.person)}


@route_policy(PAGES)
@require_GET
def own_signal(request: HttpRequest, draft: UUID) -> HttpResponse:
    """To whoever is in the room: please come. The same page stands at the end of every questionnaire, so that somebody
    beside the person learns nothing from it."""
    by = actor_of(request)
    if not _handed(request, draft):
        return HttpResponseRedirect(_staff_page(by, draft))
    found = queries.page_of(by, draft)
    with translation.override(_language(found)):
        context = {"onward": care_url("own", draft) + "?go=1", "help_url": care_url("own_help", draft)}
        return page(request, "care/own_signal.html", context)


@route_policy(PAGES)
@require_GET
def own_help(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Help now, in the person's words: also open to whoever only asks for it."""
    by = actor_of(request)
    if not _handed(request, draft):
        return HttpResponseRedirect(_staff_page(by, draft))
    found = queries.page_of(by, draft)
    told = bool(_raised(by, found))
    with translation.override(_language(found)):
        context: dict[str, Any] = {
            "told": told,
            "emergency": emergency_at(found.person.site_id),
            "onward": care_url("own", draft) + "?go=1",
        }
        return page(request, "care/own_help.html", context)


@route_policy(PAGES)
@require_GET
def own_thanks(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The end: nothing of the answers is here."""
    by = actor_of(request)
    if not _handed(request, draft):
        return HttpResponseRedirect(_staff_page(by, draft))
    with translation.override(_spoken(queries.response_page(by, draft)[0].response.language)):
        return page(request, "care/own_thanks.html", {})


@route_policy(PAGES)
@require_GET
def sound(request: HttpRequest, draft: UUID, item: str) -> HttpResponse:
    """One question read aloud; for the worker as well."""
    content, kind = queries.sound_of(actor_of(request), draft, item)
    return HttpResponse(content, content_type=kind)


def _handed(request: HttpRequest, draft: UUID) -> bool:
    return locking.handed_to(request) == care_url("own", draft)


def _staff_page(by: Actor, draft: UUID) -> str:
    """Where the worker goes on after the password: to the questions, or to the result when they are finished."""
    try:
        return care_url("ask", queries.page_of(by, draft).draft.id)
    except Absent:
        return care_url("response", queries.response_page(by, draft)[0].response.id)


def _language(found: AskPage) -> str:
    return _spoken(found.draft.language)


def _spoken(language: str) -> str:
    """The language of the page around the questions: theirs, or English where the interface does not speak it."""
    code = language.split("-")[0]
    return code if code in dict(settings.LANGUAGES) else "en"
