"""Joining two files, and who was erased."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Absent, Actor, Problem
from karama.people import queries
from karama.people.access import ERASE_PAGES, JOIN_PAGES
from karama.people.actions import join_files, separate_files
from karama.people.forms import JoinForm, ReasonForm
from karama.people.queries import person_in_reach
from karama.people.queries.erasures import erasures as erased_people
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.security import rotation
from karama.ui.dates import day
from karama.ui.notices import say
from karama.ui.rendering import page
from karama.ui.requests import page_of


@route_policy(JOIN_PAGES)
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, person: UUID) -> HttpResponse:
    """Join this file with another one of the same person: both stay, and it can be undone."""
    by = actor_of(request)
    file = person_in_reach(by, person)
    folded = file.merged_into_id is not None
    form = (ReasonForm if folded else JoinForm)(
        request.POST or None, initial={"code": _code(by, request.GET.get("into"))}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if folded:
                separate_files(by=by, person=person, reason=said["reason"], op_id=op_id_of(request))
                target = person
            else:
                target = queries.find(by, code=said["code"])
                join_files(by=by, person=person, into=target, reason=said["reason"], op_id=op_id_of(request))
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Done. Look at the decisions and the contact rules: the more cautious of both counts."))
            return HttpResponseRedirect(person_url(target))
    context = {
        "form": form,
        "folded": folded,
        "back": person_url(person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "people/join.html", context)


def _code(by: Actor, into: str | None) -> str:
    """The code of the other file of a suggested pair, when this supervisor reaches it."""
    try:
        return person_in_reach(by, UUID(into or "")).code
    except (ValueError, Absent):
        return ""


@route_policy(ERASE_PAGES)
@require_http_methods(["GET"])
def erasures(request: HttpRequest) -> HttpResponse:
    """Who was erased, by code, and when each erasure is final."""
    part = page_of(request, erased_people(actor_of(request)))
    rows = [
        [
            one.code,
            day(one.on),
            _("final since %(day)s") % {"day": day(one.final_on)}
            if one.is_final
            else _("final on %(day)s at the latest") % {"day": day(one.final_on)},
        ]
        for one in part.object_list
    ]
    headers = [_("Code"), _("Erased"), _("Final")]
    context = {"rows": rows, "headers": headers, "due_on": rotation.due_on(), "page_obj": part}
    return page(request, "people/erasures.html", context)
