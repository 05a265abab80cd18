"""Emergency: a few fields of a record for somebody who has no part in it, and the officer's review."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from karama.accounts.routes import route_policy
from karama.journal import Absent, Problem, clock
from karama.people import hours, queries
from karama.people.access import EMERGENCY_PAGES, GLASS_PAGES
from karama.people.actions import break_glass, check_emergency, review_glass
from karama.people.forms import EmergencyForm, VerdictForm
from karama.people.models import BreakGlass
from karama.people.models.contact import Channel
from karama.people.models.person import AgeBand
from karama.people.problems import NobodyFound
from karama.people.reviewing import WITHIN
from karama.people.views import actor_of, new_op_id, op_id_of
from karama.ui.addresses import reverse
from karama.ui.dates import moment
from karama.ui.listing import in_a_row
from karama.ui.locales import language
from karama.ui.notices import say
from karama.ui.rendering import page
from karama.ui.requests import page_of

OFFICER: Final = "data_protection_officer"


@route_policy(EMERGENCY_PAGES)
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """Who it is, exactly, and why. Whoever is not found, is hidden from the asker or does not exist: one answer."""
    by = actor_of(request)
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            check_emergency(by, reason)
            person = queries.find_in_emergency(by, **form.who())
            receipt = break_glass(by=by, op_id=op_id_of(request), person=person, reason=reason)
        except Absent:
            form.take(NobodyFound())
        except Problem as problem:
            form.take(problem)
        else:
            return HttpResponseRedirect(reverse("people:opened", args=[receipt.record]))
    context = {"form": form, "op_id": request.POST.get("op_id") or new_op_id()}
    return page(request, "people/emergency.html", context)


@route_policy(EMERGENCY_PAGES)
@require_safe
def opened(request: HttpRequest, glass: UUID) -> HttpResponse:
    """The few fields, while they are open."""
    found = queries.opened_in_emergency(actor_of(request), glass)
    contact = found.contact
    pairs = [
        (_("What to call the person"), found.called),
        (_("Site"), found.site),
        (_("Age"), dict(AgeBand.choices).get(found.age_band)),
        (_("Languages"), in_a_row(str(language(one)) for one in found.languages)),
        (_("Agreed way"), dict(Channel.choices).get(contact.get("channel", ""), "")),
        (_("Number, or who is in between"), contact.get("address")),
        (_("Safe hours"), hours.said(contact.get("safe_hours"))),
        (_("Words to use"), contact.get("phrase")),
        (_("Works with this person"), in_a_row(found.workers)),
    ]
    context = {"found": found, "pairs": pairs, "until": moment(found.glass.until)}
    return page(request, "people/opened.html", context)


@route_policy(GLASS_PAGES)
@require_safe
def to_review(request: HttpRequest) -> HttpResponse:
    """What was opened in an emergency and nobody has reviewed yet, the oldest first."""
    by = actor_of(request)
    part = page_of(request, queries.to_review(by))
    rows = [
        (one.person.code if by.duty == OFFICER else "", moment(one.recorded_at), _review_url(one.id), _grade(one))
        for one in part.object_list
    ]
    context = {"rows": rows, "page_obj": part, "overdue": queries.overdue(by), "officer": by.duty == OFFICER}
    return page(request, "people/emergencies.html", context)


def _grade(one: BreakGlass) -> str:
    return "now" if clock.now() - one.recorded_at > WITHIN else "open"


def _review_url(glass: UUID) -> str:
    return reverse("people:review_emergency", args=[glass])


@route_policy(GLASS_PAGES)
@require_http_methods(["GET", "POST"])
def review_emergency(request: HttpRequest, glass: UUID) -> HttpResponse:
    """Who, when, why, what was read since: right, to be talked about, or not right. Then the next one, if one waits."""
    by = actor_of(request)
    found = queries.review_page(by, glass)
    form = VerdictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            review_glass(by=by, op_id=op_id_of(request), glass=glass, **form.cleaned_data)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Reviewed. The colleague is told gently."))
            following = queries.to_review(by)
            return HttpResponseRedirect(_review_url(following[0].id) if following else reverse("people:emergencies"))
    officer = by.duty == OFFICER
    context = {
        "found": found,
        "pairs": _pairs(found, officer),
        "seen": [(moment(at), what) for at, what in found.seen],
        "form": form,
        "op_id": new_op_id(),
        "officer": officer,
        "more": len([one for one in queries.to_review(by) if one.id != glass]),
    }
    return page(request, "people/review_emergency.html", context)


def _pairs(found: queries.ToReview, officer: bool) -> list[tuple[Any, Any]]:
    told: list[tuple[Any, Any]] = [(_("Opened by"), found.who), (_("When"), moment(found.glass.recorded_at))]
    return [*told, (_("Why"), found.reason)] if officer else told
