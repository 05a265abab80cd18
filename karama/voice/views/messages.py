"""Messages from people: what waits for the reader, one message with its steps, and what comes on paper."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from karama.accounts import duties
from karama.accounts.routes import route_policy
from karama.journal import Absent, Actor, Problem, Refused
from karama.programme.models import Site
from karama.ui.addresses import reverse
from karama.ui.notices import say, warn
from karama.ui.rendering import page
from karama.voice import packs, places, queries, tokens, words
from karama.voice.access import FEEDBACK_PAGES, PAPER_PAGES, WRITERS
from karama.voice.actions import (
    answer_feedback,
    close_feedback,
    hand_outside,
    look_into,
    pass_on,
    put_aside_same,
    step_aside,
    take_feedback,
    vouch_for,
)
from karama.voice.forms import PaperForm, StepForm
from karama.voice.incoming import Said, take_from_paper
from karama.voice.posters import sheet
from karama.voice.problems import LastReader, NotNow
from karama.voice.queries import FeedbackLine, FeedbackPage
from karama.voice.views import actor_of, new_op_id, op_id_of, voice_url

STEPS = {
    "looked_into": look_into,
    "answered": answer_feedback,
    "outside": hand_outside,
    "passed_on": pass_on,
    "closed": close_feedback,
}


@route_policy(FEEDBACK_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for this reader, the most pressing first; the same empty page for whoever may not see what waits."""
    by = actor_of(request)
    if request.method == "POST":
        return _vouched(by, request)
    kind, danger = (request.GET.get(name, "") for name in ("kind", "danger"))
    kind, danger = kind if kind in words.FEEDBACK_KINDS else "", danger if danger in words.DANGERS else ""
    held = queries.feedback_held(by, _number(request.GET.get("from", "")), kind, danger)
    after = held.start + len(held.lines)
    context = {
        "waiting": [_row(one) for one in queries.feedback_waiting(by)],
        "held": [_row(one) for one in held.lines],
        "held_count": held.count,
        "held_more": held.more,
        "held_first": held.start + 1,
        "held_last": after,
        "held_before": _further(held.start - queries.ON_A_PAGE, kind, danger) if held.start else "",
        "held_after": _further(after, kind, danger) if held.more or after < held.count else "",
        "narrow": bool(kind or danger) or held.count > queries.ON_A_PAGE,
        "kinds": [(code, label, code == kind) for code, label in words.FEEDBACK_KINDS.items()],
        "dangers": [(code, label, code == danger) for code, label in words.DANGERS.items()],
        "newcomers": [
            {"id": one.posting, "alias": one.alias, "duty": duties.label(one.duty), "place": one.place}
            for one in queries.newcomers(by)
        ],
        "done": [_row(one) for one in queries.feedback_done(by)],
        "writes": by.duty in WRITERS,
        "op_id": new_op_id(),
    }
    return page(request, "voice/inbox.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _further(start: int, kind: str, danger: str) -> str:
    asked = {"from": max(start, 0), "kind": kind, "danger": danger}
    return f"?{urlencode({name: value for name, value in asked.items() if value != ''})}#held"


def _vouched(by: Actor, request: HttpRequest) -> HttpResponse:
    """Somebody has really taken up her duty. The same answer for a post that is none."""
    try:
        posting = UUID(request.POST.get("posting", ""))
    except ValueError as wrong:
        raise Absent() from wrong
    try:
        vouch_for(by=by, posting=posting, op_id=op_id_of(request))
    except Refused as refused:
        raise Absent() from refused
    say(request, _("Saved."))
    return HttpResponseRedirect(voice_url("inbox"))


@route_policy(FEEDBACK_PAGES)
@require_http_methods(["GET", "POST"])
def message(request: HttpRequest, feedback: UUID) -> HttpResponse:
    """One message. First the question whether it may be about the reader; its words after she has taken it."""
    by = actor_of(request)
    shown = queries.feedback_page(by, feedback)
    form = StepForm(request.POST or None, following=shown.following) if shown.following else None
    if request.method == "POST":
        moved = _first_answer(by, request, feedback)
        if moved is not None:
            return moved
        if form is not None and form.is_valid():
            try:
                step = form.cleaned_data["step"]
                STEPS[step](by=by, feedback=feedback, words=form.cleaned_data["words"], op_id=op_id_of(request))
            except Problem as problem:
                form.take(problem)
            else:
                say(request, _("Saved."))
                passed = step == "passed_on"
                return HttpResponseRedirect(voice_url("inbox") if passed else voice_url("message", feedback))
    context = {
        "shown": shown,
        "title": words.FEEDBACK_KINDS[shown.line.kind],
        "badge": words.FEEDBACK_BADGES[shown.line.state],
        "state": words.FEEDBACK_STATES[shown.line.state],
        "clock": words.hours(shown.line.left),
        "pairs": _pairs(shown),
        "steps": [_step(one) for one in shown.steps],
        "form": form,
        "sounds": queries.sounds_of(feedback) if shown.opened else [],
        "sensitive": shown.line.kind in ("complaint", "sensitive"),
        "outside": packs.outside_of(shown.programme_code),
        "was_held": shown.was_held and shown.line.state == "acknowledged",
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "voice/message.html", context)


def _first_answer(by: Actor, request: HttpRequest, feedback: UUID) -> HttpResponse | None:
    """Taken, or given on: the answer to the first question."""
    do = request.POST.get("do", "")
    if do == "take":
        take_feedback(by=by, feedback=feedback, op_id=op_id_of(request))
        return HttpResponseRedirect(voice_url("message", feedback))
    if do == "aside":
        try:
            step_aside(by=by, feedback=feedback, op_id=op_id_of(request))
        except LastReader as problem:
            warn(request, f"{problem.what} {problem.do}")
            return HttpResponseRedirect(voice_url("message", feedback))
        say(request, _("Somebody else is asked. Nothing more is needed from you."))
        return HttpResponseRedirect(voice_url("inbox"))
    if do == "same":
        try:
            put_aside_same(by=by, feedback=feedback, op_id=op_id_of(request))
        except NotNow:
            say(request, _("No other message that is held has these very words."))
        else:
            say(request, _("Those with the same words are put aside. Whoever meant hers can say so with her code."))
        return HttpResponseRedirect(voice_url("message", feedback))
    return None


@route_policy(PAPER_PAGES)
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest) -> HttpResponse:
    """Type in what somebody wrote on paper. The code for an answer is shown once; the message is not shown again."""
    by = actor_of(request)
    form = PaperForm(request.POST or None, sites=_sites(by), duties=duties.choices())
    seed = tokens.seed_of(request.POST.get("seed", ""))
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        site = Site.objects.select_related("programme").get(pk=told.pop("site"))
        wanted = told.pop("answer")
        try:
            taken = take_from_paper(by, Said(seed, site.programme, site, wants_answer=wanted, **told))
        except Problem as problem:
            form.take(problem)
        else:
            context = {"taken": taken, "wanted": wanted, "answers": _address(request, "")}
            return page(request, "voice/paper_done.html", context)
    return page(request, "voice/paper.html", {"form": form, "seed": seed})


