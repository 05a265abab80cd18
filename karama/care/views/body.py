"""Physiotherapy, what to avoid, and assistive needs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import bodymap
from karama.care import medicalwords as said
from karama.care.access import BODY_PAGES, CAUTION, EPISODE_PAGES, NEED, SEE_BODY, TREAT_BODY, TREATING_PAGES
from karama.care.actions import (
    agree_caution,
    choose_activity,
    end_activity,
    end_caution,
    follow_need,
    note_need,
    record_body_session,
    tell_red_flags,
)
from karama.care.actions.needs import causes_for
from karama.care.bodyforms import ActivityForm, BodySessionForm, CautionForm, NeedForm
from karama.care.queries import body as queries
from karama.care.views import actor_of, called_by, care_url, new_op_id, op_id_of, person_url
from karama.care.views.goals import goals_together
from karama.care.views.papers import typing_from
from karama.journal import Actor, Problem
from karama.people.queries import TypedIn
from karama.people.views.papers import of_paper, paper_context, typed_in
from karama.programme.days import today_at
from karama.rules.physiotherapy import ACTIVITIES
from karama.ui.charts import Point, line
from karama.ui.labels import said as label_said
from karama.ui.listing import in_a_row
from karama.ui.notices import say, warn
from karama.ui.rendering import page


@route_policy(BODY_PAGES)
@require_http_methods(["GET", "POST"])
def body(request: HttpRequest, person: UUID) -> HttpResponse:
    """What to avoid, the last drawing, what the person wants to do again, and every session."""
    by = actor_of(request)
    treats = by.duty == "physiotherapist"
    found = queries.person_for(by, person, TREAT_BODY if request.method == "POST" else SEE_BODY)
    form = ActivityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            choose_activity(by=by, op_id=op_id_of(request), person=person, words=form.cleaned_data["words"])
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("body", person))
    sessions, activities = queries.body_sessions_of(by, person), queries.activities_of(by, person)
    marked = next((one.fields["places"] for one in sessions if one.fields.get("places") is not None), None)
    context = {
        "code": found.code,
        "back": person_url(person),
        "cautions": [said.word("cautions", avoid) for _row, avoid in queries.cautions_of(by, person)],
        "map": bodymap.drawn(marked) if marked is not None else "",
        "marks": _marks(marked or {}),
        "activities": [
            (words, _ratings(sessions, row.id), care_url("end_activity", row.id)) for row, words in activities
        ],
        "chart": _chart(sessions),
        "sessions": [(one, care_url("body_session", one.row.id)) for one in sessions],
        "form": form if treats and len(activities) < ACTIVITIES else None,
        "treats": treats,
        **goals_together(by, person),
        "new_url": care_url("new_body_session", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/body.html", context)


def _marks(marks: dict[str, str]) -> list[tuple[Any, str]]:
    by_mark = [(word, [one for one, mark in marks.items() if mark == code]) for code, word in said.MARKS.items()]
    return [(word, said.words_of("body_regions", codes)) for word, codes in by_mark if codes]


def _ratings(sessions: list[queries.BodyShown], activity: UUID) -> list[tuple[Any, int]]:
    rated = [(one.row.occurred_on, (one.fields.get("ratings") or {}).get(str(activity))) for one in reversed(sessions)]
    return [(day, value) for day, value in rated if value is not None]


def _chart(sessions: list[queries.BodyShown]) -> Any:
    points = [
        Point(one.row.occurred_on, float(one.function.mean) if one.function.mean is not None else None)
        for one in sessions
        if one.function.chosen
    ]
    return (
        line(points, title=_("What the person can do again: mean of the chosen activities"), low=0, high=10)
        if points
        else ""
    )


@route_policy(TREATING_PAGES)
@require_POST
def end_one(request: HttpRequest, activity: UUID) -> HttpResponse:
    """An activity is not followed any more."""
    by = actor_of(request)
    found = queries.person_of_activity(by, activity, TREAT_BODY)
    end_activity(by=by, op_id=op_id_of(request), activity=activity)
    say(request, _("Saved."))
    return HttpResponseRedirect(care_url("body", found.id))


@route_policy(TREATING_PAGES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, person: UUID) -> HttpResponse:
    """A session in at most ten taps. Red flags are told even when something else does not fit."""
    by = actor_of(request)
    found = queries.person_for(by, person, TREAT_BODY)
    paper = typed_in(request, by, "body", person, kept=True)
    activities = [(row.id, words) for row, words in queries.activities_of(by, person)]
    last = next(iter(queries.body_sessions_of(by, person, most=1)), None)
    initial = {"exercises": (last.fields.get("exercises") or []) if last else []}
    form = BodySessionForm(request.POST or None, activities=activities, initial={} if paper else initial)
    typing_from(paper, "body", form)
    if request.method == "POST":
        made = _recorded(request, by, person, form, paper)
        if made is not None:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("body_session", made))
        if form.flags():
            tell_red_flags(by=by, person=person, flags=form.flags())
            warn(request, _("A prescriber was told of the warning signs. The rest is not saved yet."))
    context = {
        "form": form,
        "title": _("Write down a session"),
        "back_label": _("Body and movement"),
        "listed": [form[name] for name in BodySessionForm.LIST],
        "others": [one for one in form if one.name not in BodySessionForm.LIST],
        "scales": ["intensity", *(f"rating_{one}" for one in form.rated)],
        "map": bodymap.drawn({}, editable=True),
        "cautions": [said.word("cautions", avoid) for _row, avoid in queries.cautions_of(by, person)],
        "code": found.code,
        "called": called_by(by, found),
        "back": care_url("body", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
        **paper_context(by, person, "body", paper),
    }
    return page(request, "care/body_session_form.html", context)


def _recorded(
    request: HttpRequest, by: Actor, person: UUID, form: BodySessionForm, paper: TypedIn | None
) -> UUID | None:
    if not form.is_valid():
        return None
    try:
        made = record_body_session(by=by, op_id=op_id_of(request), person=person, **form.arguments(), **of_paper(paper))
    except Problem as problem:
        form.take(problem)
        return None
    return UUID(str(made.record))


@route_policy(BODY_PAGES)
@require_GET
def session(request: HttpRequest, body: UUID) -> HttpResponse:
    """One session; with red flags, what to do now stands first."""
    by = actor_of(request)
    found, one = queries.body_page(by, body)
    fields = one.fields
    _person, told = queries.body_versions(by, body)
    corrects = by.duty == "physiotherapist" and told.newer is None
    context = {
        "code": found.code,
        "back": care_url("body", found.id),
        "one": one,
        "flags": [said.word_of_flag(each) for each in fields.get("flags") or []],
        "asked": fields.get("flags") is not None,
        "map": bodymap.drawn(fields["places"]) if fields.get("places") is not None else "",
        "pairs": _told(by, one.row, fields),
        "reason": told.newest.reason,
        "newer": care_url("body_session", told.newer) if told.newer else "",
        "older": [(each, [*_flagged(each.fields), *_told(by, each.row, each.fields)]) for each in told.all[1:]],
        "amend_url": care_url("amend_body_session", body) if corrects else "",
    }
    return page(request, "care/body_session.html", context)


def _told(by: Actor, row: Any, fields: dict[str, Any]) -> list[tuple[Any, Any]]:
    """What a session of physiotherapy says, but its warning signs."""
    words = {str(activity): text for activity, text in queries.activities_then(by, row)}
    return [
        *_marks(fields.get("places") or {}),
        (_("How strong is the pain? 0: none, 10: the worst"), fields.get("intensity")),
        *((words[key], value) for key, value in (fields.get("ratings") or {}).items() if key in words),
        (_("What was done"), said.words_of("exercises", fields.get("exercises"))),
        (_("After the session"), said.REACTION.get(fields.get("reaction") or "", "")),
        (_("Something to practise at home"), said.PRACTICE.get(fields.get("practice") or "", "")),
    ]


def _flagged(fields: dict[str, Any]) -> list[tuple[Any, Any]]:
    flags = fields.get("flags")
    words = None if flags is None else in_a_row(str(said.word_of_flag(one)) for one in flags) or _("None")
    return [(_("Warning signs"), words)]


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def cautions(request: HttpRequest, person: UUID) -> HttpResponse:
    """What to avoid with a person: agreed with them, without why."""
    by = actor_of(request)
    found = queries.person_for(by, person, CAUTION)
    form = CautionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agree_caution(by=by, op_id=op_id_of(request), person=person, avoid=form.cleaned_data["avoid"])
        say(request, _("Saved."))
        return HttpResponseRedirect(care_url("cautions", person))
    rows = queries.cautions_of(by, person)
    context = {
        "code": found.code,
        "back": person_url(person),
        "cautions": [(said.word("cautions", avoid), row, care_url("end_caution", row.id)) for row, avoid in rows],
        "form": form,
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/cautions.html", context)


@route_policy(EPISODE_PAGES)
@require_POST
def end_avoiding(request: HttpRequest, caution: UUID) -> HttpResponse:
    """The person says that it need not be avoided any more."""
    by = actor_of(request)
    found = queries.person_of_caution(by, caution)
    end_caution(by=by, op_id=op_id_of(request), caution=caution)
    say(request, _("Saved."))
    return HttpResponseRedirect(care_url("cautions", found.id))


@route_policy(EPISODE_PAGES)
@require_http_methods(["GET", "POST"])
def needs(request: HttpRequest, person: UUID) -> HttpResponse:
    """Disability as the short set tells it, and assistive products: needed, asked for, delivered."""
    by = actor_of(request)
    found = queries.person_for(by, person, NEED)
    paper = typed_in(request, by, "need", person, kept=True)
    form = NeedForm(request.POST or None, causes=causes_for(by))
    typing_from(paper, "need", form)
    if request.method == "POST" and form.is_valid():
        try:
            note_need(by=by, op_id=op_id_of(request), person=person, **form.cleaned_data, **of_paper(paper))
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("needs", person))
    result = queries.disability_of(by, person)
    context = {
        "code": found.code,
        "back": person_url(person),
        "reads": by.duty not in ("physiotherapist", "social_worker"),
        "disability": label_said(result.scored.algorithms["disability3"]) if result else "",
        "result": result,
        "answers": [(label_said(item.topic), label_said(result.answers.get(item.code, "not_asked")))
                    for item in result.card.items] if result else [],
        "ask_url": care_url("start", person, "wgss"),
        "needs": [_need(row, fields) for row, fields in queries.needs_of(by, person)],
        "form": form,
        "today": today_at(found.site_id),
        "op_id": request.POST.get("op_id") or new_op_id(),
        **paper_context(by, person, "need", paper),
    }  # fmt: skip
    return page(request, "care/needs.html", context)


def _need(row: Any, fields: dict[str, Any]) -> tuple[Any, ...]:
    cause = fields.get("cause") or fields.get("cause_torture")
    return (
        row,
        said.word("assistive_products", fields.get("product", "")),
        said.word("causes", cause) if cause else "",
        care_url("follow_need", row.id),
    )


@route_policy(EPISODE_PAGES)
@require_POST
def follow(request: HttpRequest, need: UUID) -> HttpResponse:
    """A product was asked for, or is there."""
    by = actor_of(request)
    found = queries.person_of_need(by, need)
    follow_need(by=by, op_id=op_id_of(request), need=need, step=request.POST.get("step", ""))
    say(request, _("Saved."))
    return HttpResponseRedirect(care_url("needs", found.id))
