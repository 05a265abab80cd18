"""Taking somebody in: two short screenings, and chapters that one may leave and resume. One question on a screen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import intakes
from karama.care import intakewords as words
from karama.care.access import INTAKE_PAGES
from karama.care.actions import answer_chapter, finish_chapter, keep_chapter_words, lower_urgency, screen, skip_chapter
from karama.care.intakeforms import CanWaitForm, ChapterWordsForm, ManyForm, ScreeningForm
from karama.care.papers import with_marks
from karama.care.problems.intake import UrgencySettled
from karama.care.queries import intake as queries
from karama.care.queries import intakescreening as screened
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url, whose
from karama.care.views.papers import typing_from
from karama.journal import Problem
from karama.journal.actors import NOBODY
from karama.people.grounds import ground_shown
from karama.people.views.papers import address_of, of_paper, paper_context, print_address, typed_in
from karama.rules import intake as rule
from karama.ui.addresses import reverse
from karama.ui.dates import day
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(INTAKE_PAGES)
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest, person: UUID) -> HttpResponse:
    """Which chapters stand and when, what the screenings suggest, and what cannot wait until somebody is told."""
    by = actor_of(request)
    found = queries.intake_person(by, person)
    urgency = screened.urgency_of(by, person)
    form = CanWaitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if urgency is None:
                raise UrgencySettled()
            lower_urgency(by=by, op_id=op_id_of(request), screening=urgency.screening, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("intake", person))
    own = queries.own_line(by, person)
    screenings = screened.screenings_of(by, person)
    last = screenings[-1] if screenings else None
    paper = typed_in(request, by, "chapter", person)
    lines = [
        (one, care_url("intake_chapter", person, one.chapter.code) + address_of(paper))
        for one in queries.lines_of(by, person)
    ]
    if own is not None:
        lines.append((own, care_url("intake_own", person)))
    context = {
        **whose(by, found),
        "paper": paper,
        "back": person_url(person),
        "chapters": [_line(one, href) for one, href in lines],
        "done": sum(bool(one.state) for one, _href in lines),
        "total": len(lines),
        "screenings": [
            (_("First screening") if one.row.stage == 1 else _("Second screening"), day(one.row.held_on), one.who)
            for one in screenings
        ],
        "suggested": words.SUGGESTIONS[last.suggestion] if last else "",
        "further": words.FURTHER[last.suggestion] if last else "",
        "urgency": words.URGENCIES.get(urgency.said if urgency else "", _("How urgent it is was not said.")),
        "why_urgency": urgency.reason if urgency else "",
        "cannot_wait": urgency is not None and urgency.cannot_wait,
        "form": form,
        "op_id": request.POST.get("op_id") or new_op_id(),
        "first_url": care_url("screening", person, "1"),
        "second_url": care_url("screening", person, "2") if last and last.suggestion != "fits" else "",
        "worry_url": _worry(person),
        "cautions_url": care_url("cautions", person),
        "leaving_url": care_url("leaving", person) if own is not None and queries.own_page(by, person).leaving else "",
        "ground": ground_shown(by, person),
    }
    return page(request, "care/intake.html", context)


def _line(one: queries.ChapterLine, href: str) -> dict[str, Any]:
    told = " · ".join(str(part) for part in (day(one.on) if one.on else "", one.who) if part)
    begun = _("Begun on %(day)s, not finished") % {"day": day(one.begun)} if one.begun else ""
    return {
        "line": words.named(one.chapter),
        "href": href,
        "badge": "draft" if one.begun and not one.state else words.BADGES[one.state],
        "state": _("Begun") if one.begun and not one.state else words.STATES.get(one.state, _("Not yet")),
        "meta": told,
        "note": begun,
    }


@route_policy(INTAKE_PAGES)
@require_http_methods(["GET", "POST"])
def screening(request: HttpRequest, person: UUID, stage: int) -> HttpResponse:
    """A short screening in chips. What cannot wait leads to the worry, with this person."""
    by = actor_of(request)
    found = queries.intake_person(by, person)
    rules = intakes.rules_of(found.programme.code)
    if rules is None or stage not in rule.STAGES:
        raise Http404
    form = ScreeningForm(request.POST if request.method == "POST" else None, questions=rules.of_stage(stage))
    kind = "screening" if stage == 1 else "screening_2"
    paper = typed_in(request, by, kind, person, kept=True)
    typing_from(paper, kind, form)
    if request.method == "POST" and form.is_valid():
        try:
            told = form.arguments() | of_paper(paper)
            screen(by=by, op_id=op_id_of(request), person=person, stage=stage, **told)
        except Problem as problem:
            form.take(problem)
        else:
            if form.cleaned_data["urgency"] == "now":
                say(request, _("Saved. Now tell those who answer: what cannot wait?"))
                return HttpResponseRedirect(_worry(person))
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("intake", person))
    context = {
        **whose(by, found),
        "form": form,
        "title": _("First screening") if stage == 1 else _("Second screening"),
        "back": care_url("intake", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
        **paper_context(by, person, kind, paper),
    }
    return page(request, "care/intake_screening.html", context)


@route_policy(INTAKE_PAGES)
@require_http_methods(["GET", "POST"])
def chapter(request: HttpRequest, person: UUID, part: str) -> HttpResponse:
    """The next question, or what stands. Each answer is kept at once; "leave it here" loses nothing."""
    by = actor_of(request)
    shown = queries.chapter_page(by, person, part)
    paper = typed_in(request, by, "chapter", person, kept="finish" in request.POST)
    here, form = care_url("intake_chapter", person, part), None
    more = f"&paper={paper.id}" if paper is not None else ""
    if request.method == "POST":
        left_out, question = request.POST.get("why", ""), request.POST.get("question", "")
        if left_out in rule.MISSING:
            skip_chapter(by=by, op_id=op_id_of(request), person=person, chapter=part, why=left_out)
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("intake", person))
        if "finish" in request.POST:
            form = ChapterWordsForm(request.POST)
            if form.is_valid():
                try:
                    said = form.cleaned_data | of_paper(paper) | _since(request)
                    finish_chapter(by=by, op_id=op_id_of(request), person=person, chapter=part, **said)
                except Problem as problem:
                    form.take(problem)
                else:
                    say(request, _("This chapter stands."))
                    return HttpResponseRedirect(care_url("intake", person))
        elif taps := taps_of(request):
            answer_chapter(by=by, op_id=op_id_of(request), person=person, chapter=part, question=question, answer=taps)
            return HttpResponseRedirect(f"{here}?go=on{more}")
    going = shown.drafted or "go" in request.GET or form is not None or paper is not None
    context = {
        **whose(by, shown.person),
        **question_of(shown, request.GET.get("q", ""), marked=paper is not None),
        "back": care_url("intake", person),
        "title": words.named(shown.chapter),
        "stands": bool(shown.state) and not going,
        "state": words.STATES.get(shown.state, ""),
        "on": day(shown.on) if shown.on else "",
        "who": shown.who,
        "told": words.facts(shown.chapter, shown.told),
        "words": shown.words,
        "mine": words.facts(shown.chapter, shown.answers),
        "form": form or ChapterWordsForm(initial={"words": shown.draft_words if shown.drafted else shown.words}),
        "again_url": f"{here}?go=on{more}",
        "left_out": [] if shown.drafted or shown.since else list(words.LEFT_OUT.items()),
        "since": request.POST.get("since") or shown.since or NOBODY,
        "earlier": [(day(one.on), one.who, words.facts(shown.chapter, one.told), one.words) for one in shown.earlier],
        "draft_url": care_url("intake_words", person, part),
        "draft_words": shown.draft_words,
        "worry_url": _worry(person),
        "op_id": request.POST.get("op_id") or new_op_id(),
        "paper": paper,
        "print_url": _printed_at(by, person, part),
    }
    return page(request, "care/intake_chapter.html", context)


@route_policy(INTAKE_PAGES)
@require_POST
def keep_words(request: HttpRequest, person: UUID, part: str) -> JsonResponse:
    """Keep the words that are being typed; they are the writer's alone."""
    by = actor_of(request)
    queries.chapter_page(by, person, part)
    keep_chapter_words(
        by=by, person=person, chapter=part, words=request.POST.get("words", "")[:6000], **_since(request)
    )
    return JsonResponse({"kept": True})


