"""Groups: the list, a new one, who is in it, who facilitates it, its cycles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import route_policy
from karama.care.access import CLINICAL
from karama.care.views import number_in
from karama.groups import curriculum, peers, queries, words
from karama.groups.access import OPENING, OPENING_PAGES, PAGES
from karama.groups.actions import (
    add_member,
    begin_cycle,
    end_cycle,
    end_facilitator,
    end_group,
    end_membership,
    name_facilitator,
    open_group,
)
from karama.groups.forms import GroupForm, LeaveForm, NextCycleForm, UserForm, WhyForm
from karama.groups.models import Cycle
from karama.groups.queries import GroupLine, GroupPage
from karama.groups.views import actor_of, groups_url, new_op_id, op_id_of, person_url, saved
from karama.journal import Absent
from karama.people.queries import person_in_reach
from karama.safety.views import id_in
from karama.ui.dates import day
from karama.ui.listing import in_a_row
from karama.ui.rendering import page

GROUP_CODES = ("2", "3", "4", "5", "7", "8")


@route_policy(PAGES)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The reader's groups, to open one, and the activities with the community."""
    by = actor_of(request)
    sites = queries.sites_to_open_at(by) if by.duty in OPENING else []
    context = {
        "lines": [_row(one) for one in queries.groups_of(by)],
        "ended": [_row(one) for one in queries.groups_of(by, ended=True)],
        "open_at": [(name, groups_url("new", site)) for site, name in sites],
        "activities_url": groups_url("activities"),
        "check_ins_url": groups_url("check_ins"),
    }
    return page(request, "groups/mine.html", context)


def _row(one: GroupLine) -> dict[str, Any]:
    number = words.of_so_many(one.next_number, one.planned) if one.going_on else ""
    return {"name": one.name, "words": words.KINDS[one.kind], "href": groups_url("group", one.id), "meta": number}


def codes(begin: tuple[str, ...]) -> list[tuple[str, Any]]:
    """The list of activities for a form; what nobody has verified says so."""
    marked = _("not verified")
    return [(code, f"{told} ({marked})" if draft else told) for code, told, draft in curriculum.four_ws(begin)]


@route_policy(OPENING_PAGES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, site: UUID) -> HttpResponse:
    """Open a group."""
    by = actor_of(request)
    if site not in by.sites:
        raise Absent()
    plans = curriculum.offered_at(site)
    form = GroupForm(request.POST or None, plans=plans, codes=codes(GROUP_CODES))
    if request.method == "POST" and form.is_valid():
        made: list[UUID] = []

        def save() -> None:
            receipt = open_group(by=by, op_id=op_id_of(request), site=site, **form.cleaned_data)
            made.append(UUID(str(receipt.record)))

        if saved(form, save, request):
            return HttpResponseRedirect(groups_url("group", made[0]))
    return page(request, "groups/form.html", _form(request, form, _("A new group"), groups_url("mine"), _("Groups")))


@route_policy(PAGES)
@require_GET
def group(request: HttpRequest, group: UUID) -> HttpResponse:
    """One group: who is on the list, what the next meeting is about, and the meetings so far."""
    by = actor_of(request)
    shown = queries.group_page(by, group)
    number = shown.next_number
    context = {
        "shown": shown,
        "next": words.of_so_many(number, shown.cycle.planned) if shown.cycle else "",
        "facts": _facts(shown),
        "peers": peers.shown(by, shown.row, [user for user, _alias in shown.facilitators]),
        "members": [(one, groups_url("seat", one.seat), words_of_coming(one.came, one.told)) for one in shown.members],
        "meetings": _meetings(shown),
        "over": [(words.cycle_of(one.number), groups_url("past", group, one.number), _span(one)) for one in shown.over],
        "record_url": groups_url("record", group, number) if shown.cycle and shown.leads else "",
        "add_url": groups_url("add", group) if shown.cycle else "",
        "measures_url": groups_url("measures", group) if shown.members and by.duty in CLINICAL else "",
        "plan_url": groups_url("plan", group) if shown.cycle and shown.cycle.intervention else "",
        "worry_url": groups_url("worry", group),
        "sign_url": groups_url("signing", group) if curriculum.pack_at(shown.row.site_id).lists_to_sign else "",
        "facilitators_url": groups_url("facilitators", group),
        "cycle_url": groups_url("cycle", group),
        "end_url": groups_url("end", group),
    }
    return page(request, "groups/group.html", context)


@route_policy(PAGES)
@require_GET
def past(request: HttpRequest, group: UUID, cycle: int) -> HttpResponse:
    """One cycle, also one that is over: its meetings, and the measures of those who finished it."""
    by = actor_of(request)
    shown = queries.group_page(by, group, cycle)
    context = {
        "title": words.cycle_of(cycle),
        "span": _span(shown.cycle) if shown.cycle else "",
        "name": shown.name,
        "back": groups_url("group", group),
        "meetings": _meetings(shown),
        "measures_url": groups_url("past_measures", group, cycle) if shown.members and by.duty in CLINICAL else "",
    }
    return page(request, "groups/past.html", context)


def _meetings(shown: GroupPage) -> list[tuple[Any, str, Any, Any]]:
    return [
        (words.of_so_many(one.number, None), groups_url("meeting", one.id), one, words.MODALITIES.get(one.modality))
        for one in shown.meetings
    ]


def _span(one: Cycle) -> str:
    return f"{day(one.begun_on)} – {day(one.ended_on) if one.ended_on else ''}"


def words_of_coming(came: int, told: int) -> Any:
    """How often somebody came, of the meetings of which it is known."""
    return _("came %(came)d of %(told)d times") % {"came": came, "told": told} if told else ""


