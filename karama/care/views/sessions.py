"""Sessions and notes: writing them down, reading them, correcting and co-signing."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import pathways, queries
from karama.care.access import PAGES, SESSION_PAGES, SUPERVISOR_PAGES
from karama.care.actions import amend_note, keep_note_draft, record_session, review_note, write_note
from karama.care.coursewords import COSIGN, SESSION_HEADING
from karama.care.problems.intake import HowLeavingFirst
from karama.care.sessionforms import NoteForm, ReviewForm, SessionForm
from karama.care.views import actor_of, called_by, care_url, new_op_id, op_id_of, person_url
from karama.care.views.held import after_saving, last_time
from karama.care.views.papers import typing_from
from karama.journal import Actor, Problem
from karama.people.grounds import ground_shown
from karama.people.models import Person
from karama.people.queries import not_asked_yet
from karama.people.views.papers import of_paper, paper_context, typed_in
from karama.programme.days import today_at
from karama.ui.notices import say
from karama.ui.rendering import page


def headings_of(person: Person) -> list[tuple[str, Any]]:
    """The headings of the pack."""
    return list(pathways.choices(pathways.of_programme(person.programme.code).headings))


@route_policy(SESSION_PAGES)
@require_http_methods(["GET", "POST"])
def new_session(request: HttpRequest, person: UUID) -> HttpResponse:
    """A session in at most eight taps and one text; somebody who did not come takes two."""
    by = actor_of(request)
    found = queries.session_programme(by, person)
    paper = typed_in(request, by, "session", person, kept=True)
    notes = "clinical" in by.compartments
    initial = {}
    if not request.POST:
        draft = queries.draft_note(by, person) if notes else {}
        initial = {"on": today_at(found.site_id), "words": draft.get("session", "")}
    form = SessionForm(
        request.POST or None,
        techniques=pathways.choices(pathways.of_programme(found.programme.code).techniques),
        interpreters=cache(lambda: queries.interpreters_at(found)),
        notes=notes,
        initial=initial,
    )
    typing_from(paper, "session", form, "on")
    waits = False
    if request.method == "POST" and form.is_valid():
        try:
            made = record_session(by=by, op_id=op_id_of(request), person=person, **form.arguments(), **of_paper(paper))
        except Problem as problem:
            form.take(problem)
            waits = isinstance(problem, HowLeavingFirst)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(after_saving(person, made.record, form.cleaned_data["next_step"]))
    context = {
        "form": form,
        "code": found.code,
        "called": called_by(by, found),
        "back": person_url(person),
        "last": last_time(by, found),
        "op_id": request.POST.get("op_id") or new_op_id(),
        "draft_url": care_url("draft_note", person) if notes else "",
        **paper_context(by, person, "session", paper),
        "ground": ground_shown(by, person),
        "leaving_url": care_url("leaving", person) if waits else "",
    }
    return page(request, "care/session.html", context)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def new_note(request: HttpRequest, person: UUID) -> HttpResponse:
    """A note under the headings of the pack."""
    by = actor_of(request)
    draft = queries.draft_note(by, person)
    found = queries.session_programme(by, person)
    form = NoteForm(request.POST or None, headings=headings_of(found), initial=draft)
    if request.method == "POST" and form.is_valid():
        try:
            write_note(by=by, op_id=op_id_of(request), person=person, sections=form.sections())
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("notes", person))
    context = {
        "form": form,
        "title": _("Write a note"),
        "code": found.code,
        "called": called_by(by, found),
        "back": care_url("notes", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
        "draft_url": care_url("draft_note", person),
        "ground": ground_shown(by, person),
    }
    return page(request, "care/note_form.html", context)


@route_policy(PAGES)
@require_POST
def draft_note(request: HttpRequest, person: UUID) -> HttpResponse:
    """What is being typed, sent by the page itself; the answer says only whether it is kept."""
    by = actor_of(request)
    found = queries.session_programme(by, person)
    codes = {"session": "words"} | {code: code for code, _words in headings_of(found)}
    sections = {code: request.POST.get(name, "") for code, name in codes.items() if name in request.POST}
    if sections:
        keep_note_draft(by=by, person=person, sections={**queries.draft_note(by, person), **sections})
    return JsonResponse({"kept": bool(sections)})


@route_policy(PAGES)
@require_GET
def notes(request: HttpRequest, person: UUID) -> HttpResponse:
    """The notes of a person, the newest first, and her sessions."""
    by = actor_of(request)
    shown = queries.notes_of(by, person)
    found = queries.session_programme(by, person)
    context = {
        "code": found.code,
        "notes": [(one, _sections(found, one), COSIGN.get(one.state), care_url("note", one.note.id)) for one in shown],
        "back": person_url(person),
        "write_url": care_url("new_note", person),
        "session_url": care_url("new_session", person),
    }
    return page(request, "care/notes.html", context)


def _sections(person: Person, one: queries.NoteShown) -> list[tuple[Any, str]]:
    labels = dict([SESSION_HEADING, *headings_of(person)])
    return [(labels.get(code, code), words) for code, words in one.sections.items()]


@route_policy(PAGES)
@require_GET
def note(request: HttpRequest, note: UUID) -> HttpResponse:
    """One note with every version of it."""
    by = actor_of(request)
    return _note_page(request, by, note)


def _note_page(request: HttpRequest, by: Actor, note: UUID, form: ReviewForm | None = None) -> HttpResponse:
    found, versions = queries.note_page(by, note)
    newest = versions[0]
    may_review = by.duty == "supervisor" and not newest.mine and newest.note.needs_cosign
    context = {
        "code": found.code,
        "versions": [(one, _sections(found, one), COSIGN.get(one.state)) for one in versions],
        "back": care_url("notes", found.id),
        "amend_url": care_url("amend_note", newest.note.id) if newest.mine else "",
        "review_url": care_url("review_note", newest.note.id) if may_review else "",
        "questions": queries.questions_about(by, [one.note.id for one in versions]),
        "form": (form or ReviewForm(asks=not_asked_yet(found.id, by.id))) if may_review else None,
        "op_id": new_op_id(),
    }
    return page(request, "care/note.html", context)


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, note: UUID) -> HttpResponse:
    """Correct one's own note."""
    by = actor_of(request)
    found, versions = queries.own_note(by, note)
    old = versions[0].sections
    headings = [one for one in [SESSION_HEADING, *headings_of(found)] if one[0] in old or one[0] != "session"]
    form = NoteForm(request.POST or None, headings=headings, correcting=True, initial=old)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["correction"]
        try:
            amend_note(by=by, op_id=op_id_of(request), note=note, sections=form.sections(), reason=reason)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Corrected. Both versions are kept."))
            return HttpResponseRedirect(care_url("note", note))
    context = {
        "form": form,
        "title": _("Correct a note"),
        "code": found.code,
        "called": called_by(by, found),
        "back": care_url("note", note),
        "op_id": request.POST.get("op_id") or new_op_id(),
        "draft_url": "",
    }
    return page(request, "care/note_form.html", context)


@route_policy(SUPERVISOR_PAGES)
@require_POST
def review(request: HttpRequest, note: UUID) -> HttpResponse:
    """Sign, ask, or take over: one tap each, with words where they are needed."""
    by = actor_of(request)
    found, _versions = queries.note_page(by, note)
    form = ReviewForm(request.POST, asks=not_asked_yet(found.id, by.id))
    if form.is_valid():
        try:
            decision = request.POST.get("decision", "")
            review_note(by=by, op_id=op_id_of(request), note=note, decision=decision, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("note", note))
    return _note_page(request, by, note, form)
