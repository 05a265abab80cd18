"""Putting an instrument to a person: choose, start, one question per screen or all as a list, finish."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import queries, words
from karama.care.access import PAGES, SEE
from karama.care.actions import answer_item, discard_draft, finish_draft
from karama.care.forms import AnswersForm, FinishForm, StartForm
from karama.care.papers import printed
from karama.care.problems import UnknownInstrument
from karama.care.queries.asking import AskPage, Choice, Question
from karama.care.views import actor_of, called_by, care_url, new_op_id, number_in, op_id_of, person_url, whose
from karama.care.views.course import colleagues
from karama.care.views.printing import new_sheet, told_printed
from karama.journal import Actor, Problem
from karama.people.queries import TypedIn, person_in_reach
from karama.people.views.papers import address_of, of_paper, sheet_shown, typed_in
from karama.programme.days import today_at
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(PAGES)
@require_GET
def choose(request: HttpRequest, person: UUID) -> HttpResponse:
    """The instruments that can be asked, the programme's own first, and why the others cannot."""
    by = actor_of(request)
    found = queries.choices_for(by, person)
    sheet = typed_in(request, by, "instrument", person)
    context = {
        "back": person_url(person),
        **whose(by, person_in_reach(by, person, SEE)),
        "ready": [(one.card, _href(one, person, sheet), one.draft is not None) for one in found if not one.why],
        "locked": [(one.card, words.WHY_LOCKED[one.why]) for one in found if one.why],
        "paper": sheet,
    }
    return page(request, "care/choose.html", context)