def _facts(shown: GroupPage) -> list[tuple[Any, Any]]:
    card = curriculum.card_of(shown.cycle.intervention) if shown.cycle else None
    told: list[tuple[Any, Any]] = [
        (_("What people do"), curriculum.told(card.names) if card else words.KINDS[shown.row.kind]),
        (_("Open or closed"), words.FORMS[shown.row.form]),
        (_("Facilitated by"), in_a_row(alias for _user, alias in shown.facilitators)),
    ]
    if shown.places is not None:
        told.append((_("Places left"), shown.places))
    ages = ", ".join(sorted(shown.rule.age_bands))
    gender = {"woman": _("Women"), "man": _("Men")}.get(shown.rule.gender)
    whom = " · ".join(str(one) for one in (gender, ages, shown.for_whom) if one)
    return [*told, *([(_("For"), whom)] if whom else [])]


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, group: UUID) -> HttpResponse:
    """Put somebody of the caseload on the list: one tap."""
    by = actor_of(request)
    shown = queries.group_page(by, group)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = id_in(request.POST.get("person", ""))
        if person is None:
            raise Absent()
        person_in_reach(by, person)
        why = form.cleaned_data["why"]
        if saved(
            form, lambda: add_member(by=by, op_id=op_id_of(request), group=group, person=person, why=why), request
        ):
            return HttpResponseRedirect(groups_url("group", group))
    context = _form(request, form, _("Put somebody on the list"), groups_url("group", group), shown.name)
    start = number_in(request, "start") or 0
    people, after = queries.people_to_add(by, group, start)
    more = f"{groups_url('add', group)}?start={after}" if after is not None else ""
    return page(request, "groups/add.html", context | {"people": people, "more_url": more})


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, seat: UUID) -> HttpResponse:
    """One member: how often she came, her measures in care, and going off the list."""
    by = actor_of(request)
    one, shown = queries.seat_page(by, seat)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if saved(form, lambda: end_membership(by=by, op_id=op_id_of(request), seat=seat, why=why), request):
            return HttpResponseRedirect(groups_url("group", shown.row.id))
    run = curriculum.run_of(shown.cycle) if shown.cycle else None
    context = {
        "one": one,
        "came": words_of_coming(one.came, one.told),
        "links": care_links(by, one.person, run.instruments if run else ()),
        "form": form,
        "op_id": new_op_id(),
        "back": groups_url("group", shown.row.id),
        "name": shown.name,
    }
    return page(request, "groups/seat.html", context)


def care_links(by: Any, person: UUID, instruments: tuple[str, ...]) -> list[tuple[Any, str]]:
    """The person's page, and asking what the pack names, for a reader who works with her: answers live in care."""
    from karama.care.views import care_url

    try:
        person_in_reach(by, person)
    except Absent:
        return []
    links: list[tuple[Any, str]] = [(_("The person's page"), person_url(person))]
    if by.duty in CLINICAL:
        links.append((_("Answers so far"), care_url("answers", person)))
        links += [(f"{_('Ask now')}: {code.upper()}", care_url("start", person, code)) for code in instruments]
    return links


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def facilitators(request: HttpRequest, group: UUID) -> HttpResponse:
    """Who facilitates: one or two. The last one does not go before another comes."""
    by = actor_of(request)
    shown = queries.group_page(by, group)
    form = UserForm(request.POST or None, colleagues=queries.colleagues_to_name(by, group))
    if request.method == "POST" and "end" in request.POST:
        user = id_in(request.POST["end"])
        if user is None:
            raise Absent()
        end_facilitator(by=by, op_id=op_id_of(request), group=group, user=user)
        return HttpResponseRedirect(groups_url("group", group) if user != by.id else groups_url("mine"))
    if request.method == "POST" and form.is_valid():
        user = UUID(form.cleaned_data["user"])
        if saved(form, lambda: name_facilitator(by=by, op_id=op_id_of(request), group=group, user=user), request):
            return HttpResponseRedirect(groups_url("facilitators", group))
    context = _form(request, form, _("Who facilitates"), groups_url("group", group), shown.name)
    return page(request, "groups/facilitators.html", context | {"current": shown.facilitators})


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def cycle(request: HttpRequest, group: UUID) -> HttpResponse:
    """End the cycle, or begin the next one."""
    by = actor_of(request)
    shown = queries.group_page(by, group)
    if request.method == "POST" and "end" in request.POST:
        end_cycle(by=by, op_id=op_id_of(request), group=group)
        return HttpResponseRedirect(groups_url("group", group))
    form = NextCycleForm(request.POST or None, plans=curriculum.offered_at(shown.row.site_id))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if saved(form, lambda: begin_cycle(by=by, op_id=op_id_of(request), group=group, **told), request):
            return HttpResponseRedirect(groups_url("group", group))
    context = _form(request, form, _("Cycles"), groups_url("group", group), shown.name)
    return page(request, "groups/cycle.html", context | {"going_on": shown.cycle is not None})


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, group: UUID) -> HttpResponse:
    """The group does not meet any more."""
    by = actor_of(request)
    shown = queries.group_page(by, group)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        end_group(by=by, op_id=op_id_of(request), group=group)
        return HttpResponseRedirect(groups_url("mine"))
    context = {"name": shown.name, "back": groups_url("group", group), "op_id": new_op_id()}
    return page(request, "groups/end.html", context)


def _form(request: HttpRequest, form: Any, title: Any, back: str, back_label: Any) -> dict[str, Any]:
    op_id = request.POST.get("op_id") or new_op_id()
    return {"form": form, "title": title, "back": back, "back_label": back_label, "op_id": op_id}
