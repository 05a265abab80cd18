"""What a family does as one: sessions, goals, how it says it is doing; and what one member says apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.care import families, pathways, queries
from karama.care import familywords as said
from karama.care.access import PAGES, SESSION, SESSION_PAGES
from karama.care.actions import (
    amend_family_rating,
    amend_family_session,
    move_family_goal,
    rate_family,
    record_family_session,
    set_family_goal,
)
from karama.care.familyforms import FamilyGoalForm, FamilyGoalStateForm, FamilyRatingForm, FamilySessionForm
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url
from karama.care.views.course import colleagues
from karama.care.views.papers import typing_from
from karama.journal import Absent
from karama.knowledge.pack_family import Scale
from karama.people.models import Person
from karama.people.queries import Together
from karama.people.views.papers import of_paper, paper_context, typed_in
from karama.programme import packs
from karama.safety import words as safety_words
from karama.safety.actions import raise_worry
from karama.ui.bidi import isolate_plain
from karama.ui.charts import Point, line
from karama.ui.dates import day
from karama.ui.listing import in_a_row
from karama.ui.numerals import number
from karama.ui.rendering import page
from karama.ui.saving import saved


def techniques_of(person: Person) -> list[tuple[str, str]]:
    """(code, words) of what the programme's pack lists."""
    return list(pathways.choices(pathways.of_programme(person.programme.code).techniques))


def chart_of(scale: Scale, told: Iterable[tuple[date, Any]]) -> Any:
    """What was said over time, as a small picture with its table. What has no number is a gap, never zero."""
    points = [
        Point(on, float(value), "")
        if isinstance(value, int) and not isinstance(value, bool)
        else Point(on, None, said.NO_NUMBER.get(str(value), ""))
        for on, value in told
    ]
    if not points:
        return ""
    return line(points, title=packs.words(scale.title), low=float(scale.lowest), high=float(scale.highest))


def facts_of(
    family: Together, states: Mapping[UUID, str], fields: Mapping[str, Any], techniques: Mapping[str, str]
) -> list[tuple[Any, Any]]:
    """A session in words: who was there, what was done and agreed; what was not said is left out."""
    rating = fields.get("rating")
    told = [
        *(
            (words, in_a_row(str(_called(family, who)) for who, state in states.items() if state == code))
            for code, words in said.STATES.items()
        ),
        (_("What was done"), in_a_row(techniques.get(code, code) for code in fields.get("techniques") or [])),
        (_("Agreed"), fields.get("agreed") or ""),
        (_("Number, together"), "" if rating is None else said.said(rating)),
    ]
    return [(label, value) for label, value in told if value]


def _called(family: Together, person: UUID) -> Any:
    """What to call a member; nobody's code stands on a page that the others may see."""
    name = family.called.get(person, "")
    return isolate_plain(name) if name else _("A member, known without a name")


