"""Somebody with whom it does not move, on one page; and a question with its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import coursewords, queries
from karama.care.access import EPISODE_PAGES, SUPERVISOR_PAGES
from karama.care.actions import answer_question, follow_question
from karama.care.actions import review_stuck as look
from karama.care.problems import AnsweredAlready
from karama.care.queries.questions import QuestionPage
from karama.care.queries.reviewing import StuckPage
from karama.care.supervisionforms import AnswerQuestionForm, FollowQuestionForm, StuckReviewForm
from karama.care.supervisionwords import ABOUT, LOOKS, STUCK
from karama.care.views import actor_of, called_by, care_url, new_op_id, op_id_of, person_url
from karama.journal import Actor, Problem
from karama.people.queries import not_asked_yet
from karama.rules.stuck import LOOKED_AT
from karama.ui.addresses import reverse
from karama.ui.dates import about, day, moment
from karama.ui.notices import say
from karama.ui.rendering import page
from karama.ui.saving import saved

RECORDS = {"alert": "review_alert", "note": "note", "episode": "episode"}


@route_policy(SUPERVISOR_PAGES)
@require_http_methods(["GET", "POST"])
def review_stuck(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Why it does not move, then three ways: it is as it should be, ask, take over. A look can be taken back."""
    by = actor_of(request)
    found = queries.stuck_page(by, episode)
    form = StuckReviewForm(request.POST or None, asks=not_asked_yet(found.person.id, by.id))
    if request.method == "POST" and form.is_valid():
        told = {"decision": request.POST.get("decision", ""), "read": request.POST.getlist("read"), **form.arguments()}
        told["plain"] = _told_plain(request)
        try:
            look(by=by, op_id=op_id_of(request), episode=episode, **told)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."), undo=care_url("put_back", episode) if told["decision"] == "ok" else "")
            return HttpResponseRedirect(reverse("care:supervision"))
    context = {
        "found": found,
        "called": called_by(by, found.person),
        "code": found.person.code,
        "why": [(*STUCK[one.why], f"{_('Since')} {day(one.since)}" if one.since else "") for one in found.why.stuck],
        "pairs": _pairs(found),
        "sessions": [
            (one, one.session.get_attended_display(), about(one.session.occurred_on, one.session.precision))
            for one in found.sessions
        ],
        "goals": [
            (one.words, coursewords.GOAL_BADGES[one.goal.state], coursewords.GOALS[one.goal.state])
            for one in found.goals
        ],
        "looks": [(one, LOOKS[one.decision]) for one in found.looks],
        "questions": found.questions,
        "unread": [one.row.id for one in found.questions if one.row.asker_id == by.id and one.unread],
        "stays": any(one.why not in LOOKED_AT for one in found.why.stuck),
        "may_look": any(one.why in LOOKED_AT for one in found.why.stuck),
        "episode_url": care_url("episode", episode),
        "put_back_url": care_url("put_back", episode),
        "person_url": person_url(found.person.id),
        "form": form,
        "op_id": new_op_id(),
        "back": reverse("care:supervision"),
    }
    return page(request, "care/review_stuck.html", context)


@route_policy(SUPERVISOR_PAGES)
@require_POST
def put_back(request: HttpRequest, episode: UUID) -> HttpResponse:
    """A look was a mistake: the line stands on the list again."""
    by = actor_of(request)
    queries.stuck_episode(by, episode)
    look(by=by, op_id=op_id_of(request), episode=episode, decision="back")
    return HttpResponseRedirect(reverse("care:supervision"))


def _told_plain(request: HttpRequest) -> bool:
    """Whether the page that was sent had said that everybody in care with the person can read what is asked."""
    return request.POST.get("plain") == "yes"


def _pairs(found: StuckPage) -> list[tuple[Any, Any]]:
    """What a supervisor wants to know first."""
    worse = [f"{one.name} {one.total:g}" if one.total is not None else one.name for one in found.worse.values()]
    coming = [f"{moment(one.starts_at)} · {one.alias}" for one in found.coming]
    return [
        (_("Responsible"), found.lead or _("Nobody")),
        (_("Last contact"), day(found.why.last) if found.why.last else None),
        (_("Next appointment"), coming[0] if coming else _("None is booked")),
        *([(_("Worse since the beginning"), " · ".join(worse))] if worse else []),
    ]


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, question: UUID) -> HttpResponse:
    """A question: whoever is asked answers it, who asked reads the answer. What was typed is never lost: it stands on
    the form, or beside what has happened meanwhile."""
    by = actor_of(request)
    found = queries.question_page(by, question)
    form = _form_of(request, found)
    if request.method == "POST":
        if form is not None and form.is_valid() and saved(form, _saving(request, by, found, form), request):
            return HttpResponseRedirect(reverse("care:supervision") if found.follows else "/")
        before, found = found, queries.question_page(by, question)
        if (before.answers, before.follows) != (found.answers, found.follows):
            form = None
    over = request.method == "POST" and form is None
    row = found.shown.row
    record = "review_stuck" if row.about == "episode" and by.duty == "supervisor" else RECORDS[row.about]
    context = {
        "found": found,
        "one": found.shown,
        "about": ABOUT[row.about],
        "ended": row.get_ended_display() if row.ended else "",
        "record_url": care_url(record, row.subject),
        "over": (row.get_ended_display() if row.answered_on is None else AnsweredAlready.what) if over else "",
        "newer_url": care_url("question", found.newer) if found.newer else "",
        "unsaved": request.POST.get("words", "").strip() if over else "",
        "form": form if form is not None else _form_of(None, found),
        "op_id": new_op_id(),
        "back": reverse("care:supervision") if by.duty == "supervisor" else "/",
    }
    return page(request, "care/question.html", context, status=409 if over else None)


def _form_of(request: HttpRequest | None, found: QuestionPage) -> AnswerQuestionForm | FollowQuestionForm | None:
    sent = (request.POST or None) if request is not None else None
    if found.answers:
        return AnswerQuestionForm(sent)
    return FollowQuestionForm(sent) if found.follows else None


def _saving(
    request: HttpRequest, by: Actor, found: QuestionPage, form: AnswerQuestionForm | FollowQuestionForm
) -> Callable[[], object]:
    told = {"by": by, "op_id": op_id_of(request), "question": found.shown.row.id, **form.cleaned_data}
    if found.answers:
        return lambda: answer_question(**told)
    told |= {"how": request.POST.get("how", ""), "seen": request.POST.get("seen") == "yes"}
    return lambda: follow_question(**told, plain=_told_plain(request))
