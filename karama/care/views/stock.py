"""The stock of medicines of a site."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.care import medicalwords as said
from karama.care.access import STOCK_PAGES
from karama.care.actions import correct_stock, expire_stock, receive_stock
from karama.care.medicineforms import CountForm, ReceiveForm
from karama.care.queries import stock as queries
from karama.care.views import actor_of, care_url, new_op_id, op_id_of
from karama.journal import Absent, Problem
from karama.programme.days import today_at
from karama.rules import medication as rule
from karama.ui.notices import say
from karama.ui.rendering import page

KEEPERS = ("nurse", "prescriber")


@route_policy(STOCK_PAGES)
@require_http_methods(["GET", "POST"])
def stock(request: HttpRequest, site: UUID) -> HttpResponse:
    """What is there, what runs short and what expires; packages that came are written down below."""
    by = actor_of(request)
    found = queries.site_for(by, site)
    if request.method == "POST" and by.duty not in KEEPERS:
        raise Absent()
    form = ReceiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receive_stock(by=by, op_id=op_id_of(request), site=site, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("stock", site))
    context = {
        "site": found.name,
        "lines": [
            (said.medicine_name(one.medicine), one, said.STOCK[one.state],
             [(each, said.EXPIRY[each.expiry], care_url("batch", each.batch.id)) for each in one.batches if each.left])
            for one in queries.stock_of(by, site)
        ],
        "form": form if by.duty in KEEPERS else None,
        "op_id": request.POST.get("op_id") or new_op_id(),
    }  # fmt: skip
    return page(request, "care/stock.html", context)


@route_policy(STOCK_PAGES)
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """One batch with its ledger; counted anew, or taken out when it has expired."""
    by = actor_of(request)
    row, moves = queries.batch_page(by, batch)
    keeps = by.duty in KEEPERS
    left = moves[0][0].after if moves else 0
    if request.method == "POST" and not keeps:
        raise Absent()
    form = CountForm(request.POST if request.POST.get("do") == "count" else None)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            done = _change(request, by, batch, form, left)
        except Problem as told:
            done, problem = False, told
        if done:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("batch", batch))
    context = {
        "name": said.medicine_name(row.medicine),
        "row": row,
        "left": left,
        "expiry": said.EXPIRY[rule.expiry(row.expires_on, today_at(row.site_id))],
        "moves": moves,
        "form": form if keeps else None,
        "problem": problem,
        "back": care_url("stock", row.site_id),
        "op_id": new_op_id(),
    }
    return page(request, "care/batch.html", context, status=422 if problem else None)


def _change(request: HttpRequest, by: Any, batch: UUID, form: CountForm, left: int) -> bool:
    if request.POST.get("do") == "expire":
        expire_stock(by=by, op_id=op_id_of(request), batch=batch)
        return True
    if not form.is_valid():
        return False
    differs = form.cleaned_data["counted"] - left
    try:
        correct_stock(by=by, op_id=op_id_of(request), batch=batch, quantity=differs, why=form.cleaned_data["why"])
    except Problem as problem:
        form.take(problem)
        return False
    return True
