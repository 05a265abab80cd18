"""What she decided: the four cards, the history, asking again and taking back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Absent, Actor, Problem
from karama.people import queries, words
from karama.people.access import CARE_PAGES, LIST_PAGES, PERSON_PAGES, SEE
from karama.people.actions import record_consent, withdraw_consent
from karama.people.forms import CardsForm, ConsentForm
from karama.people.models.consent import Decision, Method, WitnessKin
from karama.people.problems import PaperEntered
from karama.people.queries import person_in_reach
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.people.views.papers import paper_context, typed_in
from karama.people.views.person import tabs_of
from karama.people.wordings import PURPOSES, RECIPIENTS
from karama.programme import queries as programmes
from karama.rules.classes import CONSENT_PURPOSES, SENSITIVE_CLASSES
from karama.ui.notices import say
from karama.ui.rendering import page

SENSITIVE: dict[str, Any] = {
    "gbv": _("Violence because of gender"),
    "protection": _("Protection matters"),
    "torture": _("Torture or detention"),
    "forensic": _("Documentation for a court"),
    "kp_sogi": _("Gender identity, sexuality, key population"),
    "hiv": _("HIV"),
    "legal": _("Papers and legal matters"),
    "child": _("Child protection"),
    "trial": _("Taking part in a study"),
}
WHY = {
    "expired": _("has lapsed"),
    "expires_soon": _("lapses soon"),
    "new_text": _("the text has changed since"),
    "of_age": _("somebody else decided; this person is of age now"),
    "other_decider": _("somebody else decides now"),
    "age": _("may be of age now: ask the age"),
    "emergency_over": _("the time for emergency care is over"),
}
DUE_PAGE = {"age": "correct", "emergency_over": "protection"}
"""Where the most pressing thing is settled, if not under decisions."""

EFFECTS = {
    "done": _("Executed"),
    "pending": _("Not executed yet"),
    "cannot": _("Cannot be called back"),
}
EFFECT_BADGES = {"done": "done", "pending": "waiting", "cannot": "held"}
WITNESSES = dict(WitnessKin.choices)
BADGES = {"yes": "done", "no": "refused", "later": "waiting", "withdrawn": "closed"}


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def cards(request: HttpRequest, person: UUID) -> HttpResponse:
    """Four short cards, each answered by itself. Saying no to any of them changes nothing in what she is offered."""
    by = actor_of(request)
    shown = queries.person_page(by, person)
    paper = typed_in(request, by, "consent", person, kept=True)
    told = {purpose: words.consent_text(shown.programme, purpose) for purpose in words.CARDS}
    form = CardsForm(
        request.POST or None, cards=[(purpose, PURPOSES[purpose]) for purpose in words.CARDS], minor=shown.minor
    )
    for purpose, text in told.items():
        form.fields[purpose].help_text = format_html('<span lang="{}">{}</span>', text.language, text.words)
    if request.method == "POST" and form.is_valid():
        try:
            _record_cards(by, person, form, told, paper)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(person_url(person))
    context = {
        "form": form,
        "cards": [form[purpose] for purpose in words.CARDS],
        "others": [form[name] for name in form.fields if name not in words.CARDS],
        "code": shown.code,
        "later": person_url(person),
        **paper_context(by, person, "consent", paper),
    }
    return page(request, "people/cards.html", context)


def _record_cards(
    by: Actor, person: UUID, form: CardsForm, told: dict[str, words.Told], paper: queries.TypedIn | None
) -> None:
    said = form.cleaned_data
    answered = [purpose for purpose in form.cards if said.get(purpose)]
    if paper is not None and answered and paper.parts.issuperset(answered):
        raise PaperEntered()
    for purpose in answered:
        if paper is not None and purpose in paper.parts:
            continue
        text = told[purpose]
        record_consent(
            by=by,
            person=person,
            purpose=purpose,
            decision=said[purpose],
            method=said["method"],
            given_by=said.get("given_by") or "self",
            assent=bool(said.get("assent")),
            note=said.get("note") or "",
            witness=said["witness"],
            witness_kin=said["witness_kin"],
            text_version=text.version,
            text_language=text.language,
            text_digest=text.digest,
            paper=paper.id if paper is not None else None,
            cites=queries.standing_refusals(by, person, purpose) if paper is not None else [],
        )


@route_policy(PERSON_PAGES)
@require_GET
def consents(request: HttpRequest, person: UUID) -> HttpResponse:
    """Every decision, newest first, and a way to ask again or to take one back."""
    by = actor_of(request)
    found = queries.consents(by, person)
    lines = [
        {
            "line": one,
            "purpose": PURPOSES.get(one.purpose, one.purpose),
            "decision": _("Lapsed") if one.expired else dict(Decision.choices)[one.decision],
            "badge": "missing" if one.expired else BADGES[one.decision],
            "due": WHY.get(one.due, ""),
            "again": person_url(person, "consents") + f"ask/{one.purpose}/" if one.due else "",
            "effects": [(each, EFFECTS[each.state], EFFECT_BADGES[each.state]) for each in one.effects],
            "recipient": one.organisation or RECIPIENTS.get(one.recipient, one.recipient),
            "method": dict(Method.choices)[one.method],
            "witness_kin": WITNESSES.get(one.witness_kin, ""),
            "withdraw": person_url(person, "consents") + f"{one.id}/withdraw/" if one.in_force else "",
        }
        for one in found
    ]
    asks = [(PURPOSES[purpose], person_url(person, "consents") + f"ask/{purpose}/") for purpose in CONSENT_PURPOSES]
    context = {
        "lines": lines,
        "asks": asks if by.duty != "data_protection_officer" else [],
        "tabs": tabs_of(by, person, "consents"),
        "back": person_url(person),
    }
    return page(request, "people/consents.html", context)


@route_policy(LIST_PAGES)
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Whom of the reader's own people to ask again, about what and why."""
    by = actor_of(request)
    lines = [
        {
            "line": one,
            "href": person_url(one.id, DUE_PAGE.get(one.asks[0][1], "consents")),
            "asks": [(PURPOSES.get(purpose, ""), WHY[why]) for purpose, why in one.asks],
        }
        for one in queries.decisions_due(by)
    ]
    return page(request, "people/due.html", {"lines": lines})


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, person: UUID, purpose: str) -> HttpResponse:
    """Ask about one purpose, or ask again: an earlier no is shown, and a new yes cites it."""
    by = actor_of(request)
    if purpose not in CONSENT_PURPOSES:
        raise Absent()
    shown = queries.person_page(by, person)
    partners = list(programmes.partners(by).values_list("id", "name"))
    kinds = [kind for kind in RECIPIENTS if kind not in ("none", "any")]
    recipients = [(f"{kind}:{pk}", f"{name} ({RECIPIENTS[kind]})") for pk, name in partners for kind in kinds]
    sensitive = [(one, SENSITIVE[one]) for one in sorted(SENSITIVE_CLASSES) if one in by.compartments]
    form = ConsentForm(request.POST or None, recipients=recipients, sensitive=sensitive)
    told = words.consent_text(shown.programme, purpose)
    if request.method == "POST" and form.is_valid():
        try:
            _record_one(request, by, person, purpose, form, told)
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(person_url(person, "consents"))
    context = {
        "form": form,
        "told": told,
        "title": PURPOSES[purpose],
        "earlier": queries.standing_refusals(by, person, purpose),
        "back": person_url(person, "consents"),
        "op_id": request.POST.get("op_id") or new_op_id(),
    }
    return page(request, "people/ask.html", context)


