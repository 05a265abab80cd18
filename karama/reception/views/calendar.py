"""The calendar of a site, and finding whose appointment is to be booked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from karama.accounts.routes import route_policy
from karama.accounts.today import glances_at
from karama.journal import Absent, Actor, Problem
from karama.people.queries import find
from karama.programme.days import today_at
from karama.reception import queries, words
from karama.reception.access import DESK_PAGES
from karama.reception.forms import CodeForm
from karama.reception.queries import Entry
from karama.reception.views import actor_of, day_in, desk_url, site_of, sites_of, uuid_in
from karama.ui.rendering import page

VIEWS = {"day": 1, "week": 7}


@route_policy(DESK_PAGES)
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """A day or a week of a site, of everybody or of one colleague; it prints as it stands."""
    return _calendar_page(request, CodeForm())


def _calendar_page(request: HttpRequest, form: CodeForm) -> HttpResponse:
    by = actor_of(request)
    site = site_of(request, by)
    today = today_at(site.id)
    view = request.GET.get("view", "day") if request.GET.get("view") in VIEWS else "day"
    first = day_in(request, today)
    if view == "week":
        first -= timedelta(days=first.weekday())
    worker = uuid_in(request, "worker")
    shown = queries.calendar(by, site.id, first, VIEWS[view], worker)

    def to(**change: Any) -> str:
        asked = {"site": site.id, "day": first, "view": view, "worker": worker or "", **change}
        return f"{desk_url('calendar')}?{urlencode({name: str(value) for name, value in asked.items()})}"

    step = timedelta(days=VIEWS[view])
    context = {
        "site": site,
        "days": _days(by, shown, glance=view == "day"),
        "week": view == "week",
        "first": first,
        "last": first + step - timedelta(days=1),
        "before_url": to(day=first - step),
        "today_url": to(day=today),
        "after_url": to(day=first + step),
        "tabs": [(_("Day"), to(view="day"), view == "day"), (_("Week"), to(view="week"), view == "week")],
        "workers": [(_("Everybody"), to(worker=""), worker is None)]
        + [(alias, to(worker=user), user == worker) for user, alias in shown.staff.items()],
        "sites": [(one.name, to(site=one.id), one.id == site.id) for one in sites_of(by)],
        "form": form,
        "find_url": desk_url("find"),
        "others": pages_of(by.duty),
    }
    return page(request, "reception/calendar.html", context)


def _days(by: Actor, shown: queries.Calendar, *, glance: bool) -> list[tuple[date, list[dict[str, Any]]]]:
    """The days with their lines; on a single day, under the reader's own appointments, what helps before them."""
    entries = [one for _day, found in shown.days for one in found if glance and one.worker == by.id]
    told = glances_at(by, {one.person for one in entries if one.person is not None})
    return [
        (
            day,
            [
                row_of(one) | {"note": told.get(one.person, "") if one.person and one in entries else ""}
                for one in found
            ],
        )
        for day, found in shown.days
    ]


def pages_of(duty: str) -> list[tuple[Any, str]]:
    """The other pages of the desk."""
    found = [
        (_("Arrivals"), desk_url("arrivals")),
        (_("Waiting list"), desk_url("waiting")),
        (_("Interpreters"), desk_url("roster")),
    ]
    return [*found, (_("Rooms"), desk_url("rooms"))] if duty in ("reception", "supervisor") else found


def row_of(one: Entry) -> dict[str, Any]:
    """A line of a calendar."""
    return {
        "one": one,
        "href": desk_url("appointment", one.id) if one.id else "",
        "badge": words.STATE_BADGES[one.state],
        "state": words.STATES[one.state],
    }


@route_policy(DESK_PAGES)
@require_POST
def find_person(request: HttpRequest) -> HttpResponse:
    """From the code on a card to the page of that person's appointments. The code never stands in an address."""
    by = actor_of(request)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            person: UUID = find(by, code=form.cleaned_data["code"])
            queries.appointments_of(by, person, coming=True)
        except Absent:
            form.add_error("code", _("Nobody with this code comes to your site."))
        except Problem as problem:
            form.take(problem)
        else:
            return HttpResponseRedirect(desk_url("of_person", person))
    return _calendar_page(request, form)
