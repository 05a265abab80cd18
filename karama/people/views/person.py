"""A person's page and what is kept on it: who she is, how to reach her, what she was told, who saw her record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from karama.accounts import duties
from karama.accounts.routes import route_policy
from karama.journal import Actor, Problem, Receipt, clock
from karama.journal.together import Asks, answered, together
from karama.notices.models import Why
from karama.people import grounds, hours, pages, queries, reports, tongues, wordings, words, workers
from karama.people.access import CARE_PAGES, LIST_PAGES, PERSON_PAGES, REGISTER_PAGES, SEARCH
from karama.people.actions import close_file, correct_identity, explain_limits, reopen_file, set_contact_rules
from karama.people.forms import ContactForm, IdentityForm, LimitsForm
from karama.people.models.contact import Channel
from karama.people.models.person import AgeBand, Displacement, Gender, IdentityMode, SexForReports, Status
from karama.people.queries import PersonPage, person_in_reach, person_page
from karama.people.reaching import reach
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.people.views.papers import of_paper, paper_context, typed_in
from karama.programme.placing import all_places
from karama.ui.addresses import reverse
from karama.ui.notices import say
from karama.ui.rendering import KaramaForm, page
from karama.ui.shell import asking_ahead

LABELS: dict[str, dict[str, Any]] = {
    "age_band": dict(AgeBand.choices),
    "gender": dict(Gender.choices),
    "displacement": dict(Displacement.choices),
    "sex": dict(SexForReports.choices),
    "identity_mode": dict(IdentityMode.choices),
    "channel": dict(Channel.choices),
    "status": dict(Status.choices),
}


@route_policy(PERSON_PAGES)
@require_GET
def person(request: HttpRequest, person: UUID) -> HttpResponse:
    """The page: safety and care first (rooms above fill them), then who she is and how to reach her."""
    by = actor_of(request)
    shown, named, parts, ground = answered(_page(by, person))
    if shown.moved_to is not None:
        separate = person_url(person, "join") if by.duty == "supervisor" else ""
        return page(request, "people/moved.html", {"href": person_url(shown.moved_to), "separate_url": separate})
    context = {
        "shown": shown,
        "tabs": tabs_of(by, person, "person"),
        "parts": parts,
        "has_list": by.duty != "data_protection_officer",
        "ground": ground if by.duty != "data_protection_officer" else None,
        "who": who_pairs(shown),
        "contact": contact_pairs(shown),
        "workers": _workers(by, shown, named),
        "say_url": person_url(person, "workers") if queries.own_answer_missing(by, shown.workers) else "",
        "status": LABELS["status"][shown.status],
        "may_care": by.duty != "data_protection_officer",
        "join_url": person_url(person, "join") if by.duty == "supervisor" else "",
    }
    return page(request, "people/person.html", context)


def _workers(by: Actor, shown: PersonPage, named: dict[UUID, str]) -> list[tuple[str, Any]]:
    """Who works with her; for whoever assigns, on the screen only, who of them is involved."""
    involved = queries.declared_among(by, shown.workers)
    mark = format_html('<span class="screen-only"> · {}</span>', _("Involved: see Workers"))
    return [
        (
            named.get(one.user_id, ""),
            format_html("{}{}", one.get_role_display(), mark) if one.user_id in involved else one.get_role_display(),
        )
        for one in shown.workers
    ]


def _page(
    by: Actor, person: UUID
) -> Asks[tuple[PersonPage, dict[UUID, str], list[pages.Part], grounds.GroundShown | None]]:
    """The page, the aliases of who works with her, the blocks, and on what care rests: asked together, once it is
    certain that this actor may open her own file."""
    found, *_ahead = yield from together(person_in_reach.asking(by, person), all_places.asking(), asking_ahead(by))
    if found.merged_into_id is not None:
        return (yield from person_page.asking(by, person)), {}, [], None
    return (
        yield from together(
            person_page.asking(by, person),
            workers.aliases_around.asking(person),
            pages.parts_for.asking(by, person),
            grounds.ground_shown.asking(by, person),
        )
    )


def tabs_of(by: Actor, person: UUID, current: str) -> list[tuple[Any, str, bool]]:
    """The pages about a person as tabs: this room's own, then those of rooms above."""
    own = [(_("Overview"), "person"), (_("Decisions"), "consents"), (_("Who saw this"), "who_saw")]
    if by.duty != "data_protection_officer":
        own[2:2] = [(_("Family"), "family"), (_("Protection"), "protection"), (_("Workers"), "workers")]
    found = [(label, person_url(person, name), name == current) for label, name in own]
    more = [tab for _room, answer in pages.page_tabs for tab in answer(by=by, person=person)]
    return found[:1] + [(label, href, False) for label, href in more] + found[1:]


