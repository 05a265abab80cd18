"""The course of care: goals, the layer of care, waiting, closing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import coursewords as said
from karama.care import queries
from karama.care.access import EPISODE_PAGES, PAGES, SUPERVISOR_PAGES
from karama.care.actions import (
    answer_closure,
    check_waiting,
    close_episode,
    decide_layer,
    move_goal,
    name_contact,
    record_view,
    set_goal,
    share_goal,
)
from karama.care.courseforms import (
    AnswerForm,
    CheckForm,
    ClosingForm,
    ContactForm,
    DecisionForm,
    GoalForm,
    GoalStateForm,
    ViewForm,
)
from karama.care.models import Closure
from karama.care.views import actor_of, called_by, care_url, new_op_id, op_id_of
from karama.people import workers
from karama.people.models import Person
from karama.people.views.papers import of_paper, paper_context, typed_in
from karama.rules.classes import CARE_DUTIES
from karama.ui.notices import say
from karama.ui.rendering import KaramaForm, page
from karama.ui.saving import saved


def colleagues(person: Person) -> list[tuple[str, str]]:
    """(id, alias and duty) of those in care at the person's site."""
    found = [one for one in workers.workers_for(person) if one.duty in CARE_DUTIES]
    return [(str(one.user), f"{one.alias} · {one.label}") for one in found]


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, episode: UUID) -> HttpResponse:
    """The plan: the layer that was decided, and the person's goals with their history."""
    by = actor_of(request)
    row, _person, goals, count, step = queries.plan_of_episode(by, episode)
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if saved(form, lambda: set_goal(by=by, op_id=op_id_of(request), episode=episode, words=words), request):
            return HttpResponseRedirect(care_url("plan", episode))
    context = {
        "code": row.person.code,
        "goals": [
            (
                one,
                said.GOALS[one.goal.state],
                said.GOAL_BADGES[one.goal.state],
                [
                    {"title": said.GOALS[state], "at": on, "by": who, "text": words, "state": "done"}
                    for state, on, who, words in one.steps
                ],
                care_url("goal", one.goal.id),
                care_url("share_goal", one.goal.id),
            )
            for one in goals
        ],
        "count": count,
        "layer": said.LAYERS[step.layer] if step is not None else "",
        "pathway_url": care_url("pathway", episode),
        "form": form,
        "op_id": new_op_id(),
        "back": care_url("episode", episode),
    }
    return page(request, "care/plan.html", context)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, goal: UUID) -> HttpResponse:
    """Where one goal stands."""
    by = actor_of(request)
    row = queries.goal_in_reach(by, goal)
    form = GoalStateForm(request.POST or None, initial={"state": row.state})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if saved(form, lambda: move_goal(by=by, op_id=op_id_of(request), goal=goal, **told), request):
            return HttpResponseRedirect(care_url("plan", row.episode_id))
    context = {"form": form, "title": _("Goal"), "back": care_url("plan", row.episode_id), "op_id": new_op_id()}
    return page(request, "care/course_form.html", context)


@route_policy(PAGES)
@require_POST
def share(request: HttpRequest, goal: UUID) -> HttpResponse:
    """Everybody in care who works with the person reads this goal, or no longer does."""
    by = actor_of(request)
    row = queries.goal_in_reach(by, goal)
    share_goal(by=by, op_id=op_id_of(request), goal=goal, shared=request.POST.get("shared") == "yes")
    return HttpResponseRedirect(care_url("plan", row.episode_id))


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def pathway(request: HttpRequest, episode: UUID) -> HttpResponse:
    """First the worker's own view and the person's wish; then what scores suggest, with equal buttons; then why."""
    by = actor_of(request)
    row, _person, shown = queries.newest_view(by, episode)
    form: KaramaForm = ViewForm(request.POST or None) if "view" in request.POST else ViewForm()
    if "view" in request.POST and form.is_valid():
        told = form.cleaned_data
        if saved(form, lambda: record_view(by=by, op_id=op_id_of(request), episode=episode, **told), request):
            return HttpResponseRedirect(care_url("pathway", episode))
    decision = DecisionForm(request.POST if "layer" in request.POST and "view" not in request.POST else None)
    if decision.is_bound and decision.is_valid() and shown is not None:
        layer, reason = request.POST["layer"], decision.cleaned_data["reason"]
        view = shown.view.id
        if saved(
            decision,
            lambda: decide_layer(by=by, op_id=op_id_of(request), view=view, layer=layer, reason=reason),
            request,
        ):
            return HttpResponseRedirect(care_url("plan", episode))
    open_view = shown if shown is not None and shown.step is None and "again" not in request.GET else None
    context = {
        "code": row.person.code,
        "shown": open_view,
        "told": _told(open_view) if open_view is not None else {},
        "last": _told(shown) if shown is not None and shown.step is not None else {},
        "form": form,
        "decision": decision,
        "again": care_url("pathway", episode) + "?again=1",
        "op_id": new_op_id(),
        "back": care_url("plan", episode),
    }
    return page(request, "care/pathway.html", context)