def _since(request: HttpRequest) -> dict[str, Any]:
    """The version that the writer of words has before her; nothing where it cannot be read."""
    try:
        return {"since": UUID(request.POST.get("since", ""))}
    except ValueError:
        return {}


def taps_of(request: HttpRequest) -> list[str]:
    """What was tapped: one answer by its button, several by a form, or why there is none. Nothing is nothing."""
    missing = request.POST.get("missing", "")
    return [missing] if missing in rule.MISSING else request.POST.getlist("answer")


def _printed_at(by: Any, person: UUID, part: str) -> str:
    address = print_address(by, person, "chapter")
    return f"{address}?part={part}" if address else ""


def question_of(shown: queries.ChapterPage, wanted: str, *, marked: bool = False) -> dict[str, Any]:
    """The question to put now: the one that is asked for, else the next without an answer; none at the end. `marked`:
    with the marks of a paper before the words."""
    asked = shown.chapter.question(wanted) or shown.chapter.question(shown.question)
    codes = [one.code for one in shown.chapter.questions]
    if asked is None:
        return {"question": "", "number": len(codes), "total": len(codes)}
    before = list(shown.answers.get(asked.code, []))
    answers = words.choices(asked)
    if marked:
        answers = with_marks(asked.code, answers)
    return {
        "question": asked.code,
        "asked": words.named(asked),
        "many": ManyForm(initial={"answer": before}, choices=answers) if asked.many else None,
        "answers": answers,
        "before": before[0] if before else "",
        "missing": list(words.MISSING.items()),
        "number": codes.index(asked.code) + 1,
        "total": len(codes),
    }


def _worry(person: UUID) -> str:
    return f"{reverse('safety:worry')}?about={person}"