def _record_one(
    request: HttpRequest, by: Actor, person: UUID, purpose: str, form: ConsentForm, told: words.Told
) -> None:
    said = dict(form.cleaned_data)
    kind, _colon, organisation = said.pop("recipient").partition(":")
    sensitive = said.pop("sensitive")
    record_consent(
        by=by,
        person=person,
        op_id=op_id_of(request),
        purpose=purpose,
        recipient=kind or "none",
        organisation=organisation or None,
        data_classes=[sensitive] if sensitive else [],
        cites=queries.standing_refusals(by, person, purpose) if request.POST.get("shown_earlier") else [],
        text_version=told.version,
        text_language=told.language,
        text_digest=told.digest,
        **said,
    )


@route_policy(PERSON_PAGES)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, person: UUID, consent: UUID) -> HttpResponse:
    """Take one yes back: a question, one tap, done."""
    by = actor_of(request)
    person_in_reach(by, person, SEE)
    line = next((one for one in queries.consents(by, person) if one.id == consent and one.in_force), None)
    if line is None:
        raise Absent()
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        withdraw_consent(by=by, person=person, consent=consent, op_id=op_id_of(request))
        say(request, _("Taken back. It counts from now on, and what the person is offered stays the same."))
        return HttpResponseRedirect(person_url(person, "consents"))
    context = {"purpose": PURPOSES.get(line.purpose, ""), "back": person_url(person, "consents"), "op_id": new_op_id()}
    return page(request, "people/withdraw.html", context)
