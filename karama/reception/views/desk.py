"""Arrivals by number, the waiting list, rooms, and the roster of interpreters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.journal import Absent, Problem
from karama.people.queries import find
from karama.programme.days import today_at
from karama.reception import fitting, queries, words
from karama.reception.access import DESK_PAGES, ROOM_PAGES, ROSTER_PAGES
from karama.reception.actions import (
    close_room,
    list_interpreter,
    number_walk_in,
    open_room,
    settle_support,
    step_arrival,
    take_off_roster,
)
from karama.reception.forms import InterpreterForm, RoomForm, WalkInForm
from karama.reception.models import RoomKind, Sex
from karama.reception.models.arrival import LAW
from karama.reception.views import actor_of, desk_url, new_op_id, op_id_of, saved, site_of, sites_of
from karama.reception.views.calendar import pages_of
from karama.ui.listing import in_a_row
from karama.ui.locales import language
from karama.ui.rendering import page

BUTTONS = {
    ("waiting", "called"): pgettext_lazy("a number at the desk", "Call"),
    ("waiting", "left"): _("Left without being seen"),
    ("called", "waiting"): _("Did not come forward"),
    ("called", "left"): _("Left without being seen"),
    ("with", "left"): _("Has gone"),
    ("with", "waiting"): _("Waits again"),
}
SEEN = ("with", "waiting")


@route_policy(DESK_PAGES)
@require_http_methods(["GET", "POST"])
def arrivals(request: HttpRequest) -> HttpResponse:
    """Who is here, by number; a walk-in gets the next one with a tap."""
    by = actor_of(request)
    site = site_of(request, by)
    form = WalkInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person, wrong = None, False
        if form.cleaned_data["code"]:
            try:
                person = find(by, code=form.cleaned_data["code"])
            except Absent:
                form.add_error("code", _("Nobody with this code comes to your site."))
                wrong = True
            except Problem as problem:
                form.take(problem)
                wrong = True
        if not wrong and saved(
            form, lambda: number_walk_in(by=by, op_id=op_id_of(request), site=site.id, person=person), request
        ):
            return HttpResponseRedirect(f"{desk_url('arrivals')}?site={site.id}")
    found = queries.arrivals(by, site.id)
    context = {
        "site": site,
        "lines": [_line(one) for one in found if one.state != "left"],
        "left": [_line(one) for one in found if one.state == "left"],
        "staff": list(fitting.staff_of(site.id).items()),
        "rooms": [(one.id, one.name) for one in fitting.rooms_of(site.id)],
        "form": form,
        "sites": [(one.name, f"{desk_url('arrivals')}?site={one.id}", one.id == site.id) for one in sites_of(by)],
        "others": [(_("Calendar"), desk_url("calendar")), *pages_of(by.duty)[1:]],
        "op_id": new_op_id(),
    }
    return page(request, "reception/arrivals.html", context)


def _line(one: queries.Arrived) -> dict[str, Any]:
    buttons = [(to, BUTTONS[one.state, to]) for to in LAW.get(one.state, ()) if (one.state, to) in BUTTONS]
    if one.booked:
        buttons = [button for button in buttons if button[0] in ("called", "waiting") and one.state != "with"]
    return {
        "one": one,
        "badge": words.ARRIVAL_BADGES[one.state],
        "state": words.ARRIVALS[one.state],
        "buttons": buttons,
        "may_be_with": "with" in LAW.get(one.state, ()) and not one.booked,
        "step_url": desk_url("arrival", one.id),
        "href": desk_url("appointment", one.appointment) if one.appointment else "",
    }


@route_policy(DESK_PAGES)
@require_POST
def arrival(request: HttpRequest, arrival: UUID) -> HttpResponse:
    """Call a number, say with whom it is, note that it has left."""
    by = actor_of(request)
    queries.arrival_site(by, arrival)
    row = step_arrival(
        by=by,
        op_id=op_id_of(request),
        arrival=arrival,
        state=request.POST.get("state", ""),
        worker=request.POST.get("worker") or None,
        room=request.POST.get("room") or None,
    ).value
    return HttpResponseRedirect(f"{desk_url('arrivals')}?site={row.site_id}")


@route_policy(DESK_PAGES)
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Who waits for care at a site: by need and by how long, with who stays in touch; nothing clinical."""
    by = actor_of(request)
    site = site_of(request, by)
    context = {
        "site": site,
        "lines": [
            (one, words.NEEDS[one.need], words.NEED_BADGES[one.need], desk_url("of_person", one.person))
            for one in queries.waiting_list(by, site.id)
        ],
        "sites": [(one.name, f"{desk_url('waiting')}?site={one.id}", one.id == site.id) for one in sites_of(by)],
    }
    return page(request, "reception/waiting.html", context)


