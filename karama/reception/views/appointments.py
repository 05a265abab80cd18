"""A person's appointments, booking, and one appointment with its steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Actor, clock
from karama.people.access import ASSIGNABLE
from karama.people.models import Person
from karama.people.queries import shown_names
from karama.programme.days import today_at, zone_of
from karama.reception import fitting, queries, words
from karama.reception.access import DESK_PAGES
from karama.reception.actions import (
    book_appointment,
    brief_interpreter,
    cancel_appointment,
    debrief_interpreter,
    move_appointment,
    note_missed,
    step_appointment,
)
from karama.reception.desks import desk_at, moment_at
from karama.reception.forms import AppointmentForm, CancelForm, DebriefForm, length_of
from karama.reception.models import Appointment
from karama.reception.views import actor_of, desk_url, new_op_id, op_id_of, person_url, saved
from karama.reception.views.calendar import row_of
from karama.rules.appointments import allowed_states, may_be_missed
from karama.rules.classes import CARE_DUTIES
from karama.ui.rendering import KaramaForm, page


@route_policy(DESK_PAGES)
@require_GET
def of_person(request: HttpRequest, person: UUID) -> HttpResponse:
    """What is planned with a person and what was."""
    by = actor_of(request)
    found, entries = queries.appointments_of(by, person)
    now = clock.now()
    coming = [one for one in entries if one.ends_at > now and one.state in ("planned", "arrived", "in_room")]
    past = [one for one in entries if one not in coming]
    context = {
        "code": found.code,
        "coming": [row_of(one) for one in reversed(coming)],
        "past": [row_of(one) for one in past],
        "book_url": desk_url("book", person),
        "wish_url": desk_url("wish", person) if by.duty in CARE_DUTIES else "",
        "back": person_url(person) if by.duty in ASSIGNABLE else desk_url("calendar"),
    }
    return page(request, "reception/of_person.html", context)


def appointment_form(person: Person, data: Any, initial: dict[str, Any]) -> AppointmentForm:
    """The form with what there is at the person's site."""
    names = fitting.aliases(fitting.interpreters_for(person, clock.now()))
    return AppointmentForm(
        data,
        workers=[(str(one.user), f"{one.alias} · {one.label}") for one in fitting.workers_of(person)],
        rooms=[(str(one.id), one.name) for one in fitting.rooms_of(person.site_id)],
        interpreters=[(str(one), alias) for one, alias in names],
        childcare=fitting.has_childcare(person.site_id),
        initial=initial,
    )