def who_pairs(shown: PersonPage) -> list[tuple[Any, Any]]:
    """Who she is, as far as it was opened."""
    fields = shown.fields
    names, birth = fields.get("names") or {}, fields.get("birth") or {}
    gender = (fields.get("gender_own") or {}).get("words") or LABELS["gender"].get(str(fields.get("gender")))
    pairs = [(_("Known"), LABELS["identity_mode"][shown.identity_mode])]
    if shown.called:
        pairs += [(_("First name"), names.get("first")), (_("Last name"), names.get("last"))]
    pairs += [
        (_("Birth year"), wordings.year_in_words(birth)),
        (_("Age"), LABELS["age_band"].get(str(fields.get("age_band")))),
        (_("Gender"), gender),
        (_("In the reports that must say it"), LABELS["sex"].get(str(fields.get("sex_for_reporting")))),
        (_("Village or quarter"), fields.get("place")),
        (_("Languages"), tongues.named(fields.get("languages"))),
        (_("Situation"), LABELS["displacement"].get(str(fields.get("displacement")))),
        (_("Site"), shown.site),
    ]
    return pairs


def contact_pairs(shown: PersonPage) -> list[tuple[Any, Any]]:
    """How to reach her; empty when nothing was agreed."""
    rules = shown.contact
    if rules is None:
        return []
    pairs = [(_("Agreed way"), LABELS["channel"][rules["channel"]])]
    if rules["channel"] in ("never", "undecided"):
        return [*pairs, (_("Messages that leave by themselves"), hours.by_itself(rules, shown.site_id))]
    return [
        *pairs,
        (_("Number, or who is in between"), rules.get("address")),
        (_("Safe hours"), hours.said(rules.get("safe_hours"))),
        (_("Words to use"), rules.get("phrase")),
        (_("Messages that leave by themselves"), hours.by_itself(rules, shown.site_id)),
    ]


@route_policy(REGISTER_PAGES)
@require_GET
def registered(request: HttpRequest, person: UUID) -> HttpResponse:
    """The code, big, to write on a card; for whoever registered and does not work with her."""
    found = person_in_reach(actor_of(request), person, SEARCH)
    return page(request, "people/registered.html", {"code": found.code, "again": reverse("people:search")})


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, person: UUID) -> HttpResponse:
    """Correct who she is."""
    by = actor_of(request)
    shown = queries.person_page(by, person)
    kept = shown.fields.get("languages") or ()
    told = {"languages": tongues.offered(shown.programme, kept), "ticked": tongues.ticked(shown.programme, kept)}
    asks_sex = reports.asked_of([shown.programme], shown.identity_mode)
    form = IdentityForm(request.POST or None, initial=_identity(shown), asks_sex=asks_sex, **told)

    def save() -> Receipt:
        return correct_identity(by=by, person=person, op_id=op_id_of(request), **form.arguments())

    return _form_page(request, person, form, save, title=_("Correct name and details"))


