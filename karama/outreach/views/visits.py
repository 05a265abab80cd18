"""Planning visits, looking at them, and each step of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Absent, Actor, clock
from karama.outreach import actions, queries, words
from karama.outreach.access import ANSWERING, ANY_DUTY, GIVING, GOING_PAGES, VISIT_LIST_PAGES
from karama.outreach.actions.watching import OF_OVERDUE
from karama.outreach.forms import BackForm, FineForm, NoteForm, PlanForm, rounded
from karama.outreach.problems import NoSite
from karama.outreach.queries import VisitLine, VisitPage
from karama.outreach.rulebook import area_name, areas_of
from karama.outreach.views import actor_of, context_of, op_id_of, out_url, saved, uuid_in
from karama.programme.days import today_at, zone_of
from karama.ui.dates import moment
from karama.ui.rendering import KaramaForm, page

ACTIONS: dict[str, Callable[..., Any]] = {
    "out": actions.set_out,
    "fine": actions.say_fine,
    "back": actions.come_back,
    "called_off": actions.call_off,
    "taken": actions.look_after,
    "not_reached": actions.note_not_reached,
}
FORMS: dict[str, type[NoteForm]] = {"fine": FineForm, "back": BackForm, "called_off": NoteForm, "not_reached": NoteForm}
FIRST = ("out", "back", "fine", "taken", "not_reached", "called_off")
"""The order of the buttons."""


def row_of(one: VisitLine) -> dict[str, Any]:
    """A visit as a row of a list."""
    badge = "now" if one.late or one.recalled else words.STATE_BADGES[one.state]
    return {
        "words": area_name(one.site, one.area),
        "name": one.who,
        "href": out_url("visit", one.id),
        "badge": badge,
        "state": words.STATES[one.state],
        "meta": moment(one.back_at if one.state == "out" else one.leaves_at),
    }


MOST_CHOSEN = 60
"""People of one visit, as its action takes them."""


@route_policy(VISIT_LIST_PAGES)
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """The visits of the reader and, for a supervisor, of her sites."""
    by = actor_of(request)
    context = {
        "coming": [row_of(one) for one in queries.open_visits(by)],
        "past": [row_of(one) for one in queries.past_visits(by)],
        "plan_url": out_url("plan") if by.duty != "director" else "",
        "areas_url": out_url("areas"),
        "goods_url": out_url("goods") if by.duty in GIVING else "",
        "security_url": out_url("security"),
    }
    return page(request, "outreach/visits.html", context)


@route_policy(GOING_PAGES)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a visit: where, for whom, until when, with whom."""
    by = actor_of(request)
    form = _plan_form(request, by)
    if request.method == "POST" and form.is_valid():
        told = form.arguments()
        made = saved(form, lambda: actions.plan_visit(by=by, op_id=op_id_of(request), **told), request)
        if made is not None and made.record is not None:
            return HttpResponseRedirect(out_url("visit", made.record))
    context = context_of(form, out_url("visits"), areas=queries.areas(by))
    return page(request, "outreach/plan.html", context)


def _plan_form(request: HttpRequest, by: Actor) -> PlanForm:
    places = queries.own_sites(by)
    if not places:
        raise NoSite()
    first = places[0][0]
    several = len(places) > 1
    offered = [
        (f"{site}|{one.code}", f"{name}: {area_name(site, one.code)}" if several else area_name(site, one.code))
        for site, name in places
        for one in areas_of(site)
    ]
    local = clock.now().astimezone(zone_of(first))
    chosen = _chosen(request)
    return PlanForm(
        request.POST or None,
        areas=offered,
        people=queries.people_to_visit(by, chosen),
        colleagues=queries.companions(by, [site for site, _name in places]),
        leads=by.duty == "supervisor",
        initial={"day": today_at(first), "at": rounded(local), "hours": "4", "people": [str(one) for one in chosen]},
    )


def _chosen(request: HttpRequest) -> list[UUID]:
    """Whom the page was opened for, or what was tapped in it; what is no id is nobody."""
    told = request.POST.getlist("people") if request.method == "POST" else request.GET.getlist("person")
    return [id for id in map(uuid_in, told[:MOST_CHOSEN]) if id is not None]


@route_policy(ANY_DUTY)
@require_GET
def visit(request: HttpRequest, visit: UUID) -> HttpResponse:
    """One visit: where it stands, who is called, what may be said now."""
    by = actor_of(request)
    return page(request, "outreach/visit.html", shown(by, queries.visit_page(by, visit)))


def shown(by: Actor, found: VisitPage) -> dict[str, Any]:
    """A visit for a page."""
    line = found.line
    buttons = [
        (one, words.button(one, own=line.mine), _in_one_tap(one, line))
        for one in FIRST
        if one in found.allowed and not (line.mine and one in OF_OVERDUE)
    ]
    return {
        "found": found,
        "line": line,
        "place": area_name(line.site, line.area),
        "badge": words.STATE_BADGES[line.state],
        "state": words.STATES[line.state],
        "area_badge": words.AREA_BADGES[found.area_state],
        "area_state": words.AREA_STATES[found.area_state],
        "members": [(alias, words.PARTS[part]) for alias, part in found.members],
        "fare": words.money(found.fare, found.currency) if found.fare is not None else "",
        "at_once": [(code, said) for code, said, tap in buttons if tap],
        "further": [(code, said) for code, said, tap in buttons if not tap],
        "count_url": out_url("step", line.id, "back") if line.mine and "back" in found.allowed else "",
        "steps": [_step(one) for one in found.steps],
        "sheet_url": out_url("visit_sheet", line.id),
        "signing_url": out_url("signing_sheet", line.id),
        "security_url": f"{out_url('new_security')}?visit={line.id}",
        "answers": by.duty in ANSWERING,
    }


def _in_one_tap(step: str, line: VisitLine) -> bool:
    return step in ("out", "taken") or (step == "back" and line.mine and line.state == "out")


def _step(one: queries.StepShown) -> dict[str, Any]:
    told = [
        one.to,
        moment(one.back_at) if one.back_at else "",
        f"{one.reached} · {words.BASES[one.basis]}" if one.reached is not None else "",
        one.note,
    ]
    return {
        "title": words.STEPS[one.step],
        "at": one.at,
        "by": "" if one.to else one.by,
        "text": " · ".join(str(part) for part in told if part),
        "state": "done",
    }


@route_policy(ANY_DUTY)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, visit: UUID, sign: str) -> HttpResponse:
    """One step. Raises `Absent` for whoever may not see the visit, and for a step that does not exist."""
    by = actor_of(request)
    found = queries.visit_page(by, visit)
    if sign not in ACTIONS:
        raise Absent()
    form = _form(sign, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = _arguments(form, found.line.back_at, clock.now())
        save = ACTIONS[sign]
        if saved(form, lambda: save(by=by, visit=visit, op_id=op_id_of(request), **told), request):
            return HttpResponseRedirect(out_url("visit", visit))
    context = shown(by, found) | context_of(form, out_url("visit", visit))
    context["title"] = words.button(sign, own=found.line.mine)
    return page(request, "outreach/step.html", context)


def _form(kind: str, found: VisitPage, data: Any) -> KaramaForm:
    made = FORMS.get(kind)
    return made(data, own=found.line.mine) if made is not None else KaramaForm(data)


def _arguments(form: KaramaForm, back_at: datetime, now: datetime) -> dict[str, Any]:
    return form.arguments(back_at, now) if isinstance(form, NoteForm) else {}
