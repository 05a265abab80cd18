"""The stock of what is given out: what is there, what came, what was counted, what has expired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Receipt
from karama.outreach import actions, words
from karama.outreach.access import SUPERVISOR_PAGES
from karama.outreach.queries import stock as queries
from karama.outreach.stockforms import CorrectDeliveryForm, CountForm, ReceiveForm, TakeOutForm
from karama.outreach.views import actor_of, context_of, op_id_of, out_url, saved, site_in
from karama.programme.days import today_at
from karama.ui.rendering import KaramaForm, page


def shown(site: UUID, one: queries.StockLine) -> dict[str, Any]:
    """A thing as the pages show it."""
    return {
        "one": one,
        "badge": words.STOCK_BADGES[one.state],
        "said": words.STOCK[one.state],
        "missing": -one.left if one.left is not None and one.left < 0 else 0,
        "href": out_url("stock_of", site, one.what),
    }


@route_policy(SUPERVISOR_PAGES)
@require_http_methods(["GET", "POST"])
def stock(request: HttpRequest) -> HttpResponse:
    """What there is at a site, what is wrong first; what came is written down below."""
    by = actor_of(request)
    site, mine = site_in(request, by)
    lines = queries.stock(by, site)
    form = ReceiveForm(request.POST or None, goods=queries.stocked(site), initial={"on": today_at(site)})
    if request.method == "POST" and form.is_valid():
        told = {"by": by, "site": site, "op_id": op_id_of(request), **form.cleaned_data}
        if saved(form, lambda: actions.receive_goods(**told), request):
            return HttpResponseRedirect(f"{out_url('stock')}?site={site}")
    context = context_of(
        form,
        f"{out_url('goods')}?site={site}",
        lines=[shown(site, one) for one in lines],
        sites=[(name, f"?site={one}", one == site) for one, name in mine] if len(mine) > 1 else [],
        site=site,
    )
    return page(request, "outreach/stock.html", context)


@route_policy(SUPERVISOR_PAGES)
@require_http_methods(["GET", "POST"])
def stock_of(request: HttpRequest, site: UUID, what: str) -> HttpResponse:
    """One thing with its ledger; counted anew."""
    by = actor_of(request)
    found = queries.stock_page(by, site, what)
    form = CountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"by": by, "site": site, "what": what, "op_id": op_id_of(request), **form.cleaned_data}
        if saved(form, lambda: actions.count_goods(**told), request):
            return HttpResponseRedirect(out_url("stock_of", site, what))
    context = context_of(
        form,
        f"{out_url('stock')}?site={site}",
        thing=shown(site, found.line),
        moves=[_move(one) for one in found.moves],
        more=found.more,
    )
    return page(request, "outreach/stock_of.html", context)


@route_policy(SUPERVISOR_PAGES)
@require_http_methods(["GET", "POST"])
def delivery(request: HttpRequest, delivery: UUID) -> HttpResponse:
    """One delivery: what had expired is taken out, or it is corrected; what stood before stays readable."""
    by = actor_of(request)
    site, what, name, line, older = queries.delivery_page(by, delivery)
    taking = request.POST.get("do") == "take_out"
    initial = {one: getattr(line, one) for one in ("quantity", "source", "on", "batch", "expires_on")}
    out = TakeOutForm(request.POST if taking else None) if line.expiry == "expired" else None
    form = CorrectDeliveryForm(None if taking or request.method == "GET" else request.POST, initial=initial)
    told: dict[str, Any] = {"by": by, "delivery": delivery, "op_id": op_id_of(request)}
    if request.method == "POST" and (
        _done(request, out, lambda more: actions.take_out_goods(**told, **more))
        if taking
        else _done(request, form, lambda more: actions.correct_delivery(**told, **more))
    ):
        return HttpResponseRedirect(out_url("stock_of", site, what))
    context = context_of(
        form,
        out_url("stock_of", site, what),
        out=out,
        name=name,
        one=line,
        steps=[_version(one) for one in older],
        settled=line.settled,
    )
    return page(request, "outreach/delivery.html", context)


def _done(request: HttpRequest, form: KaramaForm | None, save: Callable[[dict[str, Any]], Receipt]) -> bool:
    """Whether it was saved. Without a form there is nothing to take out, which the action says."""
    if form is None:
        save({"found": 0})
        return True
    return form.is_valid() and saved(form, lambda: save(form.cleaned_data), request) is not None


def _move(one: queries.MoveLine) -> dict[str, Any]:
    return {
        "one": one,
        "kind": words.MOVES[one.kind],
        "signed": f"{one.quantity:+,}".replace(",", " ") if one.quantity else "0",
        "href": out_url("delivery", one.id) if one.kind == "came" else "",
        "expiry": words.EXPIRY.get(one.expiry),
    }


def _version(one: queries.OlderDelivery) -> dict[str, Any]:
    title = " · ".join(part for part in (words.money(one.quantity, ""), one.source, one.batch) if part)
    return {"title": title, "at": one.at, "by": one.who, "text": one.reason, "state": "done"}
