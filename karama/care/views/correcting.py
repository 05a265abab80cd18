"""Visits to the nurse, medicine checks, sessions of physiotherapy: each version to read, correcting the newest."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import route_policy
from karama.care import bodymap
from karama.care import medicalwords as said
from karama.care.access import CODING, GIVE, GIVING_PAGES, MEDICINE_PAGES, TREAT_BODY, TREATING_PAGES
from karama.care.actions import amend_body_session, amend_check, amend_visit, tell_emergency, tell_red_flags
from karama.care.actions.visiting import KIND_OF
from karama.care.correctionforms import BodyCorrectionForm, CheckCorrectionForm, VisitCorrectionForm, body_initial
from karama.care.queries import body as bodies
from karama.care.queries import medicines, step_of_visit, visits
from karama.care.queries.versions import Version, Versions
from karama.care.views import actor_of, called_by, care_url, new_op_id, op_id_of
from karama.care.views.held import step_shown
from karama.care.views.visits import pairs_of
from karama.journal import Actor, Problem
from karama.people.models import Person
from karama.ui.listing import in_a_row
from karama.ui.notices import say, warn
from karama.ui.rendering import KaramaForm, page

GIVERS = ("nurse", "prescriber")


@route_policy(MEDICINE_PAGES)
@require_GET
def visit(request: HttpRequest, nurse_visit: UUID) -> HttpResponse:
    """One visit to the nurse, with what it said before it was corrected."""
    by = actor_of(request)
    found, told = visits.visit_page(by, nurse_visit)
    shown = [(one, one.row.get_kind_display(), pairs_of(one.row, one.fields)) for one in told.all]
    way = f"?visit={told.newest.row.id}"
    step = step_shown(by, found, step_of_visit(told.newest.row.id), way)
    return _read(request, by, found, told, shown, title=_("Visit to the nurse"), name="visit", back="visits", step=step)


@route_policy(MEDICINE_PAGES)
@require_GET
def check(request: HttpRequest, medicine_check: UUID) -> HttpResponse:
    """How somebody did with the medicines, with what it said before it was corrected."""
    by = actor_of(request)
    found, told = medicines.check_page(by, medicine_check)
    shown = [(one, "", check_pairs(one)) for one in told.all]
    return _read(
        request, by, found, told, shown, title=_("How it goes with the medicines"), name="check", back="medicines"
    )


def check_pairs(one: Version[Any]) -> list[tuple[Any, Any]]:
    """What was asked about medicines; None where it was not asked."""
    groups = one.fields.get("side_effects")
    effects = None if groups is None else in_a_row(str(said.GROUPS[each]) for each in groups) or _("None")
    return [
        (_("Side effects"), effects),
        (_("Taken as agreed?"), said.YES_NO.get(one.fields.get("adherent") or "")),
        (_("What is left"), said.LEFT.get(one.fields.get("pills_left") or "")),
    ]


def _read(
    request: HttpRequest, by: Actor, person: Person, told: Versions[Any], shown: list[Any], *,
    title: Any, name: str, back: str, step: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    corrects = by.duty in GIVERS and told.newer is None
    context = {
        "title": title,
        "code": person.code,
        "on": told.newest.row.occurred_on,
        "versions": shown,
        "step": step,
        "op_id": new_op_id(),
        "newer": care_url(name, told.newer) if told.newer else "",
        "amend_url": care_url(f"amend_{name}", told.newest.row.id) if corrects else "",
        "back": care_url(back, person.id),
    }
    return page(request, "care/versions_read.html", context)


@route_policy(GIVING_PAGES)
@require_http_methods(["GET", "POST"])
def amend_a_visit(request: HttpRequest, nurse_visit: UUID) -> HttpResponse:
    """A visit, corrected: it looked like something else, or it was no new one."""
    by = actor_of(request)
    found, told = visits.visit_page(by, nurse_visit, GIVE)
    row, fields = told.newest.row, told.newest.fields
    days = (row.return_on - row.occurred_on).days if row.return_on else None
    initial = {**fields, "kind": row.kind, "return_in": "none" if days is None else str(days)}
    initial["change_step"] = fields.get("change_step") or fields.get("change")
    form = VisitCorrectionForm(request.POST or None, days=days, codes=by.duty in CODING, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = amend_visit(by=by, op_id=op_id_of(request), nurse_visit=nurse_visit, **form.arguments())
        except Problem as problem:
            form.take(problem)
        else:
            return _corrected(request, care_url("visit", made.record or nurse_visit))
    if request.method == "POST":
        _tell_of_emergency(request, by, found.id, form, fields.get("emergency"))
    return _form(request, found, told, form, title=_("Correct a visit"), name="visit")


def _tell_of_emergency(request: HttpRequest, by: Actor, person: UUID, form: KaramaForm, known: Any) -> None:
    """An emergency that is added is told even when something else does not fit."""
    added = form.data.get("emergency", "")
    if added in KIND_OF and added != known:
        tell_emergency(by=by, person=person, emergency=added)
        warn(request, _("It was told to those who answer at this site"))


@route_policy(GIVING_PAGES)
@require_http_methods(["GET", "POST"])
def amend_a_check(request: HttpRequest, medicine_check: UUID) -> HttpResponse:
    """How somebody did with the medicines, corrected."""
    by = actor_of(request)
    found, told = medicines.check_page(by, medicine_check, GIVE)
    fields = told.newest.fields
    effects = fields.get("side_effects")
    initial = {**fields, "side_effects": [] if effects is None else effects or ["no"]}
    form = CheckCorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = amend_check(by=by, op_id=op_id_of(request), medicine_check=medicine_check, **form.arguments())
        except Problem as problem:
            form.take(problem)
        else:
            return _corrected(request, care_url("check", made.record or medicine_check))
    return _form(request, found, told, form, title=_("Correct how the medicines go"), name="check")


def _form(
    request: HttpRequest, person: Person, told: Versions[Any], form: KaramaForm, *, title: Any, name: str
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "code": person.code,
        "newer": care_url(name, told.newer) if told.newer else "",
        "back": care_url(name, told.newest.row.id),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/correct_form.html", context)


@route_policy(TREATING_PAGES)
@require_http_methods(["GET", "POST"])
def amend_a_body_session(request: HttpRequest, body: UUID) -> HttpResponse:
    """A session of physiotherapy, corrected. A new warning sign is told even when something else does not fit."""
    by = actor_of(request)
    found, told = bodies.body_versions(by, body, TREAT_BODY)
    if told.newer is not None and request.method == "GET":
        return HttpResponseRedirect(care_url("body_session", told.newer))
    row, fields = told.newest.row, told.newest.fields
    form = BodyCorrectionForm(
        request.POST or None, activities=bodies.activities_then(by, row), initial=body_initial(fields)
    )
    if request.method == "POST":
        made = _amended(request, by, body, form)
        if made is not None:
            return _corrected(request, care_url("body_session", made))
        if untold := sorted(set(form.flags()) - set(fields.get("flags") or [])):
            tell_red_flags(by=by, person=found.id, flags=untold)
            warn(request, _("A prescriber was told of the warning signs. The rest is not saved yet."))
    context = {
        "form": form,
        "title": _("Correct a session"),
        "back_label": _("Session"),
        "listed": [form[name] for name in BodyCorrectionForm.LIST],
        "others": [one for one in form if one.name not in BodyCorrectionForm.LIST],
        "scales": ["intensity", *(f"rating_{one}" for one in form.rated)],
        "map": bodymap.drawn(fields.get("places") or {}, editable=True),
        "code": found.code,
        "called": called_by(by, found),
        "back": care_url("body_session", body),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/body_session_form.html", context)


def _amended(request: HttpRequest, by: Actor, body: UUID, form: BodyCorrectionForm) -> UUID | None:
    if not form.is_valid():
        return None
    try:
        made = amend_body_session(by=by, op_id=op_id_of(request), body=body, **form.arguments())
    except Problem as problem:
        form.take(problem)
        return None
    return UUID(str(made.record))


def _corrected(request: HttpRequest, url: str) -> HttpResponse:
    say(request, _("Corrected. Both versions are kept."))
    return HttpResponseRedirect(url)
