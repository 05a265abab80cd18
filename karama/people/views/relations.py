"""Who works with a person, for whom she does not exist, and which team holds her file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Absent, Actor, Problem, clock
from karama.journal.access_log import opening
from karama.people import queries, workers
from karama.people.access import CARE_PAGES, JOIN_PAGES, PERSON_PAGES, SEE_HIDDEN, purpose_of
from karama.people.actions import assign, end_assignment, hide_from, hold_file, release_file, say_conflict, unhide
from karama.people.attributes import person_attributes
from karama.people.forms import ConflictForm, HideForm, OwnConflictForm, TeamForm, WorkerForm
from karama.people.models import Conflict, HiddenFrom
from karama.people.queries import person_in_reach
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.people.views.person import tabs_of
from karama.programme.models import Team
from karama.rules.permission import permit
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def workers_of(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who works with her; a supervisor or the responsible worker adds and ends; each says whether she is involved."""
    by = actor_of(request)
    file = person_in_reach(by, person)
    shown = queries.person_page(by, person)
    can_be = workers.workers_for(file)
    own = request.POST if request.POST.get("own") else None
    chosen = request.POST if request.method == "POST" and own is None else None
    named_ones = [(str(one.user), f"{one.alias} ({one.label})") for one in can_be]
    form = WorkerForm(chosen, workers=named_ones, lifts=by.duty == "supervisor")
    own_form = OwnConflictForm(own)
    ending = request.POST.get("end", "")
    if ending:
        end_assignment(by=by, person=person, user=ending, op_id=op_id_of(request))
        say(request, _("Ended."))
        return HttpResponseRedirect(person_url(person, "workers"))
    if request.method == "POST" and _saved(request, by, person, form if own is None else own_form):
        return HttpResponseRedirect(person_url(person, "workers"))
    context = {
        "form": form if queries.may_assign(by, shown.workers) else None,
        "own_form": own_form if shown.mine else None,
        **_around(by, shown),
        "tabs": tabs_of(by, person, "workers"),
        "hide_url": person_url(person, "hidden"),
        "transfer_url": person_url(person, "transfer"),
        "held": shown.held,
        "hold_url": person_url(person, "hold") if by.duty == "supervisor" else "",
        "back": person_url(person),
        "op_id": new_op_id(),
    }
    return page(request, "people/workers.html", context)


def _around(by: Actor, shown: queries.PersonPage) -> dict[str, Any]:
    """Who works with her, who was not asked, and who is involved: the last two for whoever assigns."""
    named = workers.aliases(one.user_id for one in shown.workers)
    assigns = queries.may_assign(by, shown.workers)
    asked = {one.user_id: one.conflict != Conflict.NOT_ASKED or not assigns for one in shown.workers}
    return {
        "current": [(one, named.get(one.user_id, ""), asked[one.user_id]) for one in shown.workers],
        "involved": queries.involved_with(by, shown),
    }


def _saved(request: HttpRequest, by: Actor, person: UUID, form: ConflictForm) -> bool:
    if not form.is_valid():
        return False
    try:
        if isinstance(form, WorkerForm):
            row = assign(by=by, person=person, op_id=op_id_of(request), **form.cleaned_data).value
            decided = row.conflict != Conflict.DECLARED
            say(request, _("Saved.") if decided else _("Kept. A supervisor decides whether this worker goes on."))
            return True
        said = dict(form.cleaned_data)
        if said["conflict"] != "not_asked":
            say_conflict(by=by, person=person, op_id=op_id_of(request), **said)
            say(request, _("Saved."))
    except Problem as problem:
        form.take(problem)
        return False
    return True


@route_policy(PERSON_PAGES)
@require_http_methods(["GET", "POST"])
def hidden(request: HttpRequest, person: UUID) -> HttpResponse:
    """The "do not show to" list. Workers may add; only supervisor and data protection officer read and shorten it."""
    by = actor_of(request)
    file = person_in_reach(by, person)
    colleagues = [one for one in workers.colleagues_near(file) if one.user != by.id]
    form = HideForm(request.POST or None, workers=[(str(one.user), f"{one.alias} ({one.label})") for one in colleagues])
    lifting = request.POST.get("lift", "")
    if lifting:
        unhide(by=by, person=person, user=lifting, op_id=op_id_of(request))
        say(request, _("Lifted."))
        return HttpResponseRedirect(person_url(person, "hidden"))
    if request.method == "POST" and form.is_valid():
        try:
            hide_from(by=by, person=person, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved. For this colleague the person does not exist any more."))
            return HttpResponseRedirect(person_url(person, "hidden"))
    attributes = person_attributes(person)
    reads = permit(SEE_HIDDEN, by.attributes(), attributes, purpose_of(by), clock.now()).allowed
    context = {"form": form, "listed": _listed(person) if reads else [], "reads": reads}
    context |= {"back": person_url(person, "workers"), "op_id": new_op_id()}
    return page(request, "people/hidden.html", context)


def _listed(person: UUID) -> list[dict[str, Any]]:
    opening(person)
    rows = list(HiddenFrom.objects.filter(person_id=person, lifted_at__isnull=True).order_by("since"))
    named = workers.aliases(row.user_id for row in rows)
    return [
        {
            "user": row.user_id,
            "alias": named.get(row.user_id, ""),
            "since": row.since,
            "reason": row.unseal("reason") or "",
        }
        for row in rows
    ]


@route_policy(JOIN_PAGES)
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, person: UUID) -> HttpResponse:
    """Give the file of a colleague or relative to one named team, or back."""
    by = actor_of(request)
    file = person_in_reach(by, person)
    rows = Team.objects.filter(site__programme_id=file.programme_id, closed_on__isnull=True).select_related("site")
    teams = [(str(team.pk), f"{team.site.name}: {team.name}") for team in rows.order_by("site__name", "name")]
    form = TeamForm(request.POST or None, teams=teams)
    if request.POST.get("release") == "yes":
        release_file(by=by, person=person, op_id=op_id_of(request))
        return HttpResponseRedirect(person_url(person))
    if request.method == "POST" and form.is_valid():
        hold_file(by=by, person=person, op_id=op_id_of(request), **form.cleaned_data)
        say(request, _("Given to that team. You see the file no more."))
        try:
            person_in_reach(by, person)
        except Absent:
            return HttpResponseRedirect("/")
        return HttpResponseRedirect(person_url(person))
    context = {"form": form, "held": file.reach == "named_team", "back": person_url(person), "op_id": new_op_id()}
    return page(request, "people/hold.html", context)