@route_policy(SESSION_PAGES)
@require_http_methods(["GET", "POST"])
def new_session(request: HttpRequest, person: UUID) -> HttpResponse:
    """A session of the family in at most eight taps and one text."""
    by = actor_of(request)
    found, family = queries.family_together(by, person, SESSION)
    form = FamilySessionForm(
        request.POST or None,
        family=family,
        scale=families.of_programme(found.programme.code),
        techniques=techniques_of(found),
        colleagues=[one for one in colleagues(found) if one[0] != str(by.id)],
        interpreters=queries.interpreters_at(found, others=[one.id for one in family.members]),
        notes="clinical" in by.compartments,
    )
    paper = typed_in(request, by, "family", person, kept=True)
    typing_from(paper, "family", form)
    if request.method == "POST" and form.is_valid():
        told = form.arguments() | of_paper(paper)
        if saved(form, lambda: record_family_session(by=by, op_id=op_id_of(request), person=person, **told), request):
            return redirect(care_url("family_worry", person) if "worry" in request.POST else _family_url(person))
    context = {"form": form, "correct": False, "back": _family_url(person)}
    context |= paper_context(by, person, "family", paper)
    return page(request, "care/family_session.html", context | {"op_id": request.POST.get("op_id") or new_op_id()})


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, person: UUID, family_session: UUID) -> HttpResponse:
    """A session of the family, with every version of it, and its correction."""
    by = actor_of(request)
    found, family, shown = queries.family_session(by, person, family_session)
    row, fields = shown.row, shown.fields
    led = by.id in (row.led_by_id, row.co_led_by_id)
    techniques = techniques_of(found)
    was = {
        "modality": row.modality,
        "minutes": str(row.minutes or ""),
        "techniques": fields.get("techniques") or [],
        "rating": "" if fields.get("rating") is None else str(fields["rating"]),
        "agreed": fields.get("agreed") or "",
        "on": row.occurred_on,
    }
    form = FamilySessionForm(
        request.POST or None,
        family=family,
        scale=families.of_programme(found.programme.code),
        techniques=techniques if led else [],
        notes=led,
        before=shown.states,
        initial=was,
    )
    form.keep_minutes(row.minutes)
    if request.method == "POST" and form.is_valid():
        told = form.arguments() | {"session": family_session}
        if saved(form, lambda: amend_family_session(by=by, op_id=op_id_of(request), person=person, **told), request):
            return HttpResponseRedirect(_family_url(person))
    context = {
        "form": form,
        "correct": True,
        "on": day(row.occurred_on),
        "led": led,
        "versions": [
            (one, facts_of(family, one.states, one.fields, dict(techniques)))
            for one in queries.versions_shown(by, found, family, row)
        ],
        "back": _family_url(person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/family_session.html", context)


def _family_url(person: UUID) -> str:
    return person_url(person, "family")


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def new_goal(request: HttpRequest, person: UUID) -> HttpResponse:
    """A goal that the family sets."""
    by = actor_of(request)
    queries.family_together(by, person, SESSION)
    form = FamilyGoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if saved(form, lambda: set_family_goal(by=by, op_id=op_id_of(request), person=person, **told), request):
            return HttpResponseRedirect(_family_url(person))
    context = {"form": form, "title": _("A goal of the family"), "back": _family_url(person)}
    return page(request, "care/course_form.html", context | {"op_id": new_op_id()})


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, person: UUID, family_goal: UUID) -> HttpResponse:
    """Where one goal stands, and where it stood."""
    by = actor_of(request)
    _found, shown = queries.family_goal(by, person, family_goal)
    form = FamilyGoalStateForm(request.POST or None, initial={"state": shown.goal.state})
    if request.method == "POST" and form.is_valid():
        told = {"goal": family_goal, "state": form.cleaned_data["state"]}
        if saved(form, lambda: move_family_goal(by=by, op_id=op_id_of(request), person=person, **told), request):
            return HttpResponseRedirect(_family_url(person))
    context = {
        "shown": shown,
        "steps": [{"title": said.GOALS[code], "at": on, "by": who, "state": "done"} for code, on, who in shown.steps],
        "form": form,
        "back": _family_url(person),
        "op_id": new_op_id(),
    }
    return page(request, "care/family_goal.html", context)


@route_policy(SESSION_PAGES)
@require_http_methods(["GET", "POST"])
def worry(request: HttpRequest, person: UUID) -> HttpResponse:
    """One member worries me: who, then why; then it is raised for that member alone. Nobody stands in an address."""
    by = actor_of(request)
    _found, family = queries.family_together(by, person, SESSION)
    known = {str(one.id): one for one in family.members}
    about, kind = request.POST.get("about", ""), request.POST.get("kind", "")
    context: dict[str, Any] = {"back": _family_url(person), "op_id": new_op_id()}
    if request.method != "POST" or about not in known:
        members = [(one, family.called.get(one.id, "")) for one in family.members]
        return page(request, "care/family_worry.html", context | {"members": members})
    if kind not in safety_words.KINDS:
        one = known[about]
        context |= {"kinds": list(safety_words.KINDS.items()), "one": one, "called": family.called.get(one.id, "")}
        return page(request, "care/family_worry.html", context)
    receipt = raise_worry(by=by, op_id=op_id_of(request), kind=kind, person=known[about].id)
    return redirect("safety:raised", receipt.record) if receipt.record else redirect("safety:worry")


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, person: UUID) -> HttpResponse:
    """What one member says apart: asked and read without the others."""
    by = actor_of(request)
    told = queries.said_apart(by, person)
    scale = families.of_programme(told.person.programme.code)
    form = FamilyRatingForm(request.POST or None, scale=scale) if scale is not None and told.in_family else None
    if request.method == "POST" and form is not None and form.is_valid():
        what = form.arguments()
        if saved(form, lambda: rate_family(by=by, op_id=op_id_of(request), person=person, **what), request):
            return HttpResponseRedirect(care_url("family_own", person))
    context = {
        "code": told.person.code,
        "scale": scale is not None,
        "title": packs.words(scale.title) if scale is not None else "",
        "chart": _own_chart(scale, told.ratings),
        "ratings": [
            (one, said.said(one.said), care_url("amend_family_rating", person, one.row.id)) for one in told.ratings
        ],
        "asked": [(day(on), said.RISK.get(risk, "")) for on, risk in told.asked],
        "form": form,
        "back": person_url(person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/family_own.html", context)


def _own_chart(scale: Scale | None, ratings: list[queries.OwnRating]) -> Any:
    if scale is None:
        return ""
    return chart_of(scale, [(one.row.occurred_on, one.said) for one in ratings])


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def amend_own(request: HttpRequest, person: UUID, family_rating: UUID) -> HttpResponse:
    """Correct what a member said apart."""
    by = actor_of(request)
    found, versions = queries.rating_versions(by, person, family_rating)
    scale = families.of_programme(found.programme.code)
    if scale is None:
        raise Absent()
    newest = versions[0]
    was = {"said": str(newest.said), "on": newest.row.occurred_on}
    form = FamilyRatingForm(request.POST or None, scale=scale, correcting=True, initial=was)
    if request.method == "POST" and form.is_valid():
        told = form.arguments() | {"rating": family_rating}
        if saved(form, lambda: amend_family_rating(by=by, op_id=op_id_of(request), **told), request):
            return HttpResponseRedirect(care_url("family_own", person))
    context = {
        "form": form,
        "code": found.code,
        "versions": [(one, said.said(one.said)) for one in versions] if len(versions) > 1 else [],
        "back": care_url("family_own", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/family_rating.html", context)


def scale_words(scale: Scale) -> str:
    """The ends of the scale in words."""
    low, high = packs.words(scale.low), packs.words(scale.high)
    return f"{number(scale.lowest)}: {low} · {number(scale.highest)}: {high}"
