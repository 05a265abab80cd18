"""Forms on paper as they are printed: blank or for a person, each sheet under a number of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from karama.accounts.routes import route_policy
from karama.care import papers
from karama.care.access import PAPER_PAGES
from karama.care.paperkinds import KINDS
from karama.care.papers import Printed
from karama.care.papershapes import Kind
from karama.care.queries.papers import person_to_print
from karama.care.views import actor_of, care_url, new_op_id, number_in, person_url
from karama.journal import Absent, Actor
from karama.people.queries import sites_of
from karama.programme.models import Site
from karama.rules import papers as rule
from karama.rules.signs import ALPHABET
from karama.safety.queries import emergency_at
from karama.security import randomness
from karama.ui.rendering import page
from karama.ui.scan import picture

MOST_COPIES: Final = 20


@dataclass(frozen=True)
class Sheet:
    """One printed sheet: its number, and the number as a picture."""

    number: str
    picture: SafeString


@route_policy(PAPER_PAGES)
@require_GET
def print_blank(request: HttpRequest, sheet: str) -> HttpResponse:
    """A blank form, as often as is asked for, each under a number of its own; the code of the person is left open."""
    by = actor_of(request)
    kind, places = _kind(by, sheet), sites_of(by)
    if not places:
        raise Absent()
    copies = max(1, min(number_in(request, "copies") or 1, MOST_COPIES))
    part = _part(request, kind)
    return _sheets(request, sheet, kind, places[0], [new_sheet(sheet) for _one in range(copies)], part=part)


@route_policy(PAPER_PAGES)
@require_GET
def print_for(request: HttpRequest, person: UUID, sheet: str) -> HttpResponse:
    """A form for one person: her code stands on it, and nothing else about her."""
    by = actor_of(request)
    kind = _kind(by, sheet)
    found, activities = person_to_print(by, person, sheet)
    return _sheets(
        request, sheet, kind, found.site, [new_sheet(sheet)], found.code, activities, person, _part(request, kind)
    )


@route_policy(PAPER_PAGES)
@require_GET
def print_key(request: HttpRequest, sheet: str) -> HttpResponse:
    """What the marks of a form mean: a sheet that stays in the room."""
    by = actor_of(request)
    kind, places = _kind(by, sheet, key=True), sites_of(by)
    if not places:
        raise Absent()
    with translation.override(_language(request)):
        context = _frame(request, sheet, kind, papers.printed(sheet, places[0], part=_part(request, kind)))
        return page(request, "care/paper_key.html", context | {"back": care_url("type_in")})


def _sheets(
    request: HttpRequest,
    form: str,
    kind: Kind,
    site: Site,
    sheets: list[Sheet],
    code: str = "",
    activities: int | None = None,
    person: UUID | None = None,
    part: str = "",
) -> HttpResponse:
    with translation.override(_language(request)):
        made = papers.printed(form, site, part=part, activities=papers.activities_shown(activities))
        if not made.asked:
            raise Absent()
        context = _frame(request, form, kind, made) | {
            "sheets": sheets,
            "code": code,
            "emergency": replace(emergency_at(site.id), service=""),
            "map": papers.blank_body() if made.drawing else "",
            "back": person_url(person) if person else care_url("type_in"),
            "key_url": care_url("print_key", form) + (f"?part={part}" if part else ""),
            **told_printed(person),
        }
        return page(request, "care/paper_form.html", context)


def told_printed(person: UUID | None) -> dict[str, Any]:
    """For a page of sheets, which says by itself that they were printed, and for whom."""
    return {"printed_url": care_url("printed"), "printed_for": person or "", "op_id": new_op_id()}


def _part(request: HttpRequest, kind: Kind) -> str:
    """Which sheet of a form is meant, where it has several; empty where it has one. Raises `Absent` for any other."""
    if kind.parts is None:
        return ""
    part = request.GET.get("part", "")
    if part not in dict(kind.parts()):
        raise Absent()
    return part


def _frame(request: HttpRequest, form: str, kind: Kind, made: Printed) -> dict[str, Any]:
    mark = next(letter for letter, one in rule.FORMS.items() if one == form)
    copies = number_in(request, "copies")
    part = request.GET.get("part", "") if kind.parts is not None else ""
    more = (f"&copies={copies}" if copies else "") + (f"&part={part}" if part else "")
    return {
        "kind": kind,
        "form": made,
        "mark": f"{mark}{rule.VERSIONS[form]}",
        "languages": [(name, f"?language={code}{more}", code) for code, name in settings.LANGUAGES],
        "language": translation.get_language(),
        "scale": range(11),
    }


def _kind(by: Actor, form: str, *, key: bool = False) -> Kind:
    kind = KINDS.get(form)
    if kind is None or by.duty not in kind.duties or (kind.own_page and not key):
        raise Absent()
    return kind


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "en"


def new_sheet(form: str) -> Sheet:
    """A sheet under a number that no other has."""
    number = new_number(form)
    return Sheet(number, picture(number))


def new_number(form: str) -> str:
    """A number that no other sheet has."""
    return rule.number(form, randomness.code(rule.RANDOM_LENGTH, ALPHABET))
