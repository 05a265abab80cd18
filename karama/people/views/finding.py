"""Lists of people, and search before create."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.journal import Actor, Problem, clock
from karama.people import pages, queries
from karama.people.access import LIST_PAGES, REGISTER_PAGES, REGISTERING, SEARCH_PAGES
from karama.people.forms import CodeForm, NameSearchForm
from karama.people.problems import SearchTooLittle
from karama.people.queries.caseloads import PAGE
from karama.people.searching import search_token
from karama.people.views import actor_of, person_url
from karama.people.views.papers import registered_from
from karama.rules.classes import CARE_DUTIES
from karama.ui.addresses import reverse
from karama.ui.rendering import page

WHOSE = (("mine", _("Mine")), ("unassigned", _("Without a worker")), ("all", _("All at my sites")))
SHORTEST = 2
"""Letters of each name before anybody is searched for while a name is typed."""
LONGEST_NUMBER = 60
OVERSEEING = ("supervisor", "data_protection_officer")
REASONS = {
    "code": _("the code fits"),
    "number": _("the hospital number fits"),
    "same_number": _("the same hospital number"),
    "same_letters": _("the same name"),
    "other_script": _("written in another script"),
    "same_sound": _("sounds the same"),
    "similar_spelling": _("similar spelling"),
    "order_swapped": _("first and last name the other way round"),
    "part_missing": _("one name is missing"),
    "same_year": _("the same birth year"),
    "near_year": _("birth years one apart"),
}


@route_policy(LIST_PAGES)
@require_GET
def caseload(request: HttpRequest) -> HttpResponse:
    """The reader's own people; a supervisor also sees who has no worker, and everybody at her sites."""
    by = actor_of(request)
    views = WHOSE if by.duty == "supervisor" else WHOSE[:1]
    whose = request.GET.get("whose", "mine")
    if whose not in dict(views):
        whose = "mine"
    asked = request.GET.get("from", "")
    start = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
    found = queries.caseload(by, whose=whose, start=start)  # type: ignore[arg-type]  # one of WHOSE, as looked up above
    context = {
        "found": found,
        "lines": [(line, person_url(line.id)) for line in found.lines],
        "tabs": [(label, f"?whose={code}", code == whose) for code, label in views] if len(views) > 1 else [],
        "whose": whose,
        "last": found.start + len(found.lines),
        "previous": max(0, found.start - PAGE) if found.start else None,
        "next": found.start + PAGE if found.start + PAGE < found.total else None,
    }
    return page(request, "people/caseload.html", context)


@route_policy(SEARCH_PAGES)
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Two ways to look: by code, or by names and birth year. Names travel in the body, never in an address."""
    by = actor_of(request)
    way = request.POST.get("way", "")
    code_form = CodeForm(request.POST if way == "code" else None, prefix="c")
    name_form = NameSearchForm(request.POST if way == "name" else None, prefix="n")
    context: dict[str, Any] = {"code_form": code_form, "name_form": name_form, "results": None}
    context["facility_no"] = request.POST.get("facility_no", "").strip()[:LONGEST_NUMBER]
    context["paper"], refused = registered_from(request, by)
    context["refused_sheet"] = request.POST.get("paper", "") if refused else ""
    context["known_url"] = next((answer() for _room, answer in pages.known_paper), "") if context["paper"] else ""
    context["may_register"] = by.duty in REGISTERING
    context["may_break"] = by.duty in CARE_DUTIES
    used = {"code": code_form, "name": name_form}.get(way)
    if used is not None and used.is_valid():
        try:
            if refused is not None:
                raise refused
            results = (
                queries.found_by_code(by, **used.cleaned_data)
                if way == "code"
                else queries.search(by, **used.cleaned_data)
            )
        except Problem as problem:
            if problem.status == 429:
                raise
            used.take(problem)
        else:
            context |= _results(request, results, used.cleaned_data if way == "name" else {})
            context["outside"] = way == "name" and queries.may_exist_outside(by, **used.cleaned_data)
    return page(request, "people/search.html", context)


@route_policy(REGISTER_PAGES)
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """While a name is typed for a registration: people within reach who are alike, each explained. A search like any
    other: cut to the same scope, counted and written down as one. Too little to search by finds nobody.
    """
    by = actor_of(request)
    form = NameSearchForm(request.POST)
    if not form.is_valid() or min(len(form.cleaned_data["first"]), len(form.cleaned_data["last"])) < SHORTEST:
        return HttpResponse(status=204)
    typed = form.cleaned_data
    try:
        found = queries.search(by, **typed)
    except SearchTooLittle:
        return HttpResponse(status=204)
    return page(request, "people/alike.html", {"results": lines_of(by, found, typed["birth_year"])})


def lines_of(by: Actor, found: list[queries.Found], year: int | None = None) -> list[dict[str, Any]]:
    """Each person found, her page where the reader has one, and in words why she was found."""
    lines = []
    for one in found:
        reasons = [*one.reasons]
        if year is not None and one.birth_year is not None:
            reasons.append("same_year" if one.birth_year == year else "near_year")
        why = [REASONS[reason] for reason in reasons if reason in REASONS]
        href = person_url(one.id) if one.mine or by.duty in OVERSEEING else ""
        lines.append({"person": one, "href": href, "why": why})
    return lines


def _results(request: HttpRequest, results: list[queries.Found], typed: dict[str, Any]) -> dict[str, Any]:
    by = actor_of(request)
    lines = lines_of(by, results, typed.get("birth_year"))
    return {
        "results": lines,
        "typed": {name: value for name, value in typed.items() if value},
        "token": search_token(by, clock.now()),
        "register_url": reverse("people:register") if by.duty in REGISTERING else "",
    }
