"""The first contact by code: five taps until there is a code, then consent, and the short conversation.

What was tapped travels in the form until the person is registered; nothing is asked that could tell who it is.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.care.access import PAGES
from karama.care.actions import answer_group
from karama.care.queries import talking as queries
from karama.care.views import actor_of, care_url, new_op_id, op_id_of, person_url
from karama.journal import Absent, Actor, Problem, clock
from karama.people import words as told
from karama.people.actions import record_consent, register_person
from karama.people.models.consent import Explained
from karama.people.models.person import AgeBand, Gender
from karama.people.queries import find
from karama.people.searching import search_token
from karama.people.wordings import PURPOSES
from karama.programme.models import Site
from karama.ui.addresses import reverse
from karama.ui.rendering import page

STEPS: Final = ("limits", "before", "age_band", "gender")
CARRIED: Final = ("op_id", "site", *STEPS)
PURPOSES_ASKED: Final = ("care", "report")
BEFORE: Final = ("first_time", "not_asked")
EXPLAINED: Final = [choice for choice in Explained.choices if choice[0] != "postponed"]
ALLOWED: Final[dict[str, frozenset[str]]] = {
    "limits": frozenset(code for code, _label in EXPLAINED),
    "before": frozenset(BEFORE),
    "age_band": frozenset(AgeBand.values),
    "gender": frozenset(Gender.values),
}


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """A code that is known leads to its conversation; otherwise four questions, and there is a code."""
    by = actor_of(request)
    sites = list(Site.objects.filter(pk__in=by.sites, closed_on__isnull=True).order_by("name"))
    problem: Problem | None = None
    if request.method == "POST" and "known" in request.POST:
        try:
            return _known(by, request.POST["known"][:40])
        except Problem as caught:
            if caught.status == 429:
                raise
            problem = caught
    entered = _entered(request, sites)
    step = next((one for one in STEPS if one not in entered), "")
    if request.method == "POST" and not step and problem is None:
        made = _register(request, by, entered)
        return HttpResponseRedirect(care_url("group", made))
    return page(request, "care/first_contact.html", _shown(entered, step or "limits", sites, problem))


def _entered(request: HttpRequest, sites: list[Site]) -> dict[str, str]:
    """What was tapped so far; an answer that is none is not taken."""
    entered = {name: request.POST[name][:60] for name in CARRIED if request.POST.get(name)}
    for name, allowed in ALLOWED.items():
        if entered.get(name) not in allowed:
            entered.pop(name, None)
    if entered.get("site") not in {str(one.pk) for one in sites}:
        entered["site"] = str(sites[0].pk) if sites else ""
    entered.setdefault("op_id", new_op_id())
    return entered


def _known(by: Actor, code: str) -> HttpResponse:
    """The person with this code, where this worker may talk with her. Raises a Problem: check the code."""
    person = find(by, code=code)
    queries.talk_person(by, person)
    return HttpResponseRedirect(care_url("talk", person))


def _register(request: HttpRequest, by: Actor, entered: dict[str, str]) -> UUID:
    limits = told.limits_of(next(iter(by.programmes))) if by.programmes else told.NOTHING
    receipt = register_person(
        by=by,
        op_id=op_id_of(request),
        site=UUID(entered["site"]),
        identity_mode="coded",
        searched=search_token(by, clock.now()),
        age_band=entered["age_band"],
        gender=entered["gender"],
        limits=entered["limits"],
        limits_version=limits.version,
        limits_language=limits.language,
        limits_digest=limits.digest,
        before=entered["before"],
    )
    if receipt.record is None:
        raise Absent()
    return receipt.record


def _shown(entered: dict[str, str], step: str, sites: list[Site], problem: Problem | None) -> dict[str, Any]:
    place = next((one for one in sites if str(one.pk) == entered["site"]), None)
    quiet_ages = [choice for choice in AgeBand.choices if choice[0] == "unknown"]
    plain = ("woman", "man")
    return {
        "step": step,
        "number": STEPS.index(step) + 1,
        "total": len(STEPS),
        "problem": problem,
        "carried": [(name, value) for name, value in entered.items() if name != step],
        "limits": told.limits_of(place.programme_id) if place else told.NOTHING,
        "explained": EXPLAINED,
        "befores": [("first_time", _("No, never"))],
        "before_quiet": [("not_asked", _("It cannot be asked now"))],
        "ages": [choice for choice in AgeBand.choices if choice[0] != "unknown"],
        "age_quiet": quiet_ages,
        "genders": [choice for choice in Gender.choices if choice[0] in plain],
        "gender_quiet": [choice for choice in Gender.choices if choice[0] not in plain],
        "lost_url": reverse("people:lost"),
    }


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, person: UUID) -> HttpResponse:
    """To which group does she say she belongs? Asked of adults only; one tap, and skipping is one of the answers."""
    by = actor_of(request)
    found, groups = queries.group_question(by, person)
    if not groups:
        return HttpResponseRedirect(care_url("agree", person))
    if request.method == "POST":
        chosen = [one for one in request.POST.getlist("group") if one in dict(groups)]
        answer_group(by=by, op_id=op_id_of(request), person=person, groups=chosen)
        return HttpResponseRedirect(care_url("agree", person))
    context = {"code": found.code, "groups": groups, "skip": [("skipped", _("Skip, or prefers not to say"))]}
    return page(request, "care/group.html", context | {"op_id": new_op_id(), "back": person_url(person)})


@route_policy(PAGES)
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, person: UUID) -> HttpResponse:
    """The card with the code, and two questions of consent, read aloud, one tap each. A no changes no service."""
    by = actor_of(request)
    found, _groups = queries.group_question(by, person)
    minor = queries.is_child(found)
    if minor and request.method != "POST":
        context = {"code": found.code, "minor": True, "talk_url": care_url("talk", person)}
        context |= {"cards_url": person_url(person, "cards"), "back": person_url(person)}
        return page(request, "care/agree.html", context)
    done: list[str] = [one for one in PURPOSES_ASKED if one in request.POST.getlist("done")]
    purpose, problem = request.POST.get("purpose", ""), None
    if (
        request.method == "POST"
        and purpose in PURPOSES_ASKED
        and request.POST.get("decision") in ("yes", "no", "later")
    ):
        try:
            _decide(request, by, found.programme_id, person, purpose)
            done.append(purpose)
        except Problem as caught:
            problem = caught
    left = [one for one in PURPOSES_ASKED if one not in done]
    if not left or minor:
        return HttpResponseRedirect(care_url("talk", person))
    context = {
        "code": found.code,
        "back": person_url(person),
        "purpose": left[0],
        "title": PURPOSES[left[0]],
        "text": told.consent_text(found.programme_id, left[0]),
        "done": done,
        "problem": problem,
        "talk_url": care_url("talk", person),
        "answers": [("yes", _("Yes")), ("no", _("No")), ("later", _("Ask me later"))],
        "op_id": new_op_id(),
    }
    return page(request, "care/agree.html", context)


def _decide(request: HttpRequest, by: Actor, programme: UUID, person: UUID, purpose: str) -> None:
    text = told.consent_text(programme, purpose)
    record_consent(
        by=by,
        op_id=op_id_of(request),
        person=person,
        purpose=purpose,
        decision=request.POST["decision"],
        method="verbal",
        text_version=text.version,
        text_language=text.language,
        text_digest=text.digest,
    )
