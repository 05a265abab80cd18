"""The nurse's visit: an emergency first, then what is seen; and the register of a month."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karama.accounts.routes import route_policy
from karama.care import medicalwords as said
from karama.care.access import CODING, GIVE, GIVING_PAGES, MEDICINE_PAGES, STOCK_PAGES
from karama.care.actions import keep_visit_draft, record_visit, tell_emergency
from karama.care.actions.visiting import KIND_OF, REFERRED
from karama.care.bodyforms import FollowUpForm, NewVisitForm, SevenStepsForm
from karama.care.models import NurseVisit
from karama.care.queries import medicines, sites_to_meet_at
from karama.care.queries import visits as queries
from karama.care.queries.missed import missed_in
from karama.care.queries.stock import site_for
from karama.care.views import actor_of, called_by, care_url, new_op_id, op_id_of, person_url
from karama.care.views.papers import emergencies_of, typing_from
from karama.journal import Problem
from karama.people.views.papers import address_of, of_paper, paper_context, typed_in
from karama.programme.days import today_at
from karama.rules import icd11
from karama.rules.risk import WORRIES
from karama.safety.words import FIRST_STEPS
from karama.ui.dates import about
from karama.ui.listing import in_a_row
from karama.ui.notices import say
from karama.ui.rendering import page

KEPT = ("seen", "physical_ruled_out", "pregnant", "category", "certainty", "icd", "done", "return_in")


@route_policy(MEDICINE_PAGES)
@require_GET
def visits(request: HttpRequest, person: UUID) -> HttpResponse:
    """The visits of a person, the newest first."""
    by = actor_of(request)
    found = medicines.person_for(by, person)
    shown = queries.visits_of(by, person)
    gives = by.duty in ("nurse", "prescriber")
    context = {
        "code": found.code,
        "back": person_url(person),
        "visits": [
            (one, one.row.get_kind_display(), pairs_of(one.row, one.fields), care_url("visit", one.row.id))
            for one in shown
        ],
        "new_url": care_url("new_visit", person) if gives else "",
        "follow_url": care_url("follow_up", person) if gives and shown else "",
        "missed_url": care_url("missed", person) if gives and shown else "",
    }
    return page(request, "care/visits.html", context)


def pairs_of(row: NurseVisit, fields: dict[str, Any]) -> list[tuple[Any, Any]]:
    """What a visit says, as far as the reader opens it."""
    told: list[tuple[Any, Any]] = [(_("Emergency"), said.EMERGENCIES.get(fields.get("emergency") or "", ""))]
    if row.kind == "new":
        told += [
            (_("What do you see or hear?"), said.words_of("presentations", fields.get("seen"))),
            (_("Is a cause in the body ruled out?"), said.PHYSICAL.get(fields.get("physical_ruled_out") or "", "")),
            (_("Pregnant?"), said.PREGNANT.get(fields.get("pregnant") or "", "")),
            (_("For now, this looks like"), said.words_of("mns", [fields.get("category") or ""]).strip()),
            (_("How certain"), said.CERTAINTY.get(fields.get("certainty") or "", "")),
        ]
        if fields.get("icd"):
            told.append((_("ICD-11 code"), said.icd_words(fields["icd"])))
    else:
        told.append((_("Since the last visit"), said.change_words(fields)))
    if row.kind == "new" or fields.get("done"):
        told.append((_("What I did"), in_a_row(str(said.DONE[each]) for each in fields.get("done") or [])))
    told.append((_("Comes again"), row.return_on))
    return told if fields.get("emergency") not in (None, "none") else told[1:]


EMERGENCY = "emergency"
"""Under this name the draft keeps what was said first: sealed, never in an address."""


@route_policy(GIVING_PAGES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, person: UUID) -> HttpResponse:
    """First: is it an emergency now? One tap; a yes is told before anything else is asked."""
    by = actor_of(request)
    found = medicines.person_for(by, person, GIVE)
    paper = typed_in(request, by, "visit", person)
    if request.method == "POST":
        chosen = request.POST.get("emergency", "")
        if chosen in KIND_OF:
            tell_emergency(by=by, op_id=op_id_of(request), person=person, emergency=chosen)
        if chosen in (*KIND_OF, "none"):
            keep_visit_draft(by=by, person=person, chosen=queries.draft_visit(by, person) | {EMERGENCY: [chosen]})
            return HttpResponseRedirect(care_url("visit_form", person) + address_of(paper))
    context = {
        **paper_context(by, person, "visit", paper),
        "code": found.code,
        "called": called_by(by, found),
        "back": care_url("visits", person),
        "emergencies": emergencies_of(paper),
        "op_id": new_op_id(),
    }
    return page(request, "care/visit_emergency.html", context)


@route_policy(GIVING_PAGES)
@require_http_methods(["GET", "POST"])
def visit_form(request: HttpRequest, person: UUID) -> HttpResponse:
    """What is seen, what it looks like, what was done; after an emergency what to do now stands first."""
    by = actor_of(request)
    found = medicines.person_for(by, person, GIVE)
    kept = queries.draft_visit(by, person)
    emergency = kept.pop(EMERGENCY, [""])[0]
    paper = typed_in(request, by, "visit", person, kept=True)
    form = NewVisitForm(request.POST or None, codes=by.duty in CODING and paper is None, initial=_drafted(kept))
    typing_from(paper, "visit", form)
    if request.method == "POST" and form.is_valid():
        try:
            made = record_visit(
                by=by, op_id=op_id_of(request), person=person, kind="new", emergency=emergency, **form.arguments(),
                **of_paper(paper),
            )  # fmt: skip
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(_after_saving(person, made.record, form.cleaned_data["done"]))
    steps = FIRST_STEPS[WORRIES[KIND_OF[emergency]].first_step] if emergency in KIND_OF else ()
    context = {
        "form": form,
        "paper": paper,
        "steps": steps,
        "emergency": said.EMERGENCIES.get(emergency, ""),
        "code": found.code,
        "called": called_by(by, found),
        "back": care_url("new_visit", person),
        "draft_url": care_url("draft_visit", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/visit_form.html", context)


def _after_saving(person: UUID, visit: UUID | None, done: list[str]) -> str:
    """To the visit when it left a referral to prepare, else to the visits."""
    return care_url("visit", visit) if visit is not None and REFERRED in done else care_url("visits", person)


def _drafted(kept: dict[str, list[str]]) -> dict[str, Any]:
    several = ("seen", "done")
    return {name: values if name in several else values[0] for name, values in kept.items() if values}


@route_policy(GIVING_PAGES)
@require_POST
def draft(request: HttpRequest, person: UUID) -> HttpResponse:
    """What is tapped, sent by the page itself: kept as a draft, counted nowhere."""
    by = actor_of(request)
    medicines.person_for(by, person, GIVE)
    chosen = {name: values for name in KEPT if (values := [one for one in request.POST.getlist(name) if one])}
    if "icd" in chosen:
        chosen["icd"] = [code for one in chosen["icd"] if (code := icd11.plain(one))]
    if chosen:
        first = {name: values for name, values in queries.draft_visit(by, person).items() if name == EMERGENCY}
        keep_visit_draft(by=by, person=person, chosen=chosen | first)
    return JsonResponse({"kept": bool(chosen)})


@route_policy(GIVING_PAGES)
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, person: UUID) -> HttpResponse:
    """A follow-up: better or worse, side effects, what is left, next day."""
    by = actor_of(request)
    found = medicines.person_for(by, person, GIVE)
    paper = typed_in(request, by, "follow_up", person, kept=True)
    form = (SevenStepsForm if paper is None else FollowUpForm)(request.POST or None)
    typing_from(paper, "follow_up", form)
    if request.method == "POST" and form.is_valid():
        try:
            told = form.arguments() | of_paper(paper)
            record_visit(by=by, op_id=op_id_of(request), person=person, kind="follow_up", **told)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(care_url("visits", person))
    context = {
        "form": form,
        "title": _("Follow-up visit"),
        **paper_context(by, person, "follow_up", paper),
        "code": found.code,
        "called": called_by(by, found),
        "back": care_url("visits", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "care/medical_form.html", context)


@route_policy(STOCK_PAGES)
@require_GET
def registers(request: HttpRequest) -> HttpResponse:
    """The register of the reader's site; of several sites, which of them."""
    sites = sites_to_meet_at(actor_of(request))
    if len(sites) == 1:
        return HttpResponseRedirect(care_url("register", sites[0][0]))
    context = {"sites": [(name, care_url("register", site)) for site, name in sites]}
    return page(request, "care/visit_registers.html", context)