def _identity(shown: PersonPage) -> dict[str, Any]:
    fields = shown.fields
    names, birth = fields.get("names") or {}, fields.get("birth") or {}
    spoken = fields.get("languages") or []
    return {
        "language": spoken[0] if spoken else "",
        "also": spoken[1:],
        "identity_mode": shown.identity_mode,
        "called": names.get("called", ""),
        "first": names.get("first", ""),
        "last": names.get("last", ""),
        "others": ", ".join(names.get("others", [])),
        "birth_year": birth.get("year"),
        "birth_precision": birth.get("precision", ""),
        "place": fields.get("place") or "",
        "age_band": fields.get("age_band") or "",
        "gender": "own_words" if fields.get("gender_own") else fields.get("gender") or "",
        "gender_words": (fields.get("gender_own") or {}).get("words", ""),
        "sex_for_reporting": fields.get("sex_for_reporting") or "",
        "displacement": fields.get("displacement") or "",
    }


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, person: UUID) -> HttpResponse:
    """Set the contact rules."""
    by = actor_of(request)
    shown = queries.person_page(by, person)
    paper = typed_in(request, by, "contact", person, kept=True)
    form = ContactForm(request.POST or None, initial={} if paper else _reached(shown), site=shown.site_id)

    def save() -> Receipt:
        told = form.arguments() | of_paper(paper)
        return set_contact_rules(by=by, person=person, op_id=op_id_of(request), **told)

    more = paper_context(by, person, "contact", paper)
    return _form_page(request, person, form, save, title=_("How may we reach you?"), told_after=_sends, **more)


def _reached(shown: PersonPage) -> dict[str, Any]:
    contact = shown.contact or {}
    days, typed = hours.typed(contact.get("safe_hours"))
    return {**contact, "days": days, "safe_hours": typed}


def _sends(person: UUID) -> Any:
    """Whether a machine may send to this person, and why not: every file and every decision counts."""
    why = reach(person=person).why
    if why:
        return _("Saved. No message leaves by itself. %(why)s.") % {"why": dict(Why.choices).get(why, "")}
    return _("Saved. Messages may leave by themselves, in the hours that stand on this page.")


@route_policy(CARE_PAGES)
@require_http_methods(["GET", "POST"])
def limits(request: HttpRequest, person: UUID) -> HttpResponse:
    """Explain the limits of confidentiality, before any question."""
    by = actor_of(request)
    shown = queries.person_page(by, person)
    told = words.limits_of(shown.programme)
    form = LimitsForm(request.POST or None)

    def save() -> Receipt:
        return explain_limits(
            by=by,
            person=person,
            op_id=op_id_of(request),
            text_version=told.version,
            text_language=told.language,
            text_digest=told.digest,
            **form.cleaned_data,
        )

    return _form_page(request, person, form, save, title=_("Before any question"), told=told)


def _form_page(
    request: HttpRequest,
    person: UUID,
    form: KaramaForm,
    save: Callable[[], Receipt],
    told_after: Callable[[UUID], Any] | None = None,
    **context: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Problem as problem:
            form.take(problem)
        else:
            say(request, _("Saved.") if told_after is None else told_after(person))
            return HttpResponseRedirect(person_url(person))
    context |= {"form": form, "back": person_url(person), "op_id": request.POST.get("op_id") or new_op_id()}
    return page(request, "people/form.html", context)


def _duty(code: str) -> Any:
    return _("The system") if code.startswith("job:") else duties.label(code)


@route_policy(PERSON_PAGES)
@require_GET
def who_saw(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who has seen this record, to read together and to print for her."""
    by = actor_of(request)
    seen = queries.who_has_seen(by, person)
    rows = [(one.on, one.alias, _duty(one.duty), one.what, one.times) for one in seen]
    context = {"rows": rows, "tabs": tabs_of(by, person, "who_saw"), "back": person_url(person), "now": clock.now()}
    return page(request, "people/who_saw.html", context)


@route_policy(LIST_PAGES)
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, person: UUID) -> HttpResponse:
    """Close a file, or open it again: a question first."""
    by = actor_of(request)
    shown = queries.person_page(by, person)
    closing = shown.status == "active"
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        (close_file if closing else reopen_file)(by=by, person=person, op_id=op_id_of(request))
        say(request, _("Closed.") if closing else _("Open again."))
        return HttpResponseRedirect(person_url(person))
    return page(request, "people/file.html", {"closing": closing, "back": person_url(person), "op_id": new_op_id()})