@route_policy(PAPER_PAGES)
@require_safe
def posters(request: HttpRequest) -> HttpResponse:
    """A sheet for each of the reader's sites: the address of the page that needs no account, to type and to scan."""
    by = actor_of(request)
    rows = Site.objects.filter(pk__in=by.sites, closed_on__isnull=True).order_by("name")
    named = places.codes()
    sheets = [sheet(one.name, one.programme_id, _address(request, named[one.id])) for one in rows]
    return page(request, "voice/posters.html", {"sheets": sheets})


def _address(request: HttpRequest, place: str) -> str:
    return request.build_absolute_uri(reverse("voice:say") + (f"?p={place}" if place else ""))


def _sites(by: Actor) -> list[tuple[str, str]]:
    rows = Site.objects.filter(pk__in=by.sites, closed_on__isnull=True).order_by("name")
    return [(str(key), name) for key, name in rows.values_list("id", "name")]


def _row(one: FeedbackLine) -> dict[str, Any]:
    told = [words.stretch(one.on, one.time), one.place, words.hours(one.left)]
    return {
        "words": words.FEEDBACK_KINDS[one.kind],
        "href": voice_url("message", one.id),
        "badge": one.grade if one.grade == "now" else words.FEEDBACK_BADGES[one.state],
        "state": words.FEEDBACK_STATES[one.state],
        "meta": " · ".join(str(part) for part in told if part),
    }


def _pairs(shown: FeedbackPage) -> list[tuple[Any, Any]]:
    line = shown.line
    pairs: list[tuple[Any, Any]] = [
        (_("Came in"), words.stretch(line.on, line.time)),
        (_("How it came"), words.CHANNELS[shown.channel]),
        (_("Somebody in danger"), words.DANGERS[line.danger]),
        (_("Where"), line.place),
        (_("Waits for an answer under a code"), _("Yes") if shown.wants_answer else _("No")),
    ]
    if shown.opened:
        duty = duties.label(shown.about_duty) if shown.about_duty else ""
        pairs += [
            (_("How it was"), words.FACES.get(shown.face, "")),
            (_("About whom"), " · ".join(str(one) for one in (duty, shown.about_words) if one)),
        ]
    return pairs


def _step(one: tuple[str, Any, str, str]) -> dict[str, Any]:
    step, at, alias, said = one
    title = words.FEEDBACK_STEPS[step]
    return {"title": title, "at": None if step == "disagreed" else at, "by": alias, "text": said, "state": "done"}
