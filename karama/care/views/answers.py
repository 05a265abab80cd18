"""The answers of a person: all, one with its result, its history, its versions, and correcting it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.queries import alias_of
from karama.accounts.routes import route_policy
from karama.care import drawing, queries, wording, words
from karama.care.access import PAGES, SEE
from karama.care.actions import amend_response
from karama.care.forms import AmendForm
from karama.care.problems import WordingMissing
from karama.care.queries.asking import Question
from karama.care.queries.scoring import Result, usable
from karama.care.views import actor_of, called_by, care_url, new_op_id, op_id_of, person_url
from karama.care.wording import Wording
from karama.journal import Problem
from karama.people.queries import person_in_reach
from karama.ui.dates import day as day_words
from karama.ui.labels import said
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(PAGES)
@require_GET
def answers(request: HttpRequest, person: UUID) -> HttpResponse:
    """Every response, newest first, and for each instrument a way to its history."""
    by = actor_of(request)
    results = queries.results_of(by, person)
    seen = {one.card.code: one.card.name for one in results}
    context = {
        "back": person_url(person),
        "lines": [(care_url("response", one.response.id), one, words.in_short(one), day_of(one)) for one in results],
        "histories": [(name, care_url("history", person, code)) for code, name in seen.items()],
        "ask_url": care_url("choose", person),
    }
    return page(request, "care/answers.html", context)


@route_policy(PAGES)
@require_GET
def response(request: HttpRequest, response: UUID) -> HttpResponse:
    """One response: what needs somebody first, then the score in words with its source, then each answer."""
    by = actor_of(request)
    result, person = queries.response_page(by, response)
    versions = queries.versions_of(by, response)
    told = queries.told_about(by, result.response.id, person)
    scored, card = result.scored, usable(result.card)
    labels = {scale.code: said(scale.label) for scale in card.scales}
    context = {
        "result": result,
        "card": card,
        "alerts": told,
        "start_screener": [
            (one.screener, care_url("start", person.id, one.screener)) for one in told[:1] if one.screener
        ],
        "short": words.in_short(result),
        "shown": words.by_telephone(result),
        "lines": words.lines_of(result),
        "subscales": [
            (labels.get(code, code), None if value is None else words.number(value))
            for code, value in scored.subscales.items()
        ],
        "algorithms": [(said(code), said(label)) for code, label in scored.algorithms.items()],
        "sources": words.sources(result),
        "answers": _answers(result),
        "headers": [_("Question"), _("Answer")],
        "facts": _facts(result, dict(queries.waves_of(by, person.id))),
        "missing": [words.MISSING[why] for why in result.missing.values()],
        "newest": versions[-1],
        "amended": len(versions) > 1,
        "back": care_url("answers", person.id),
        "code": person.code,
        "person_url": person_url(person.id),
        "history_url": care_url("history", person.id, card.code),
        "versions_url": care_url("versions", result.response.id),
        "amend_url": care_url("amend", versions[-1].response.id),
        "newest_url": care_url("response", versions[-1].response.id),
    }
    return page(request, "care/response.html", context)


def day_of(result: Result) -> str:
    """The day of a response in words."""
    on = result.response.occurred_on
    return day_words(on) if on is not None else str(_("day not known"))


def _facts(result: Result, waves: dict[str, str]) -> list[tuple[Any, Any]]:
    row = result.response
    acted = row.unseal("acted")
    asked = _("%(given)s of %(all)s") % {"given": result.scored.n_answered, "all": result.scored.n_items}
    return [
        (_("Day"), day_of(result)),
        (_("Moment"), waves.get(row.wave, row.wave)),
        (_("How it was asked"), words.MODES[row.mode]),
        (_("Language"), words.language(row.language) if row.language else ""),
        (_("Answered"), asked),
        (_("Measure"), f"{result.card.name}, {result.card.version}"),
        (_("From"), row.source),
        *([(_("Taken on paper by"), alias_of(row.taken_by_id))] if row.taken_by_id else []),
        *([(_("Something was done on that day"), words.ACTED[acted])] if acted in words.ACTED else []),
    ]


def _answers(result: Result) -> list[list[Any]]:
    shown = _words(result)
    rows = []
    for item in result.card.items:
        labels = dict(shown.answers.get(item.answers or "", {}))
        rows.append([shown.items.get(item.code, item.topic), words.given(result, item.code, labels)])
    return rows


def _words(result: Result) -> Wording:
    """The words it was asked in, where they are still loaded; else the topic labels."""
    try:
        if result.response.wording and not result.demonstration:
            return wording.words_for(result.card, result.response.language)
    except (WordingMissing, Problem):
        pass
    return wording.demonstration(result.card)


@route_policy(PAGES)
@require_GET
def history(request: HttpRequest, person: UUID, instrument: str) -> HttpResponse:
    """The line over time with the band within which a change may be chance, and the table behind it."""
    by = actor_of(request)
    results = queries.history_of(by, person, instrument)
    context = {
        "code": person_in_reach(by, person, SEE).code,
        "back": care_url("answers", person),
        "take_home_url": care_url("take_home", person),
        "card": results[-1].card if results else None,
        "chart": drawing.chart(results) if results else "",
        "band": drawing.band_words(results) if results else "",
        "headers": [_("Day"), _("Result"), _("How it was asked")],
        "rows": [
            [
                {"text": day_of(one), "href": care_url("response", one.response.id)},
                words.in_short(one),
                words.MODES[one.response.mode],
            ]
            for one in reversed(results)
        ],
    }
    return page(request, "care/history.html", context)


@route_policy(PAGES)
@require_GET
def versions(request: HttpRequest, response: UUID) -> HttpResponse:
    """Old and new side by side: who, when, why, and which answers differ."""
    by = actor_of(request)
    result, _person = queries.response_page(by, response)
    found = queries.versions_of(by, response)
    shown = _words(result)
    items = {item.code: item for item in result.card.items}
    told = []
    for before, one in zip([None, *found], found, strict=False):
        rows = [
            [
                shown.items.get(code, items[code].topic),
                _label(shown, items[code].answers, before.answers.get(code, "not_asked") if before else "not_asked"),
                _label(shown, items[code].answers, one.answers[code]),
            ]
            for code in one.changed
        ]
        told.append((one, rows))
    context = {
        "headers": [_("Question"), _("Before"), _("Now")],
        "versions": told,
        "back": care_url("response", response),
        "first": found[0],
    }
    return page(request, "care/versions.html", context)


def _label(shown: Wording, answer_set: str | None, answer: str) -> Any:
    labels = shown.answers.get(answer_set or "", {})
    return words.MISSING.get(answer) or labels.get(answer) or answer


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, response: UUID) -> HttpResponse:
    """Correct answers with a reason. No alert is cleared by it."""
    by = actor_of(request)
    result, person = queries.response_page(by, response)
    shown = _words(result)
    questions = [
        Question(
            item=item,
            text=shown.items.get(item.code, item.topic),
            answers=tuple(shown.answers.get(item.answers, {}).items()) if item.answers else (),
            given=result.answers.get(item.code, ""),
            paused=False,
        )
        for item in result.card.items
    ]
    form = AmendForm(request.POST or None, questions=questions)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = amend_response(
                by=by,
                op_id=op_id_of(request),
                response=response,
                answers=form.changed(result.answers),
                reason=form.cleaned_data["reason"],
            )
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Corrected. Both versions are kept."))
            return HttpResponseRedirect(care_url("response", str(receipt.record)))
    context = {
        "form": form,
        "card": result.card,
        "code": person.code,
        "called": called_by(by, person),
        "back": care_url("response", response),
        "op_id": new_op_id(),
    }
    return page(request, "care/amend.html", context)