@route_policy(DESK_PAGES)
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, person: UUID) -> HttpResponse:
    """Book an appointment at the person's site."""
    by = actor_of(request)
    found, _entries = queries.appointments_of(by, person, coming=True)
    usual = {
        "day": today_at(found.site_id) + timedelta(days=7),
        "minutes": str(int(desk_at(found.site_id).length / timedelta(minutes=1))),
        "worker": str(by.id),
    }
    form = appointment_form(found, request.POST or None, usual)
    if request.method == "POST" and form.is_valid():
        starts = moment_at(found.site_id, form.cleaned_data["day"], form.cleaned_data["at"])
        told = {"person": person, "starts": starts, **form.arguments()}
        if saved(form, lambda: book_appointment(by=by, op_id=op_id_of(request), **told), request):
            return HttpResponseRedirect(desk_url("of_person", person))
    context = {
        "form": form,
        "code": found.code,
        "site": found.site.name,
        "moving": False,
        "back": desk_url("of_person", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "reception/book.html", context)


@route_policy(DESK_PAGES)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Give an appointment another time, colleague or room."""
    by = actor_of(request)
    row, _entry, _heard = queries.appointment_page(by, appointment)
    local = row.starts_at.astimezone(zone_of(row.site_id))
    was = {
        "day": local.date(),
        "at": local.time(),
        "minutes": length_of(row.starts_at, row.ends_at),
        "worker": str(row.worker_id),
        "room": str(row.room_id or ""),
        "interpreter": str(row.interpreter_id or ""),
        "children": row.children or None,
    }
    form = appointment_form(row.person, request.POST or None, was)
    if request.method == "POST" and form.is_valid():
        starts = moment_at(row.person.site_id, form.cleaned_data["day"], form.cleaned_data["at"])
        told = {"appointment": appointment, "starts": starts, **form.arguments()}
        if saved(form, lambda: move_appointment(by=by, op_id=op_id_of(request), **told), request):
            return HttpResponseRedirect(desk_url("of_person", row.person_id))
    context = {
        "form": form,
        "code": row.person.code,
        "site": row.site.name,
        "moving": True,
        "back": desk_url("appointment", appointment),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "reception/book.html", context)


@route_policy(DESK_PAGES)
@require_http_methods(["GET", "POST"])
def appointment(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """One appointment: where it stands, the steps that may follow, cancelling with a reason."""
    by = actor_of(request)
    row, entry, heard = queries.appointment_page(by, appointment)
    step = request.POST.get("step", "")
    form = CancelForm(request.POST if step == "cancel" else None)
    told = DebriefForm(request.POST if step == "debrief" else None)
    plain = KaramaForm({} if request.method == "POST" and step not in ("cancel", "debrief") else None)
    if request.method == "POST" and _done(request, by, row, step, (form, told, plain)):
        return HttpResponseRedirect(desk_url("appointment", appointment))
    in_care = by.duty in CARE_DUTIES
    missed = may_be_missed(row.starts_at, clock.now(), desk_at(row.site_id).grace) and row.state == "planned"
    today = row.starts_at.astimezone(zone_of(row.site_id)).date() <= today_at(row.site_id)
    context = {
        "row": row,
        "one": entry,
        "badge": words.STATE_BADGES[row.state],
        "state": words.STATES[row.state],
        "reason": words.REASONS.get(row.reason, ""),
        "reminder": words.reminder_words(entry.reminder, why=in_care),
        "steps": [
            (to, words.STEPS[row.state, to]) for to in allowed_states(row.state) if (row.state, to) in words.STEPS
        ]
        if today
        else [],
        "may_miss": missed,
        "may_cancel": "cancelled" in allowed_states(row.state),
        "form": form,
        "plain": plain,
        "debrief": told if row.interpreter_id and in_care and row.state in ("in_room", "done") else None,
        "heard": heard,
        "may_brief": row.interpreter_id and heard is None and row.state in ("planned", "arrived", "in_room"),
        "card_url": desk_url("card", appointment),
        "move_url": desk_url("move", appointment),
        "find_url": desk_url("find_interpreter", appointment) if queries.is_sought(row) else "",
        "back": desk_url("of_person", row.person_id),
        "op_id": new_op_id(),
    }
    return page(request, "reception/appointment.html", context)


def _done(
    request: HttpRequest, by: Actor, row: Appointment, step: str, forms: tuple[CancelForm, DebriefForm, KaramaForm]
) -> bool:
    cancel, told, plain = forms
    op: dict[str, Any] = {"by": by, "op_id": op_id_of(request), "appointment": row.id}
    if step == "cancel":
        reason = cancel.cleaned_data.get("reason", "") if cancel.is_valid() else ""
        return cancel.is_valid() and saved(cancel, lambda: cancel_appointment(reason=reason, **op), request)
    if step == "debrief":
        how = told.cleaned_data.get("debrief", "") if told.is_valid() else ""
        return told.is_valid() and saved(told, lambda: debrief_interpreter(debrief=how, **op), request)
    plain.is_valid()
    if step == "brief":
        return saved(plain, lambda: brief_interpreter(**op), request)
    if step == "missed":
        return saved(plain, lambda: note_missed(**op), request)
    return saved(plain, lambda: step_appointment(state=step, **op), request)


@route_policy(DESK_PAGES)
@require_GET
def card(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """The appointment on a card to take along: day, hour, where in neutral words, a number. No service, no colleague,
    no code; what to call her only where she wants it, and for those who work with her."""
    by = actor_of(request)
    row, entry, _heard = queries.appointment_page(by, appointment)
    desk, zone = desk_at(row.site_id), zone_of(row.site_id)
    called = shown_names(by, [row.person]).get(row.person_id, "") if by.duty in ASSIGNABLE else ""
    context = {
        "starts_at": entry.starts_at.astimezone(zone),
        "place": said(desk.card_place) if desk.card_place else "",
        "number": desk.card_number,
        "called": called if request.GET.get("called") == "yes" else "",
        "may_name": bool(called),
        "coming": entry.state in ("planned", "arrived"),
        "back": desk_url("appointment", appointment),
    }
    return page(request, "reception/card.html", context)


def said(names: Mapping[str, str]) -> str:
    """Words of a pack in the language in use; in English where the pack does not speak it."""
    return names.get((get_language() or "en").split("-")[0]) or names["en"]
