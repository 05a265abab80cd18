"""Every kind of help for a person on one page; preparing, looking, sending; what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from karama.accounts.routes import route_policy
from karama.journal import Problem
from karama.people.queries import person_in_reach
from karama.referrals import problems, queries, words
from karama.referrals.access import EMERGENCY, EMERGENCY_PAGES, PAGES, REFER
from karama.referrals.actions import (
    prepare_referral,
    record_step,
    refer_in_emergency,
    renew_slip,
    send_referral,
)
from karama.referrals.actions.emergency import FOR_LIFE
from karama.referrals.forms import EmergencyReferForm, ReferForm, StepForm
from karama.referrals.queries import PlanLine, ReferralPage, StepShown
from karama.referrals.slips import slip_page
from karama.referrals.views import (
    actor_of,
    new_op_id,
    op_id_of,
    own_tab,
    person_url,
    referral_url,
    service_choices,
)
from karama.rules import referrals as law
from karama.rules.classes import CARE_DUTIES
from karama.rules.referrals import SECTORS
from karama.ui.dates import day
from karama.ui.notices import say
from karama.ui.rendering import page

AGAINST: dict[str, type[Problem]] = {
    one.code: one
    for one in (
        problems.NoPartner, problems.NoAgreement, problems.AtRest, problems.NothingToShare,
        problems.BeyondAgreement, problems.NotAgreed,
    )
}  # fmt: skip
BY_BUTTON = ("prepared", "sent", "stopped")
"""Steps that other buttons make."""


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
        "words": one.provider or one.came_from,
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
    sector = request.GET.get("sector", "")
    lines = queries.services(by, sector=sector if sector in SECTORS else "", programme=file.programme_id)
    form = ReferForm(request.POST or None, services=service_choices(lines))
    if request.method == "POST" and form.is_valid():
        try:
            receipt = prepare_referral(
                by=by, person=person, follows=_uuid(request.POST.get("follows")), op_id=op_id_of(request),
                **form.arguments(),
            )  # fmt: skip
        except Problem as problem:
            form.take(problem)
        else:
            return HttpResponseRedirect(referral_url("send", receipt.record or person))
    context = {
        "form": form if lines else None,
        "follows": request.POST.get("follows") or request.GET.get("follows", ""),
        "back": referral_url("of_person", person),
        "services_url": referral_url("services"),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "referrals/new.html", context)


def _uuid(value: str | None) -> UUID | None:
    try:
        return UUID(value or "")
    except ValueError:
        return None


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def referral(request: HttpRequest, referral: UUID) -> HttpResponse:
    """One referral: where it stands, what is known of the arrival, what to do now, and writing down what happened."""
    by = actor_of(request)
    shown = queries.referral_page(by, referral)
    steps = [one for one in shown.following if one not in BY_BUTTON]
    if shown.direction == "in" and "accepted" in steps:
        steps.remove("accepted")
    form = StepForm(request.POST or None, following=steps) if steps else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            record_step(by=by, referral=referral, op_id=op_id_of(request), **form.arguments())
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(referral_url("referral", referral))
    incoming = shown.direction == "in"
    context = {
        "shown": shown,
        "badge": words.BADGES[shown.state],
        "state": words.STATES[shown.state],
        "pairs": _pairs(shown),
        "steps": [_step(one) for one in shown.steps],
        "feedback": [(words_of_toward(toward), at, told) for toward, at, told in shown.feedback],
        "now": words.NOW.get(shown.stored) or words.NOW.get(shown.state, ""),
        "form": form,
        "accept_url": referral_url("accept", referral) if incoming and "accepted" in shown.following else "",
        "send_url": referral_url("send", referral) if _may_send(shown) else "",
        "again_url": _again(shown),
        "feedback_url": referral_url("feedback", referral) if shown.stored != "prepared" else "",
        "back": referral_url("of_person", shown.person),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "referrals/referral.html", context)


def words_of_toward(toward: str) -> Any:
    """Which way something was told back."""
    return _("Told to us") if toward == "us" else _("Told to whoever referred")


def _may_send(shown: ReferralPage) -> bool:
    """Whether it can be sent, or a new slip be made, where it stands now."""
    return shown.direction == "out" and not shown.emergency and not law.has_ended(shown.stored)


def _again(shown: ReferralPage) -> str:
    if shown.direction == "in" or shown.stored not in ("declined", "not_arrived", "stopped"):
        return ""
    return f"{referral_url('new', shown.person)}?sector={shown.sector}&follows={shown.id}"


def _pairs(shown: ReferralPage) -> list[tuple[Any, Any]]:
    told: list[tuple[Any, Any]] = [
        (_("Kind of help"), words.SECTORS.get(shown.sector, "")),
        (_("How soon?"), words.URGENCIES[shown.urgency]),
        (_("Arrival"), words.ARRIVALS[shown.arrival]),
    ]
    if shown.direction == "in":
        told += [(_("Who refers?"), shown.came_from), (_("How did it come?"), words.CAME_BY.get(shown.by_way, ""))]
    else:
        told += [(_("Service"), shown.provider), (_("Can be opened by whoever receives"), _packet(shown))]
    told += [(_("Why"), shown.reason), (_("Who carries it"), shown.worker)]
    return [*told, (_("Somebody asks on"), day(shown.ask_on))] if shown.ask_on else told


def _packet(shown: ReferralPage) -> Any:
    packet = shown.packet
    if packet is None:
        return _("Nothing was sent")
    if packet.closed_at is not None:
        return _("closed: %(why)s") % {"why": words.CLOSED[packet.closed_why]}
    told = _("until %(day)s, opened on %(opened)s") if packet.opened_at else _("until %(day)s, not opened yet")
    return told % {"day": day(packet.expires_at), "opened": day(packet.opened_at)}


def _step(one: StepShown) -> dict[str, Any]:
    told = [
        words.WAYS.get(one.way, ""), words.SOURCES.get(one.source, ""), words.BARRIERS.get(one.barrier, ""),
        day(one.scheduled_on) if one.scheduled_on else "", one.words,
    ]  # fmt: skip
    return {
        "title": words.STATES[one.state],
        "at": one.at,
        "by": _("Whoever received it") if one.by_receiver else one.who,
        "text": " · ".join(str(part) for part in told if part),
        "state": "done",
    }


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Exactly what would be shared, with whom; then send it, or give a slip. A new slip is made here, too."""
    by = actor_of(request)
    shown = queries.preview(by, referral)
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
            return slip_page(request, by, receipt.value, referral_url("referral", referral))
    against = AGAINST[shown.against]() if shown.against else None
    context = {
        "shown": shown,
        "content": words.told(shown.content),
        "refused": [words.CLASSES.get(one, one) for one in shown.refused],
        "problem": problem or against,
        "blocked": bool(shown.against),
        "ask_url": f"{person_url(shown.person, 'consents')}ask/share/"
        if shown.against == "referrals.not_agreed"
        else "",
        "again": shown.state != "prepared",
        "change_url": f"{referral_url('new', shown.person)}?follows={shown.id}" if shown.state == "prepared" else "",
        "back": referral_url("referral", referral),
        "op_id": new_op_id(),
    }
    return page(request, "referrals/send.html", context, status=422 if problem else None)


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