def _href(choice: Choice, person: UUID, sheet: TypedIn | None) -> str:
    if choice.draft is not None and sheet is None:
        return care_url("ask", choice.draft)
    return care_url("start", person, choice.card.code) + address_of(sheet)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, person: UUID, instrument: str) -> HttpResponse:
    """Language, mode and moment; then the first question."""
    by = actor_of(request)
    choice = next((one for one in queries.choices_for(by, person) if one.card.code == instrument), None)
    if choice is None:
        raise UnknownInstrument()
    sheet = typed_in(request, by, "instrument", person, kept=True)
    if choice.draft is not None and (sheet is None or queries.sheet_of(by, choice.draft) == sheet.id):
        return HttpResponseRedirect(care_url("ask", choice.draft))
    form = StartForm(
        request.POST or None,
        languages=choice.languages,
        waves=queries.waves_of(by, person),
        initial={"language": _first_language(choice), "wave": request.GET.get("wave", ""), "mode": "interviewer"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            receipt = answer_item(
                by=by, person=person, instrument=instrument, answers={}, **form.cleaned_data, **of_paper(sheet)
            )
        except Problem as problem:
            form.take(problem)
        else:
            return HttpResponseRedirect(care_url("ask" if sheet is None else "ask_list", str(receipt.record)))
    context = {
        "form": form,
        **whose(by, person_in_reach(by, person, SEE)),
        "card": choice.card,
        "why": words.WHY_LOCKED.get(choice.why),
        "back": care_url("choose", person),
        "paused": queries.paused_in(by, person, choice.card),
        "paper": sheet,
        "papers": []
        if sheet is not None
        else [
            (words.language(code), care_url("paper", person, instrument) + f"?language={code}")
            for code, _validated in choice.languages
        ],
    }
    return page(request, "care/start.html", context)


@route_policy(PAGES)
@require_GET
def paper(request: HttpRequest, person: UUID, instrument: str) -> HttpResponse:
    """The questions on paper, by code, for where there is no screen: to be entered the same day."""
    by = actor_of(request)
    choice = next((one for one in queries.choices_for(by, person) if one.card.code == instrument and not one.why), None)
    if choice is None:
        raise UnknownInstrument()
    known = [code for code, _validated in choice.languages]
    asked = request.GET.get("language", "")
    language = asked if asked in known else _first_language(choice)
    found = queries.paper_of(by, person, choice.card, language)
    context = {
        "found": found,
        "language": language,
        "direction": words.direction(found.wording.language or language),
        "back": care_url("start", person, instrument),
        "sheets": [new_sheet("instrument")],
        "code": found.person.code,
        "form": printed("instrument", found.person.site),
        "emergency": replace(found.emergency, service=""),
        "key_url": care_url("print_key", "instrument"),
        **told_printed(person),
    }
    return page(request, "care/paper.html", context)


def _first_language(choice: Choice) -> str:
    codes = [code for code, _validated in choice.languages]
    own = (get_language() or "").split("-")[0]
    return own if own in codes else next(iter(codes), "")


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, draft: UUID) -> HttpResponse:
    """One question per screen. Each answer is kept at once; one that needs somebody raises its alert at once."""
    by = actor_of(request)
    found = queries.page_of(by, draft)
    if request.method == "POST":
        return _answered(request, by, found)
    shown = found.shown
    at = number_in(request, "at")
    place = _first_open(shown) if at is None else min(at, len(shown))
    if place >= len(shown):
        return page(request, "care/finish.html", _finish(by, found, _finish_form(by, found, None)))
    question = shown[place]
    context = _frame(by, found) | {
        "question": question,
        "place": place + 1,
        "total": len(shown),
        "current": question.given if question.answers else "",
        "quiet": words.QUIET,
        "op_id": new_op_id(),
        "earlier": f"?at={place - 1}" if place else "",
        "later": f"?at={place + 1}",
        "list_url": care_url("ask_list", draft),
        "hand_url": care_url("hand", draft),
    }
    return page(request, "care/ask.html", context)


def _answered(request: HttpRequest, by: Actor, found: AskPage) -> HttpResponse:
    codes = [one.item.code for one in found.shown]
    item = request.POST.get("item", "")
    answer = request.POST.get("answer", "") or request.POST.get("words", "").strip() or "skipped"
    before = _raised(by, found)
    answer_item(
        by=by,
        op_id=op_id_of(request),
        person=found.person.id,
        instrument=found.card.code,
        answers={item: answer},
    )
    place = codes.index(item) + 1 if item in codes else 0
    if _raised(by, found) - before:
        return HttpResponseRedirect(care_url("stay", found.draft.id) + f"?at={place}")
    return HttpResponseRedirect(care_url("ask", found.draft.id) + f"?at={place}")


def _raised(by: Actor, found: AskPage) -> set[UUID]:
    return {one.who.source for one in queries.told_about(by, found.draft.id, found.person)}


def _first_open(shown: tuple[Question, ...]) -> int:
    return next((place for place, one in enumerate(shown) if not one.given), len(shown))


def _frame(by: Actor, found: AskPage) -> dict[str, Any]:
    return {
        "found": found,
        "code": found.person.code,
        "called": called_by(by, found.person),
        "direction": words.direction(found.wording.language or found.draft.language),
        "back": person_url(found.person.id),
        "alerts": queries.told_about(by, found.draft.id, found.person),
        "stay_url": care_url("stay", found.draft.id),
        "discard_url": care_url("discard", found.draft.id),
    }


def _finish_form(by: Actor, found: AskPage, sent: Any) -> FinishForm:
    sheet = found.draft.sheet
    return FinishForm(
        sent,
        colleagues=[] if sheet is not None else colleagues(found.person),
        alarmed=bool(_raised(by, found)),
        from_paper=sheet is not None,
        initial={"on": today_at(found.person.site_id)},
    )


def _finish(by: Actor, found: AskPage, form: FinishForm) -> dict[str, Any]:
    given = sum(1 for one in found.shown if one.given)
    return _frame(by, found) | {
        "form": form,
        "paper": sheet_shown(by, found.draft.sheet, "instrument", found.person.id),
        "given": given,
        "total": len(found.shown),
        "finish_url": care_url("finish", found.draft.id),
        "first": "?at=0",
        "op_id": new_op_id(),
    }


@route_policy(PAGES)
@require_GET
def stay(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The calm card, at once: stay, the follow-up questions, who has it, whom to call; then on with the questions."""
    by = actor_of(request)
    found = queries.page_of(by, draft)
    at = number_in(request, "at")
    onward = care_url("ask", draft) + (f"?at={at}" if at is not None else "")
    return page(request, "care/stay.html", _frame(by, found) | {"onward": onward})


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def ask_list(request: HttpRequest, draft: UUID) -> HttpResponse:
    """All questions on one page, for whoever reads a paper form into it."""
    by = actor_of(request)
    found = queries.page_of(by, draft)
    # What was on the paper, or on the screen when it was opened, is taken whoever is on shift by now.
    paper = request.GET.get("paper") == "yes" or found.draft.sheet is not None
    form = AnswersForm(
        request.POST or None, questions=found.questions if paper or request.method == "POST" else found.shown
    )
    if request.method == "POST" and form.is_valid():
        before = _raised(by, found)
        try:
            answer_item(
                by=by,
                op_id=op_id_of(request),
                person=found.person.id,
                instrument=found.card.code,
                answers=form.answers(),
            )
        except Problem as problem:
            form.take(problem)
        else:
            name = "stay" if _raised(by, found) - before else "ask"
            return HttpResponseRedirect(care_url(name, draft) + f"?at={len(found.shown)}")
    context = {
        "form": form,
        "op_id": new_op_id(),
        "offer_paper": bool(found.paused) and not paper,
        "paper": sheet_shown(by, found.draft.sheet, "instrument", found.person.id),
    }
    return page(request, "care/ask_list.html", _frame(by, found) | context)


@route_policy(PAGES)
@require_POST
def finish(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The draft becomes a response, and its result is shown."""
    by = actor_of(request)
    found = queries.page_of(by, draft)
    form = _finish_form(by, found, request.POST)
    if form.is_valid():
        try:
            receipt = finish_draft(by=by, op_id=op_id_of(request), draft=draft, **form.arguments())
        except Problem as problem:
            form.take(problem)
        else:
            return HttpResponseRedirect(care_url("response", str(receipt.record)))
    return page(request, "care/finish.html", _finish(by, found, form))


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Throw the draft away, after a question. Alerts that it raised stay."""
    by = actor_of(request)
    found = queries.page_of(by, draft)
    if request.method == "POST":
        discard_draft(by=by, draft=draft)
        say(request, _("The answers were thrown away. Alerts that they raised stay."))
        return HttpResponseRedirect(person_url(found.person.id))
    return page(request, "care/discard.html", _frame(by, found) | {"back": care_url("ask", draft)})
