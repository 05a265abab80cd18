"""The directory of services, and the sharing agreements of the officer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karama.accounts.routes import route_policy
from karama.journal import Actor, Problem
from karama.programme import queries as programmes
from karama.referrals import queries, words
from karama.referrals.access import AGREEMENT_PAGES, DIRECTORY_PAGES, KEEPER_PAGES, KEEPERS
from karama.referrals.actions import close_service, end_agreement, keep_service, record_agreement, verify_service
from karama.referrals.forms import AgreementForm, ServiceForm
from karama.referrals.queries import ServiceLine
from karama.referrals.views import STALE, actor_of, new_op_id, op_id_of, partners, referral_url
from karama.rules.referrals import SECTORS
from karama.ui import locales
from karama.ui.dates import day
from karama.ui.listing import in_a_row
from karama.ui.notices import say
from karama.ui.rendering import page


@route_policy(DIRECTORY_PAGES)
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Services by kind of help; those that nobody asked for a long time are marked."""
    by = actor_of(request)
    sector = request.GET.get("sector", "")
    chosen = sector if sector in SECTORS else ""
    rows = [
        {
            "words": one.provider,
            "href": referral_url("service", one.id),
            "badge": "unknown" if one.stale else "verified",
            "state": STALE if one.stale else day(one.verified_on),
            "meta": " · ".join(str(part) for part in (words.SECTORS[one.sector], one.area) if part),
        }
        for one in queries.services(by, sector=chosen)
    ]
    kinds: list[tuple[Any, str, bool]] = [(_("All"), "?", not chosen)]
    kinds += [(label, f"?sector={code}", code == chosen) for code, label in words.SECTORS.items()]
    new_url = referral_url("new_service") if by.duty in KEEPERS else ""
    context = {"rows": rows, "kinds": kinds, "new_url": new_url, "slip_url": referral_url("slip")}
    return page(request, "referrals/services.html", context)


@route_policy(DIRECTORY_PAGES)
@require_safe
def service(request: HttpRequest, service: UUID) -> HttpResponse:
    """One service, with how to get there."""
    by = actor_of(request)
    shown = queries.service_page(by, service)
    keeps = by.duty in KEEPERS
    context = {
        "shown": shown,
        "pairs": _pairs(shown),
        "edit_url": referral_url("edit_service", service) if keeps else "",
        "verify_url": referral_url("verify_service", service) if keeps else "",
        "close_url": referral_url("close_service", service) if keeps else "",
        "op_id": new_op_id(),
    }
    return page(request, "referrals/service.html", context)


def _pairs(one: ServiceLine) -> list[tuple[Any, Any]]:
    def told(codes: tuple[str, ...], labels: dict[str, Any]) -> str:
        return in_a_row(str(labels.get(code, code)) for code in codes)

    return [
        (_("Kind of help"), words.SECTORS[one.sector]),
        (_("Where, roughly"), one.area),
        (_("Opening hours"), one.hours),
        (_("Cost"), words.COSTS[one.cost]),
        (_("Languages"), in_a_row(str(locales.language(code)) for code in one.languages)),
        (_("Getting in and being understood"), told(one.access, words.ACCESS)),
        (_("Safe for"), told(one.safe_for, words.SAFE_FOR)),
        (_("How to get there and whom to ask for"), one.how),
        (_("Asked there on"), day(one.verified_on) if one.verified_on else ""),
    ]


@route_policy(KEEPER_PAGES)
@require_http_methods(["GET", "POST"])
def new_service(request: HttpRequest) -> HttpResponse:
    """Write a service into the directory."""
    return _edit(request, actor_of(request), None)


@route_policy(KEEPER_PAGES)
@require_http_methods(["GET", "POST"])
def edit_service(request: HttpRequest, service: UUID) -> HttpResponse:
    """Correct a service."""
    by = actor_of(request)
    return _edit(request, by, queries.service_page(by, service))


def _edit(request: HttpRequest, by: Actor, known: ServiceLine | None) -> HttpResponse:
    initial = {} if known is None else _initial(known)
    form = ServiceForm(request.POST or None, initial=initial, programmes=_programmes(by), partners=partners(by))
    if request.method == "POST" and form.is_valid():
        try:
            told = form.arguments() | {"service": known.id if known is not None else None}
            made = keep_service(by=by, op_id=op_id_of(request), **told).record
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(referral_url("service", made) if made else referral_url("services"))
    back = referral_url("services") if known is None else referral_url("service", known.id)
    return page(request, "referrals/edit_service.html", {"form": form, "back": back, "op_id": new_op_id()})


def _initial(one: ServiceLine) -> dict[str, Any]:
    return {
        "programme": str(one.programme),
        "provider": one.provider,
        "sector": one.sector,
        "organisation": str(one.organisation or ""),
        "area": one.area,
        "hours": one.hours,
        "cost": one.cost,
        "languages": ", ".join(one.languages),
        "access": list(one.access),
        "safe_for": list(one.safe_for),
        "how": one.how,
    }


def _programmes(by: Actor) -> list[tuple[str, str]]:
    return [(str(one.id), one.title) for one in programmes.programmes(by) if one.id in by.programmes]


@route_policy(KEEPER_PAGES)
@require_POST
def verify(request: HttpRequest, service: UUID) -> HttpResponse:
    """Somebody asked there today."""
    by = actor_of(request)
    queries.service_page(by, service)
    verify_service(by=by, service=service, op_id=op_id_of(request))
    say(request, _("Saved."))
    return HttpResponseRedirect(referral_url("service", service))


@route_policy(KEEPER_PAGES)
@require_POST
def close(request: HttpRequest, service: UUID) -> HttpResponse:
    """The service is not there any more."""
    by = actor_of(request)
    queries.service_page(by, service)
    close_service(by=by, service=service, op_id=op_id_of(request))
    say(request, _("Taken out of the directory."))
    return HttpResponseRedirect(referral_url("services"))


@route_policy(AGREEMENT_PAGES)
@require_http_methods(["GET", "POST"])
def agreements(request: HttpRequest) -> HttpResponse:
    """Sharing agreements with their last day, and writing one down."""
    by = actor_of(request)
    form = AgreementForm(request.POST or None, programmes=_programmes(by), partners=partners(by))
    if request.method == "POST" and form.is_valid():
        try:
            record_agreement(by=by, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(referral_url("agreements"))
    context = {
        "form": form,
        "lines": [
            {
                "line": one,
                "recipient": words.RECIPIENTS[one.recipient],
                "covers": in_a_row(str(words.CLASSES.get(each, each)) for each in one.classes),
                "state": words.AGREEMENTS[one.state][0],
                "badge": words.AGREEMENTS[one.state][1],
                "end_url": referral_url("end_agreement", one.id) if one.state in ("in_force", "ends_soon") else "",
            }
            for one in queries.agreements(by)
        ],
        "op_id": new_op_id(),
    }
    return page(request, "referrals/agreements.html", context)


@route_policy(AGREEMENT_PAGES)
@require_POST
def end(request: HttpRequest, agreement: UUID) -> HttpResponse:
    """End an agreement today."""
    end_agreement(by=actor_of(request), agreement=agreement, op_id=op_id_of(request))
    say(request, _("Ended. Nothing is shared on it any more."))
    return HttpResponseRedirect(referral_url("agreements"))