@route_policy(ROOM_PAGES)
@require_http_methods(["GET", "POST"])
def rooms(request: HttpRequest) -> HttpResponse:
    """Rooms and childcare of a site."""
    by = actor_of(request)
    site = site_of(request, by)
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"site": site.id, **form.cleaned_data}
        if saved(form, lambda: open_room(by=by, op_id=op_id_of(request), **told), request):
            return HttpResponseRedirect(f"{desk_url('rooms')}?site={site.id}")
    kinds = dict(RoomKind.choices)
    context = {
        "site": site,
        "rooms": [(one, kinds[one.kind], desk_url("room", one.id)) for one in queries.rooms(by, site.id)],
        "form": form,
        "sites": [(one.name, f"{desk_url('rooms')}?site={one.id}", one.id == site.id) for one in sites_of(by)],
        "op_id": new_op_id(),
    }
    return page(request, "reception/rooms.html", context)


@route_policy(ROOM_PAGES)
@require_POST
def room(request: HttpRequest, room: UUID) -> HttpResponse:
    """Close a room."""
    row = close_room(by=actor_of(request), op_id=op_id_of(request), room=room).value
    return HttpResponseRedirect(f"{desk_url('rooms')}?site={row.site_id}")


@route_policy(DESK_PAGES)
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    """The interpreters of a site; a supervisor puts colleagues on the roster."""
    by = actor_of(request)
    site = site_of(request, by)
    listed, others = queries.roster(by, site.id)
    users = [(str(user), alias) for user, alias in others] + [(str(one.row.user_id), one.alias) for one in listed]
    keeps = by.duty == "supervisor"
    form = InterpreterForm(request.POST or None, users=users) if keeps else None
    if request.method == "POST" and form is None:
        raise Absent()
    if request.method == "POST" and form is not None and form.is_valid():
        told = {**form.cleaned_data, "site": site.id}
        if saved(form, lambda: list_interpreter(by=by, op_id=op_id_of(request), **told), request):
            return HttpResponseRedirect(f"{desk_url('roster')}?site={site.id}")
    sexes, today = dict(Sex.choices), today_at(site.id)
    context = {
        "site": site,
        "listed": [
            (
                one,
                sexes[one.row.sex],
                in_a_row(str(language(each)) for each in one.row.languages.split()),
                bool(one.row.signed_on and one.row.signed_on <= today),
                desk_url("interpreter", one.row.id),
            )
            for one in listed
        ],
        "supports": [(one, desk_url("support", one.id)) for one in queries.supports(by)],
        "keeps": keeps,
        "form": form,
        "sites": [(one.name, f"{desk_url('roster')}?site={one.id}", one.id == site.id) for one in sites_of(by)],
        "op_id": new_op_id(),
    }
    return page(request, "reception/roster.html", context)


@route_policy(ROSTER_PAGES)
@require_POST
def interpreter(request: HttpRequest, interpreter: UUID) -> HttpResponse:
    """Take somebody off the roster."""
    row = take_off_roster(by=actor_of(request), op_id=op_id_of(request), interpreter=interpreter).value
    return HttpResponseRedirect(f"{desk_url('roster')}?site={row.site_id}")


@route_policy(ROSTER_PAGES)
@require_POST
def support(request: HttpRequest, interpreting: UUID) -> HttpResponse:
    """Support was given to an interpreter."""
    settle_support(by=actor_of(request), op_id=op_id_of(request), interpreting=interpreting)
    return HttpResponseRedirect(desk_url("roster"))
