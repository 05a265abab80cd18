"""Who is asked how they are, and what came of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import route_policy
from karama.groups import queries, words
from karama.groups.access import PAGES
from karama.groups.actions import settle_check_in
from karama.groups.forms import CheckInForm
from karama.groups.views import actor_of, groups_url, new_op_id, op_id_of, saved
from karama.groups.views.groups import care_links
from karama.ui.rendering import page


@route_policy(PAGES)
@require_GET
def check_ins(request: HttpRequest) -> HttpResponse:
    """Everybody to be asked, the oldest first."""
    rows = [
        (one, groups_url("check_in", one.id), words.of_so_many(one.number, None))
        for one in queries.check_ins_of(actor_of(request))
    ]
    return page(request, "groups/check_ins.html", {"rows": rows, "back": groups_url("mine")})


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest, check_in: UUID) -> HttpResponse:
    """One person: what to ask, and what came of it. The answers are kept in care."""
    by = actor_of(request)
    one = queries.check_in_page(by, check_in)
    form = CheckInForm(request.POST or None) if one.state == "open" else None
    if request.method == "POST" and form is not None and form.is_valid():
        state = form.cleaned_data["state"]
        if saved(
            form, lambda: settle_check_in(by=by, op_id=op_id_of(request), check_in=check_in, state=state), request
        ):
            return HttpResponseRedirect(groups_url("check_ins"))
    context = {
        "one": one,
        "after": words.of_so_many(one.number, None),
        "links": care_links(by, one.person, one.instruments),
        "form": form,
        "state": words.CHECK_INS[one.state],
        "badge": words.CHECK_IN_BADGES[one.state],
        "back": groups_url("check_ins"),
        "op_id": new_op_id(),
    }
    return page(request, "groups/check_in.html", context)