def _told(shown: queries.ViewShown) -> dict[str, Any]:
    suggestion = shown.suggestion
    return {
        "pairs": [
            (_("Own view"), said.LAYERS[shown.view.layer]),
            (_("The person wishes"), said.WISHES.get(shown.wish, "")),
            (_("Who"), shown.who),
            (_("Decided"), said.LAYERS[shown.step.layer] if shown.step is not None else ""),
            (_("Direction"), said.DIRECTIONS[shown.step.direction] if shown.step is not None else ""),
            (_("Why"), shown.reason),
        ],
        "suggests": (suggestion.layer, said.LAYERS[suggestion.layer]) if suggestion.layer else None,
        "because": ", ".join(suggestion.because).upper(),
        "off": [said.WHY_OFF[one] for one in suggestion.off],
        "own": (shown.view.layer, said.LAYERS[shown.view.layer]),
        "others": [
            (code, words) for code, words in said.LAYERS.items() if code not in (suggestion.layer, shown.view.layer)
        ],
    }


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def waiting(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Who stays in touch with a waiting person, how pressing it is, and when somebody asks again."""
    by = actor_of(request)
    row, person, shown = queries.wait_of(by, episode)
    initial = {"contact": str(shown.wait.contact_id), "need": str(shown.wait.need)} if shown is not None else {}
    form = ContactForm(request.POST or None, colleagues=colleagues(person), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if saved(
            form,
            lambda: name_contact(
                by=by, op_id=op_id_of(request), episode=episode, contact=told["contact"], need=int(told["need"])
            ),
            request,
        ):
            return HttpResponseRedirect(care_url("waiting", episode))
    context = {
        "code": row.person.code,
        "waits": row.state == "waiting",
        "shown": shown,
        "need": said.NEEDS[str(shown.wait.need)] if shown is not None else "",
        "check_url": care_url("check_waiting", shown.wait.id) if shown is not None else "",
        "check": CheckForm(),
        "form": form,
        "op_id": new_op_id(),
        "back": care_url("episode", episode),
    }
    return page(request, "care/waiting.html", context)


@route_policy(EPISODE_PAGES)
@require_POST
def check(request: HttpRequest, wait: UUID) -> HttpResponse:
    """Somebody asked again: reached and well, reached and worse, or not reached."""
    by = actor_of(request)
    row = queries.wait_in_reach(by, wait)
    form = CheckForm(request.POST)
    how = request.POST.get("how", "")
    if form.is_valid() and how in ("well", "worse", "not_reached"):
        words = form.cleaned_data["words"]
        check_waiting(
            by=by, op_id=op_id_of(request), wait=wait, reached=how != "not_reached", worse=how == "worse", words=words
        )
        say(request, _("Saved."))
    return HttpResponseRedirect(care_url("waiting", row.episode_id))


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Closing: what is open first, then why, how it went, and whether we may ask again later."""
    by = actor_of(request)
    found = queries.closing_page(by, episode)
    paper = typed_in(request, by, "closing", found.person.id, kept=True)
    form = ClosingForm(request.POST or None, colleagues=colleagues(found.person) if found.work else [])
    if request.method == "POST" and form.is_valid():
        told = form.arguments() | of_paper(paper)
        if saved(form, lambda: close_episode(by=by, op_id=op_id_of(request), episode=episode, **told), request):
            return HttpResponseRedirect(care_url("episode", episode))
    more = paper_context(by, found.person.id, "closing", paper)
    return page(request, "care/close.html", _closing(by, found, form, _answer_form(found.pending)) | more)


def _closing(by: Any, found: queries.ClosingPage, form: ClosingForm, answer: AnswerForm) -> dict[str, Any]:
    pending, may_answer = found.pending, by.duty == "supervisor"
    told = [
        (_("Why"), said.REASONS[pending.reason]),
        (_("Compared with the start"), said.OUTCOMES[pending.outcome]),
        (_("Follow-up"), said.FOLLOW_UP[pending.follow_up]),
        (_("Words"), found.words),
        (_("Asked by"), found.who),
        (_("Takes over"), found.takes_over),
    ] if pending is not None else []  # fmt: skip
    may_answer = may_answer and pending is not None and pending.author_id != by.id
    return {
        "code": found.person.code,
        "called": called_by(by, found.person),
        "death_url": care_url("record_death", found.person.id),
        "closed": found.episode.state == "closed",
        "goals": found.goals,
        "work": found.work,
        "pending": told,
        "answer_url": care_url("answer_closure", pending.id) if pending is not None and may_answer else "",
        "form": form,
        "answer": answer,
        "op_id": new_op_id(),
        "back": care_url("episode", found.episode.id),
    }


def _answer_form(pending: Closure | None, data: Any = None) -> AnswerForm:
    """What is said to a closure; whether whoever takes over is involved is asked where somebody does."""
    return AnswerForm(data, asks=pending is not None and pending.handed_to_id is not None)


@route_policy(SUPERVISOR_PAGES)
@require_POST
def answer(request: HttpRequest, closure: UUID) -> HttpResponse:
    """Approve a closure or send it back."""
    by = actor_of(request)
    row = queries.closure_in_reach(by, closure)
    form = _answer_form(row, request.POST)
    if form.is_valid():
        told, approved = form.cleaned_data, request.POST.get("decision") == "approve"
        if saved(
            form,
            lambda: answer_closure(by=by, op_id=op_id_of(request), closure=closure, approved=approved, **told),
            request,
        ):
            return HttpResponseRedirect(care_url("episode", row.episode_id))
    found = queries.closing_page(by, row.episode_id)
    return page(request, "care/close.html", _closing(by, found, ClosingForm(colleagues=[]), form))
