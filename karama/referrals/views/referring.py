"""Every kind of help for a person on one page; preparing, looking, sending, and the code that goes another way."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karama.accounts.routes import route_policy
from karama.journal import Problem
from karama.people.queries import person_in_reach
from karama.referrals import problems, queries, words
from karama.referrals.access import EMERGENCY, EMERGENCY_PAGES, PAGES, REFER
from karama.referrals.actions import prepare_referral, refer_in_emergency, renew_slip, send_referral
from karama.referrals.actions.emergency import FOR_LIFE
from karama.referrals.forms import EmergencyReferForm, ReferForm
from karama.referrals.fromvisit import FromVisit, from_visit, visit_in
from karama.referrals.queries import PlanLine
from karama.referrals.slips import code_page, slip_page
from karama.referrals.views import (
    actor_of,
    new_op_id,
    op_id_of,
    own_tab,
    person_url,
    referral_url,
    service_choices,
)
from karama.rules.classes import CARE_DUTIES
from karama.rules.referrals import SECTORS
from karama.ui.dates import day
from karama.ui.notices import say
from karama.ui.rendering import page

AGAINST: dict[str, type[Problem]] = {
    one.code: one
    for one in (
        problems.NoPartner, problems.NoAgreement, problems.AtRest, problems.NothingToShare,
        problems.BeyondAgreement, problems.NotAgreed, problems.WordsKept,
    )
}  # fmt: skip
BY_SLIP = {"referrals.no_partner", "referrals.no_agreement", "referrals.nothing_to_share"}
"""Nothing went wrong: a slip that says nothing is the ordinary way, and stands first."""
CODE = re.compile(r"[0-9]{8}")


@route_policy(PAGES)
@require_safe
def of_person(request: HttpRequest, person: UUID) -> HttpResponse:
    """All kinds of help that this reader may open, each with what was done so far."""
    by = actor_of(request)
    shown = queries.plan_of(by, person)
    new = referral_url("new", person)
    sectors = [
        (words.SECTORS[one.sector], [_plan_row(each) for each in one.lines], f"{new}?sector={one.sector}")
        for one in shown.sectors
    ]
    context = {
        "code": shown.code,
        "begun": [one for one in sectors if one[1]],
        "others": [one for one in sectors if not one[1]],
        "tabs": own_tab(by, person),
        "back": person_url(person),
        "new_url": new,
        "in_url": referral_url("receive", person),
        "emergency_url": referral_url("emergency", person) if by.duty in CARE_DUTIES else "",
    }
    return page(request, "referrals/of_person.html", context)


def _plan_row(one: PlanLine) -> dict[str, Any]:
    return {
        "words": one.provider or one.came_from or _("A service that was offered"),
        "href": referral_url("referral", one.referral),
        "badge": words.BADGES[one.state],
        "state": words.STATES[one.state],
        "meta": day(one.on),
    }


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, person: UUID) -> HttpResponse:
    """Prepare a referral. Nothing is sent here."""
    by = actor_of(request)
    file = person_in_reach(by, person, REFER)
    known = from_visit(by, person, visit_in(request))
    sector = known.sector if known else request.GET.get("sector", "")
    lines = queries.services(by, sector=sector if sector in SECTORS else "", programme=file.programme_id)
    if known and not lines:
        lines = queries.services(by, programme=file.programme_id)
    form = ReferForm(
        request.POST or None, services=service_choices(lines), initial={"urgency": known.urgency} if known else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            receipt = prepare_referral(
                by=by, person=person, follows=_uuid(request.POST.get("follows")), op_id=op_id_of(request),
                **form.arguments(),
            )  # fmt: skip
        except Problem as problem:
            form.take(problem)
        else:
            return HttpResponseRedirect(referral_url("send", receipt.record or person) + _back_to(known))
    context = {
        "form": form if lines else None,
        "follows": request.POST.get("follows") or request.GET.get("follows", ""),
        "visit": known.visit if known else "",
        "back": known.url if known else referral_url("of_person", person),
        "services_url": referral_url("services"),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "referrals/new.html", context)


def _back_to(known: FromVisit | None) -> str:
    return f"?visit={known.visit}" if known else ""


def _uuid(value: str | None) -> UUID | None:
    try:
        return UUID(value or "")
    except ValueError:
        return None


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Exactly what would be shared, with whom; then send it, or give a slip. A new slip is made here, too."""
    by = actor_of(request)
    shown = queries.preview(by, referral)
    known = from_visit(by, shown.person, visit_in(request))
    back = known.url if known else referral_url("referral", referral)
    way = request.POST.get("way", "")
    problem: Problem | None = None
    if request.method == "POST" and way in ("packet", "slip"):
        act = send_referral if shown.state == "prepared" else renew_slip
        try:
            receipt = act(by=by, referral=referral, way=way, seen=request.POST.get("seen", ""), op_id=op_id_of(request))
        except Problem as found:
            problem = found
            shown = queries.preview(by, referral)
        else:
            if receipt.value is None:
                say(request, _("This was sent already. Make a new slip if the first one is lost."))
                return HttpResponseRedirect(referral_url("referral", referral))
            return slip_page(request, by, receipt.value, back, known.visit if known else None)
    against = AGAINST[shown.against]() if shown.against else None
    context = {
        "shown": shown,
        "content": words.told(shown.content),
        "refused": [words.CLASSES.get(one, one) for one in shown.refused],
        "problem": problem or (None if shown.against in BY_SLIP else against),
        "by_slip": against if shown.against in BY_SLIP else None,
        "no_agreement": shown.against == "referrals.no_agreement",
        "blocked": bool(shown.against),
        "ask_url": f"{person_url(shown.person, 'consents')}ask/share/"
        if shown.against == "referrals.not_agreed"
        else "",
        "again": shown.state != "prepared",
        "change_url": f"{referral_url('new', shown.person)}?follows={shown.id}" if shown.state == "prepared" else "",
        "visit": known.visit if known else "",
        "back": back,
        "op_id": new_op_id(),
    }
    return page(request, "referrals/send.html", context, status=422 if problem else None)


@route_policy(PAGES)
@require_POST
def code(request: HttpRequest, referral: UUID) -> HttpResponse:
    """The code of a slip that was just made, on a page without its picture. It is kept nowhere, and asked of nobody."""
    by = actor_of(request)
    _row, _task, person = queries.referral_in_reach(by, referral)
    known = from_visit(by, person.id, visit_in(request))
    back, told = known.url if known else referral_url("referral", referral), request.POST.get("code", "")
    return code_page(request, told, back) if CODE.fullmatch(told) else HttpResponseRedirect(back)


@route_policy(EMERGENCY_PAGES)
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest, person: UUID) -> HttpResponse:
    """Life is in danger and nobody can be asked: the minimum, a reason, 24 hours, looked at afterwards."""
    by = actor_of(request)
    file = person_in_reach(by, person, EMERGENCY)
    lines = [one for one in queries.services(by, programme=file.programme_id) if one.sector in FOR_LIFE]
    form = EmergencyReferForm(request.POST or None, services=service_choices(lines))
    if request.method == "POST" and form.is_valid():
        try:
            receipt = refer_in_emergency(by=by, person=person, op_id=op_id_of(request), **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            if receipt.value is None:
                return HttpResponseRedirect(referral_url("of_person", person))
            return slip_page(request, by, receipt.value, referral_url("of_person", person))
    context = {
        "form": form if lines else None,
        "back": referral_url("of_person", person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "referrals/emergency.html", context)
