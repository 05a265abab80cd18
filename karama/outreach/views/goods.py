"""What is given out: to a participant by code, to a colleague, to many; corrected with a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import route_policy
from karama.outreach import actions, queries, words
from karama.outreach.access import GIVING_PAGES, SUPERVISOR_PAGES
from karama.outreach.forms import AmendForm, GiveColleagueForm, GiveForm, GiveManyForm
from karama.outreach.queries import IssueLine
from karama.outreach.views import actor_of, context_of, op_id_of, out_url, person_url, saved, site_in, uuid_in
from karama.outreach.views.stock import shown
from karama.people.access import ASSIGNABLE
from karama.programme.days import today_at
from karama.ui.rendering import page


def row_of(one: IssueLine) -> dict[str, Any]:
    """A line of what was given out."""
    return {
        "one": one,
        "amount": words.money(one.quantity, one.currency),
        "basis": words.BASES[one.basis] if not one.named else "",
        "href": out_url("amend", one.id),
    }


@route_policy(GIVING_PAGES)
@require_GET
def goods(request: HttpRequest) -> HttpResponse:
    """What was given out at a site, and the travel that is still to be paid back."""
    by = actor_of(request)
    site, mine = site_in(request, by)
    pay = f"{out_url('give_colleague')}?site={site}"
    context = {
        "rows": [row_of(one) for one in queries.issues(by, site)],
        "to_pay": [
            (one, words.money(one.fare, one.currency), f"{pay}&visit={one.visit}")
            for one in queries.travel_to_pay(by, site)
        ],
        "sites": [(name, f"?site={one}", one == site) for one, name in mine] if len(mine) > 1 else [],
        "many_url": f"{out_url('give_many')}?site={site}",
        "colleague_url": pay if by.duty == "supervisor" else "",
        "sheet_url": f"{out_url('goods_sheet')}?site={site}",
        "stock_url": f"{out_url('stock')}?site={site}" if by.duty == "supervisor" else "",
        "stock": [shown(site, one) for one in queries.stock_to_see(by, site)],
    }
    return page(request, "outreach/goods.html", context)


@route_policy(GIVING_PAGES)
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, person: UUID) -> HttpResponse:
    """Give something to one participant, by code."""
    by = actor_of(request)
    code, site, lines = queries.given_to(by, person)
    form = GiveForm(request.POST or None, goods=queries.offered(site), initial={"on": today_at(site)})
    if request.method == "POST" and form.is_valid():
        told = {"by": by, "person": person, "op_id": op_id_of(request), **form.cleaned_data}
        if saved(form, lambda: actions.give_to_person(**told), request):
            return HttpResponseRedirect(out_url("give", person))
    back = person_url(person) if by.duty in ASSIGNABLE else out_url("goods")
    context = context_of(form, back, code=code, rows=[row_of(one) for one in lines])
    return page(request, "outreach/give.html", context)


@route_policy(SUPERVISOR_PAGES)
@require_http_methods(["GET", "POST"])
def give_colleague(request: HttpRequest) -> HttpResponse:
    """Pay back transport, or give a volunteer what was agreed. A visit fills in its own fare."""
    by = actor_of(request)
    site, _mine = site_in(request, by)
    visit = uuid_in(request.GET.get("visit", ""))
    due = next((one for one in queries.travel_to_pay(by, site) if one.visit == visit), None)
    initial: dict[str, Any] = {"on": today_at(site)}
    if due is not None:
        initial |= {"user": str(due.user), "what": "transport", "quantity": due.fare, "visit": str(due.visit)}
    form = GiveColleagueForm(
        request.POST or None,
        goods=queries.offered(site),
        colleagues=queries.colleagues(by, [site]),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        told = {"by": by, "site": site, "op_id": op_id_of(request), **form.arguments()}
        if saved(form, lambda: actions.give_to_colleague(**told), request):
            return HttpResponseRedirect(f"{out_url('goods')}?site={site}")
    return page(request, "outreach/give_out.html", context_of(form, f"{out_url('goods')}?site={site}", site=site))


@route_policy(GIVING_PAGES)
@require_http_methods(["GET", "POST"])
def give_many(request: HttpRequest) -> HttpResponse:
    """Give something to people who are not written down: a count, and what it counts."""
    by = actor_of(request)
    site, _mine = site_in(request, by)
    form = GiveManyForm(request.POST or None, goods=queries.offered(site), initial={"on": today_at(site)})
    if request.method == "POST" and form.is_valid():
        told = {"by": by, "site": site, "op_id": op_id_of(request), **form.cleaned_data}
        if saved(form, lambda: actions.give_to_many(**told), request):
            return HttpResponseRedirect(f"{out_url('goods')}?site={site}")
    return page(request, "outreach/give_out.html", context_of(form, f"{out_url('goods')}?site={site}", site=site))


@route_policy(GIVING_PAGES)
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, issue: UUID) -> HttpResponse:
    """Correct a line; both stay readable."""
    by = actor_of(request)
    found, site, versions = queries.issue(by, issue)
    initial = {"quantity": found.quantity, "count": found.count, "signed": found.signed}
    form = AmendForm(request.POST or None, named=found.named, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = {"by": by, "issue": issue, "op_id": op_id_of(request), **form.cleaned_data}
        if saved(form, lambda: actions.amend_issue(**told), request):
            return HttpResponseRedirect(f"{out_url('goods')}?site={site}")
    context = context_of(
        form, f"{out_url('goods')}?site={site}", row=row_of(found), steps=[_version(one) for one in versions]
    )
    return page(request, "outreach/amend.html", context)


def _version(one: queries.Version) -> dict[str, Any]:
    amount = words.money(one.quantity, one.currency)
    return {"title": amount, "at": one.at, "by": one.who, "text": one.reason, "state": "done"}
