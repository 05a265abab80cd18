"""Medicines of a person: prescribed, printed, handed out, stopped, asked about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import medicalwords as said
from karama.care.access import GIVE, GIVING_PAGES, MEDICINE_PAGES, PRESCRIBE, PRESCRIBER_PAGES
from karama.care.actions import check_medicines, dispense, prescribe, stop_prescription
from karama.care.medicineforms import CheckForm, HandOutForm, PrescribeForm, StopForm
from karama.care.problems.medical import CautionBlocks
from karama.care.queries import medicines as queries
from karama.care.queries import stock
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url
from karama.care.views.papers import typing_from
from karama.journal import Problem
from karama.people.views.papers import of_paper, paper_context, typed_in
from karama.ui.bidi import isolate_plain
from karama.ui.dates import day
from karama.ui.listing import in_a_row
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(MEDICINE_PAGES)
@require_GET
def medicines(request: HttpRequest, person: UUID) -> HttpResponse:
    """Every medicine of a person, and how they do with them."""
    by = actor_of(request)
    found = queries.person_for(by, person)
    context = {
        "code": found.code,
        "back": person_url(person),
        "lines": [
            (one, said.medicine_name(one.fields.get("medicine", "")), _dose(one), said.STATES[one.state],
             care_url("prescription", one.row.id))
            for one in queries.prescriptions_of(by, person)
        ],
        "checks": [
            (one, _effects(one), said.YES_NO.get(one.fields.get("adherent") or "", ""),
             said.LEFT.get(one.fields.get("pills_left") or "", ""), care_url("check", one.row.id))
            for one in queries.checks_of(by, person)
        ],
        "new_url": care_url("prescribe", person) if by.duty == "prescriber" else "",
        "check_url": care_url("check_medicines", person) if by.duty in ("nurse", "prescriber") else "",
    }  # fmt: skip
    return page(request, "care/medicines.html", context)


def _dose(one: queries.Prescribed) -> Any:
    dose = one.fields.get("dose")
    return said.dose_words(dose) if dose else ""


def _effects(one: queries.Checked) -> Any:
    groups = one.fields.get("side_effects")
    if groups is None:
        return ""
    return in_a_row(str(said.GROUPS[each]) for each in groups) or _("None")


@route_policy(PRESCRIBER_PAGES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, person: UUID) -> HttpResponse:
    """Prescribe; a caution is shown before anything is saved."""
    by = actor_of(request)
    found = queries.person_for(by, person, PRESCRIBE)
    old = _renewed(request, by, person)
    initial: dict[str, Any] = {}
    if old is not None:
        initial = {"medicine_code": old.fields.get("medicine"), **(old.fields.get("dose") or {})}
    paper = typed_in(request, by, "prescription", person, kept=True)
    form = PrescribeForm(request.POST or None, initial=initial)
    typing_from(paper, "prescription", form)
    cautions: list[tuple[Any, bool]] = []
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            told = {"renews": old.row.id if old else None, **sent, **of_paper(paper)}
            made = prescribe(by=by, op_id=op_id_of(request), person=person, **told).value
        except CautionBlocks as problem:
            cautions = [(said.caution_words(sent["medicine_code"], code), True) for code in problem.codes]
            form.take(problem)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("prescription", made.id))
    context = {
        "form": form,
        "cautions": cautions,
        "renews": old.row.id if old else "",
        "code": found.code,
        "back": care_url("medicines", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
        **paper_context(by, person, "prescription", paper),
    }
    return page(request, "care/prescribe.html", context)


def _renewed(request: HttpRequest, by: Any, person: UUID) -> queries.Prescribed | None:
    """The prescription that is to go on, where the address or the form names one of this person."""
    asked = request.POST.get("renews") or request.GET.get("renews") or ""
    return next((one for one in queries.prescriptions_of(by, person) if str(one.row.id) == asked), None)


@route_policy(MEDICINE_PAGES)
@require_GET
def prescription(request: HttpRequest, prescription: UUID) -> HttpResponse:
    """One prescription: to read, to print, to hand out, to stop."""
    return _page(request, prescription)


def _page(
    request: HttpRequest, prescription: UUID, *, stop: StopForm | None = None, hand: HandOutForm | None = None
) -> HttpResponse:
    by = actor_of(request)
    person, one = queries.prescription_page(by, prescription)
    running = one.state in ("running", "due", "lapsed")
    gives = running and by.duty in ("nurse", "prescriber") and queries.may_give(by, person.id)
    atc = one.fields.get("medicine", "")
    told = one.fields.get("told") or {}
    context = {
        "code": person.code,
        "site": person.site.name,
        "one": one,
        "name": said.medicine_name(atc),
        "atc": atc,
        "dose": _dose(one),
        "quantity": (one.fields.get("dose") or {}).get("quantity"),
        "state": said.STATES[one.state],
        "bearing": said.BEARING.get(one.fields.get("bearing") or "", ""),
        "told": [(said.caution_words(atc, code), reason) for code, reason in told.items()],
        "back": care_url("medicines", person.id),
        "hand": (hand or HandOutForm(batches=_batches(by, person.site_id, atc))) if gives else None,
        "batches": _batches(by, person.site_id, atc) if gives else [],
        "stop": (stop or StopForm()) if running and by.duty == "prescriber" else None,
        "hand_url": care_url("hand_out", prescription),
        "stop_url": care_url("stop_prescription", prescription),
        "renew_url": f"{care_url('prescribe', person.id)}?renews={one.row.id}",
        "op_id": new_op_id(),
    }
    return page(request, "care/prescription.html", context)


def _batches(by: Any, site: UUID, atc: str) -> list[tuple[str, str]]:
    told = _("%(number)s, %(left)s left, expires %(day)s")
    return [
        (
            str(one.batch.id),
            told
            % {
                "number": isolate_plain(one.batch.number),
                "left": one.left,
                "day": isolate_plain(day(one.batch.expires_on)),
            },
        )
        for one in stock.batches_for(by, site, atc)
    ]


@route_policy(GIVING_PAGES)
@require_POST
def hand_out(request: HttpRequest, prescription: UUID) -> HttpResponse:
    """A quantity of one batch leaves the stock for a person."""
    by = actor_of(request)
    person, one = queries.prescription_page(by, prescription, GIVE)
    form = HandOutForm(request.POST, batches=_batches(by, person.site_id, one.fields.get("medicine", "")))
    if form.is_valid():
        try:
            dispense(by=by, op_id=op_id_of(request), prescription=prescription, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("prescription", prescription))
    return _page(request, prescription, hand=form)


@route_policy(PRESCRIBER_PAGES)
@require_POST
def stop(request: HttpRequest, prescription: UUID) -> HttpResponse:
    """Stop a medicine and say why."""
    by = actor_of(request)
    queries.prescription_page(by, prescription, PRESCRIBE)
    form = StopForm(request.POST)
    if form.is_valid():
        try:
            stop_prescription(by=by, op_id=op_id_of(request), prescription=prescription, why=form.cleaned_data["why"])
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("prescription", prescription))
    return _page(request, prescription, stop=form)


@route_policy(GIVING_PAGES)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, person: UUID) -> HttpResponse:
    """How a person does with the medicines."""
    by = actor_of(request)
    found = queries.person_for(by, person, GIVE)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_medicines(by=by, op_id=op_id_of(request), person=person, **form.arguments())
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("medicines", person))
    context = {
        "form": form,
        "title": _("How are the medicines?"),
        "code": found.code,
        "back": care_url("medicines", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/medical_form.html", context)