@route_policy(STOCK_PAGES)
@require_GET
def register(request: HttpRequest, site: UUID) -> HttpResponse:
    """The register of a month, line by line, and the tally that comes from the same lines."""
    by = actor_of(request)
    found = site_for(by, site)
    month = _month(request, site)
    shown = queries.register_of(by, site, month)
    before = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    context = {
        "site": found.name,
        "month": about(month, "month"),
        "before": f"{care_url('register', site)}?month={before:%Y-%m}",
        "tally": [(_category(code), new, more) for code, new, more in shown.tally],
        "mine": queries.identified_by(by, site, month),
        "missed": [(_reason(code), count) for code, count in missed_in(by, site, month)],
        "lines": [
            (one.row, one.row.person.code, one.row.get_kind_display(), _category(code)) for one, code in shown.lines
        ],
    }
    return page(request, "care/visit_register.html", context)


def _reason(code: str) -> Any:
    return said.word("missed_visit", code) if code else pgettext("why somebody did not come", "Not written down")


def _category(code: str) -> Any:
    return said.word("mns", code) if code else _("not known")


def _month(request: HttpRequest, site: UUID) -> date:
    """The month in the address; this one when it is none, or so far away that nobody was there."""
    try:
        found = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        found = date.min
    return found if 2000 <= found.year <= 2200 else today_at(site).replace(day=1)
