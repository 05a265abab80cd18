"""Who decides for a child, what a guardian may be told, and decisions in a child's best interest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts import duties
from karama.accounts.routes import route_policy
from karama.journal import Absent, Problem, Receipt
from karama.people import queries
from karama.people.access import CARE_PAGES, PROTECT_PAGES
from karama.people.actions import (
    agree_guardian_knows,
    ask_best_interest,
    decide_best_interest,
    end_guardian,
    name_guardian,
    review_best_interest,
)
from karama.people.forms import AskInterestForm, DecideInterestForm, GuardianForm, KnowsForm, ReviewInterestForm
from karama.people.models.minor import BestInterest, Kin, Topic, Trust
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.people.views.papers import of_paper, paper_context, show_marks, typed_in
from karama.people.views.person import tabs_of
from karama.people.wordings import PURPOSES
from karama.ui.notices import say
from karama.ui.rendering import KaramaForm, page

DECIDES: dict[str, Any] = {
    "own": _("This person is an adult and decides alone."),
    "minor": _("A guardian decides together with the child: both say yes."),
    "limited": _("A guardian decides together with this person."),
    "guardian_unsafe": _("No guardian is safe: a protection duty decides, with the child's own yes."),
}
KIN, TRUST, TOPICS = dict(Kin.choices), dict(Trust.choices), dict(Topic.choices)
STATES: dict[str, Any] = dict(BestInterest._meta.get_field("state").choices or [])
TRUST_BADGES = {"safe": "done", "unsafe": "today", "unsure": "unknown"}
STATE_BADGES = {"asked": "today", "decided_yes": "done", "decided_no": "refused", "reviewed": "done"}


@route_policy(PROTECT_PAGES)
@require_GET
def protect(request: HttpRequest) -> HttpResponse:
    """The children of whom the reader has something to decide."""
    waiting = queries.waiting_for_protection(actor_of(request))
    lines = [(code, called, person_url(person, "protection")) for person, code, called in waiting]
    return page(request, "people/protect.html", {"lines": lines})


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def protection(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who decides for this person, and what is on record about it."""
    by = actor_of(request)
    shown = queries.protection(by, person)
    if request.method == "POST" and request.POST.get("end"):
        end_guardian(by=by, person=person, guardian=request.POST["end"], op_id=op_id_of(request))
        say(request, _("Ended."))
        return HttpResponseRedirect(person_url(person, "protection"))
    interest = [
        {
            "line": one,
            "purpose": PURPOSES.get(one.purpose, ""),
            "state": STATES[one.state],
            "badge": STATE_BADGES[one.state],
            "duty": duties.label(one.decided_by_duty) if one.decided_by_duty else "",
        }
        for one in shown.interest
    ]
    context = {
        "shown": shown,
        "decides": DECIDES[shown.decides],
        "unknown_age": shown.stands == "unknown",
        "child": "child" in by.compartments,
        "guardians": [_guardian(one) for one in shown.guardians],
        "former": [_guardian(one) for one in shown.former],
        "interest": interest,
        "decide_url": person_url(person, "decide_interest") if shown.may_decide and _to_decide(shown) else "",
        "tabs": tabs_of(by, person, "protection"),
        "person": person,
        "back": person_url(person),
        "op_id": new_op_id(),
    }
    return page(request, "people/protection.html", context)


def _guardian(one: queries.GuardianLine) -> dict[str, Any]:
    trust = str(one.fields.get("trust"))
    return {
        "line": one,
        "kin": KIN.get(str(one.fields.get("kin")), ""),
        "trust": TRUST.get(trust, ""),
        "badge": TRUST_BADGES.get(trust, "unknown"),
        "knows": [TOPICS[topic] for topic in one.may_know if topic in TOPICS],
    }


def _to_decide(shown: queries.Protection) -> queries.InterestLine | None:
    """The oldest request that waits, else the oldest decision to look at again."""
    for state in ("asked", "decided_yes"):
        for one in reversed(shown.interest):
            if one.state == state:
                return one
    return None


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def guardian(request: HttpRequest, person: UUID) -> HttpResponse:
    """Note a guardian."""
    by = actor_of(request)
    queries.protection(by, person)
    paper = typed_in(request, by, "guardian", person, kept=True)
    form = GuardianForm(request.POST or None)
    show_marks(paper, "guardian", form)

    def save() -> Receipt:
        told = form.cleaned_data | of_paper(paper)
        return name_guardian(by=by, person=person, op_id=op_id_of(request), **told)

    more = paper_context(by, person, "guardian", paper)
    return _form(request, person, form, save, _("Somebody who may decide for the child"), **more)


@route_policy(PROTECT_PAGES)
@require_http_methods(["GET", "POST"])
def guardian_knows(request: HttpRequest, person: UUID) -> HttpResponse:
    """What a guardian may be told: only what the child and the protection duty agree to."""
    by = actor_of(request)
    shown = queries.protection(by, person)
    guardians = [(str(one.id), str(one.fields.get("called", ""))) for one in shown.guardians]
    form = KnowsForm(request.POST or None, guardians=guardians)

    def save() -> Receipt:
        return agree_guardian_knows(by=by, person=person, op_id=op_id_of(request), **form.cleaned_data)

    return _form(request, person, form, save, _("What a guardian may be told"))


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def ask_interest(request: HttpRequest, person: UUID) -> HttpResponse:
    """No guardian is safe: emergency care upon the child's own yes and a reason, and a supervisor is asked."""
    by = actor_of(request)
    queries.protection(by, person)
    paper = typed_in(request, by, "interest", person, kept=True)
    form = AskInterestForm(request.POST or None)
    show_marks(paper, "interest", form)

    def save() -> Receipt:
        told = form.cleaned_data | of_paper(paper)
        return ask_best_interest(by=by, person=person, op_id=op_id_of(request), **told)

    more = paper_context(by, person, "interest", paper)
    return _form(request, person, form, save, _("No guardian is safe"), **more)


@route_policy(PROTECT_PAGES)
@require_http_methods(["GET", "POST"])
def decide_interest(request: HttpRequest, person: UUID) -> HttpResponse:
    """Decide, or look again at what was decided."""
    by = actor_of(request)
    shown = queries.protection(by, person)
    waiting = _to_decide(shown)
    deciding = waiting is None or waiting.state == "asked"
    form: KaramaForm = (DecideInterestForm if deciding else ReviewInterestForm)(request.POST or None)

    def save() -> Receipt:
        if waiting is None:
            raise Absent()
        act = decide_best_interest if deciding else review_best_interest
        return act(by=by, person=person, request=waiting.id, op_id=op_id_of(request), **form.cleaned_data)

    title = _("What is best for the child?") if deciding else _("Look again at a decision")
    context = {"waiting": waiting, "purpose": PURPOSES.get(waiting.purpose, "") if waiting else ""}
    return _form(request, person, form, save, title, **context)


def _form(
    request: HttpRequest, person: UUID, form: KaramaForm, save: Callable[[], Receipt], title: Any, **context: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(person_url(person, "protection"))
    context |= {"form": form, "title": title, "back": person_url(person, "protection")}
    context |= {"op_id": request.POST.get("op_id") or new_op_id()}
    return page(request, "people/protection_form.html", context)
