"""The page of the registers of others: make one for a month, look at it, take it as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import route_policy
from karama.evidence.access import REGISTER_PAGES
from karama.evidence.actions import make_register
from karama.evidence.queries import made_for, programmes_to_read, register_named, register_table, registers_to_fill
from karama.evidence.registers.months import month_of, months_before
from karama.evidence.registers.sheets import FORMS, written
from karama.journal import Actor, Problem
from karama.knowledge.pack_registers import Register
from karama.programme.days import over_in
from karama.programme.models import CountryProgramme
from karama.ui.addresses import reverse
from karama.ui.notices import say
from karama.ui.rendering import page
from karama.ui.requests import actor_of


@route_policy(REGISTER_PAGES)
@require_GET
def registers_index(request: HttpRequest) -> HttpResponse:
    """The programmes whose registers this reader makes; with one programme, its registers at once."""
    found = list(programmes_to_read(actor_of(request)))
    if len(found) == 1:
        return HttpResponseRedirect(reverse("registers", args=[found[0].code]))
    return page(request, "evidence/registers_index.html", {"programmes": found})


@route_policy(REGISTER_PAGES)
@require_http_methods(["GET", "POST"])
def registers(request: HttpRequest, programme: str) -> HttpResponse:
    """The registers of a programme for one month."""
    by = actor_of(request)
    place, found = registers_to_fill(by, programme)
    today = over_in(place.id)
    months = months_before(today)
    month = (request.POST or request.GET).get("month", months[0])[:10]
    problem: Problem | None = None
    if request.method == "POST":
        try:
            _place, chosen = register_named(by, programme, request.POST.get("register", "")[:40])
            make_register(by=by, programme=place.id, code=chosen.code, month=month)
        except Problem as wrong:
            problem = wrong
        else:
            say(request, _("Made. It stays as it is now."))
            return HttpResponseRedirect(f"{reverse('registers', args=[place.code])}?{urlencode({'month': month})}")
    try:
        first = month_of(month, today)[0]
    except Problem as wrong:
        problem, month = wrong, months[0]
        first = month_of(month, today)[0]
    context = {
        "place": place,
        "back": reverse("registers_index") if programmes_to_read(by).count() > 1 else "/",
        "months": months if month in months else [month, *months],
        "month": month,
        "problem": problem,
        "registers": [_drawn(by, place, one, month, made_for(place, one, first) is not None) for one in found],
    }
    return page(request, "evidence/registers.html", context, status=422 if problem else 200)


def _drawn(by: Actor, place: CountryProgramme, one: Register, month: str, made: bool) -> dict[str, Any]:
    """One register as the page shows it: with its table when it was made. A list is never drawn, only taken."""
    shown: dict[str, Any] = {
        "code": one.code,
        "title": one.title((get_language() or "en").split("-")[0]),
        "to": TO[one.to](),
        "is_list": one.kind == "rows",
        "codes": bool(one.codes_because),
        "draft": one.draft,
        "small": one.small + 1,
        "made": made,
        "files": [(form.upper(), reverse("register_file", args=[place.code, one.code, month, form])) for form in FORMS],
    }
    if made:
        headings, *lines = register_table(by, programme=place.code, register=one.code, month=month)
        shown |= {"headings": headings, "lines": [[site, *map(_isolated, cells)] for site, *cells in lines]}
    return shown


def _isolated(cell: str) -> str:
    """A cell such as `<8` that reads the same in a page from right to left."""
    return f"\u2066{cell}\u2069"


TO = {
    "donor": lambda: _("For a donor"),
    "ministry": lambda: _("For a ministry"),
    "coordination": lambda: _("For the coordination of the sector"),
    "partner": lambda: _("For a partner"),
}


@route_policy(REGISTER_PAGES)
@require_GET
def register_file(request: HttpRequest, programme: str, register: str, month: str, form: str) -> HttpResponse:
    """A register of one month as a file; its name says the register and the month, nothing else."""
    if form not in FORMS:
        raise Http404
    table = register_table(actor_of(request), programme=programme, register=register, month=month)
    answer = HttpResponse(written(form, table), content_type=FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{register}-{month}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer
