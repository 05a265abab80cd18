"""Registering in steps of one tap each. What was entered travels in the form, never in a session or an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karama.accounts.routes import route_policy
from karama.journal import Actor, Problem
from karama.people import hours, reports, tongues, words
from karama.people.access import ASSIGNABLE, NUMBERING, REGISTER_PAGES
from karama.people.actions import register_person
from karama.people.actions.identity import NAMELESS
from karama.people.forms import SETTABLE_CHANNELS, ContactStep, NameStep, OwnContactStep, PlaceStep, sites_of
from karama.people.models import Person
from karama.people.models.consent import Explained
from karama.people.models.person import AgeBand, Gender
from karama.people.problems import FileClosed, Unsaid
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.people.views.papers import registered_from
from karama.programme.models import Site
from karama.ui.addresses import reverse
from karama.ui.notices import say
from karama.ui.rendering import KaramaForm, page

STEPS = ("limits", "name", "before", "age", "gender", "place", "contact")
"""`before` is asked of nameless people only: has she been here before, and is only her card lost?"""
CARRIED = (
    "token", "op_id", "limits", "limits_reason", "called", "first", "last", "birth_year", "birth_about", "age_band",
    "gender", "gender_words", "sex", "site", "place", "language", "also", "contact", "contact_address",
    "contact_days", "contact_hours", "contact_phrase", "before", "paper", "conflict", "conflict_note", "facility_no",
)  # fmt: skip
SEVERAL = ("also", "contact_days")
"""What has several answers; carried along as one text."""
TITLES: dict[str, str | Promise] = {
    "limits": _("Before any question"),
    "name": _("What shall I call you?"),
    "before": _("Have you been here before?"),
    "age": _("How old are you?"),
    "gender": _("Gender"),
    "place": _("Where do you live?"),
    "contact": _("How may we reach you?"),
}
FIELD_STEP = {
    "called": "name", "first": "name", "last": "name", "birth_year": "name", "birth_about": "name",
    "place": "place", "site": "place", "languages": "place", "sex_for_reporting": "gender",
    "limits": "limits", "limits_reason": "limits", "address": "contact", "contact_address": "contact",
    "age_band": "age", "gender": "gender", "gender_words": "gender", "before": "before",
    "conflict": "contact", "conflict_note": "contact", "facility_no": "place", "number": "contact",
}  # fmt: skip
LONGEST = 300
OWN = {
    "before": {"before"},
    "limits": {"limits", "limits_reason"},
    "age": {"age_band"},
    "gender": {"gender", "gender_words", "sex"},
}
"""What a step's own buttons say: not carried along with it."""

BEFORE = ("first_time", "not_found", "locked", "not_asked")


@dataclass
class Wizard:
    """Where a registration stands: the step to show, what was entered, and the form of the step."""

    step: str
    entered: dict[str, str]
    form: KaramaForm | None = None
    problem: Problem | None = None


@route_policy(REGISTER_PAGES)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """One step after another; the last one saves. Without a search before it, it leads to the search."""
    by = actor_of(request)
    entered = {name: request.POST[name][:LONGEST].strip() for name in CARRIED if request.POST.get(name)}
    if "token" not in entered:
        return HttpResponseRedirect(reverse("people:search"))
    paper, refused = registered_from(request, by)
    for several in SEVERAL:
        if request.POST.getlist(several):
            entered[several] = " ".join(request.POST.getlist(several))[:LONGEST]
    entered.setdefault("op_id", new_op_id())
    wizard = _move(request, by, entered)
    wizard.problem = refused
    if wizard.step == "save":
        saved = _save(request, by, wizard)
        if saved is not None:
            return saved
    status = 422 if wizard.problem is not None else None
    return page(request, "people/register.html", _shown(by, wizard) | {"paper": paper}, status=status)


def _move(request: HttpRequest, by: Actor, entered: dict[str, str]) -> Wizard:
    step = request.POST.get("step", "")
    if step not in STEPS:
        return Wizard("limits", entered)
    steps = _steps(entered)
    place = steps.index(step) if step in steps else 0
    if request.POST.get("go") == "back":
        return Wizard(steps[max(0, place - 1)], entered)
    form = _form(step, by, entered, bound=True)
    if form is not None and not form.is_valid():
        return Wizard(step, entered, form)
    if not _answered(step, entered):
        return Wizard(step, entered, form)
    return Wizard(steps[place + 1] if place + 1 < len(steps) else "save", entered)


def _steps(entered: dict[str, str]) -> tuple[str, ...]:
    """The steps of this registration: somebody with a name is looked for by it, and not asked for a lost card."""
    named = any(entered.get(one) for one in ("called", "first", "last"))
    return tuple(one for one in STEPS if one != "before" or not named)


def _answered(step: str, entered: dict[str, str]) -> bool:
    needed = {"limits": "limits", "before": "before", "age": "age_band", "gender": "gender", "contact": "contact"}.get(
        step
    )
    return needed is None or needed in entered


def _form(step: str, by: Actor, entered: dict[str, str], *, bound: bool) -> KaramaForm | None:
    data = entered if bound else None
    if step == "name":
        return NameStep(data, initial=entered)
    if step == "place":
        ticked, home = entered | {"also": entered.get("also", "").split()}, _home_of(by)
        offered = {"languages": tongues.offered(home), "ticked": tongues.of_programme(home) if home else None}
        numbered = by.duty in NUMBERING and _mode(entered) not in NAMELESS
        return PlaceStep(ticked if bound else None, initial=ticked, sites=sites_of(by), numbered=numbered, **offered)
    if step == "contact":
        site = _site_of(entered.get("site", ""))
        told: dict[str, Any] = {"channel": entered.get("contact", ""), "site": site.id if site else None}
        days = entered | {"contact_days": entered.get("contact_days", "").split()}
        step_of = OwnContactStep if by.duty in ASSIGNABLE else ContactStep
        return step_of(days if bound else None, initial=days, **told)
    return None


def _save(request: HttpRequest, by: Actor, wizard: Wizard) -> HttpResponse | None:
    try:
        receipt = register_person(by=by, op_id=op_id_of(request) or UUID(wizard.entered["op_id"]), **_arguments(wizard))
    except Problem as problem:
        wizard.step = FIELD_STEP.get(problem.field, "contact" if isinstance(problem, Unsaid) else "name")
        wizard.problem = problem
        if problem.status in (404, 429) or problem.status >= 500:
            raise
        return None
    if receipt.record is None:
        raise FileClosed()
    say(request, _("Registered. The code is on this page."))
    made = Person.objects.filter(pk=receipt.record).values_list("pk", flat=True).first()
    mine = (
        made is not None
        and Person.objects.filter(pk=made, assignments__user_id=by.id, assignments__until__isnull=True).exists()
    )
    if mine and not wizard.entered.get("called") and not wizard.entered.get("first"):
        return HttpResponseRedirect(person_url(receipt.record, "questions") + "?new=yes")
    if mine:
        return HttpResponseRedirect(person_url(receipt.record, "cards"))
    return HttpResponseRedirect(person_url(receipt.record, "registered"))


def _arguments(wizard: Wizard) -> dict[str, Any]:
    entered = wizard.entered
    mode = _mode(entered)
    site = _site_of(entered.get("site", ""))
    told = words.NOTHING if site is None else words.limits_of(site.programme_id)
    nameless = mode == "coded"
    return {
        "searched": entered["token"],
        "site": entered.get("site", ""),
        "identity_mode": mode,
        "called": entered.get("called", ""),
        "first": entered.get("first", ""),
        "last": entered.get("last", ""),
        "birth_year": None if nameless else _number(entered.get("birth_year")),
        "birth_precision": "approx" if entered.get("birth_about") else "year",
        "place": "" if nameless else entered.get("place", ""),
        "languages": tongues.spoken(entered.get("language", ""), entered.get("also", "").split()),
        "age_band": entered.get("age_band"),
        "gender": entered.get("gender"),
        "gender_words": entered.get("gender_words", ""),
        "sex_for_reporting": _sex(entered, mode, [] if site is None else [site.programme_id]),
        "limits": entered.get("limits"),
        "limits_reason": entered.get("limits_reason", ""),
        "limits_version": told.version,
        "limits_language": told.language,
        "limits_digest": told.digest,
        "paper": entered.get("paper") or None,
        "before": entered.get("before") if entered.get("before") in BEFORE else "not_asked",
        "contact": entered.get("contact"),
        "contact_address": entered.get("contact_address", ""),
        "contact_hours": hours.kept(entered.get("contact_days", "").split(), entered.get("contact_hours", "")),
        "contact_phrase": entered.get("contact_phrase", ""),
        "conflict": entered["conflict"] if entered.get("conflict") in ("none", "declared") else "not_asked",
        "conflict_note": entered.get("conflict_note", ""),
        "facility_no": "" if mode in NAMELESS else entered.get("facility_no", ""),
    }


def _home_of(by: Actor) -> UUID | None:
    """The programme in which somebody registers; None where it is not clear which one."""
    programmes = list(Site.objects.filter(pk__in=by.sites).values_list("programme_id", flat=True).distinct()[:2])
    return programmes[0] if len(programmes) == 1 else None


def _sex(entered: dict[str, str], mode: str, programmes: list[UUID]) -> str | None:
    """What is kept for the reports: only what was said, and only where it is asked."""
    if not reports.asked_of(programmes, mode):
        return None
    return reports.meant(entered.get("sex", ""), entered.get("gender", ""))


def _mode(entered: dict[str, str]) -> str:
    named = bool(entered.get("first") and entered.get("last"))
    return "named" if named else "alias" if entered.get("called") or entered.get("first") else "coded"


def _site_of(typed: str) -> Site | None:
    try:
        return Site.objects.filter(pk=UUID(typed)).first()
    except ValueError:
        return None


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isdecimal() else None


def _shown(by: Actor, wizard: Wizard) -> dict[str, Any]:
    step = wizard.step
    form = wizard.form or _form(step, by, wizard.entered, bound=False)
    own = set(form.fields) if form is not None else set()
    own |= OWN.get(step, set())
    own |= {"contact"} if step == "contact" else set()
    return {
        "step": step,
        "title": TITLES[step],
        "number": _steps(wizard.entered).index(step) + 1,
        "total": len(_steps(wizard.entered)),
        "form": form,
        "problem": wizard.problem,
        "carried": [(name, value) for name, value in wizard.entered.items() if name not in own],
        "limits_texts": _limits_texts(by) if step == "limits" else [],
        "explained": [choice for choice in Explained.choices if choice[0] != "postponed"],
        "befores": [("first_time", _("No, never"))],
        "before_quiet": [("not_asked", _("It cannot be asked now"))],
        "ages": [choice for choice in AgeBand.choices if choice[0] != "unknown"],
        "age_quiet": [("unknown", _("Not known"))],
        "genders": [choice for choice in Gender.choices if choice[0] in ("woman", "man")],
        "gender_quiet": [choice for choice in Gender.choices if choice[0] not in ("woman", "man")],
        "sexes": reports.ANSWERS if step == "gender" and _asks_sex(by, wizard.entered) else (),
        "channels": [choice for choice in SETTABLE_CHANNELS if choice[0] != "never"],
        "channel_never": [choice for choice in SETTABLE_CHANNELS if choice[0] == "never"],
        "entered": wizard.entered,
    }


def _asks_sex(by: Actor, entered: dict[str, str]) -> bool:
    programmes = Site.objects.filter(pk__in=by.sites).values_list("programme_id", flat=True).distinct()
    return reports.asked_of(programmes, _mode(entered))


def _limits_texts(by: Actor) -> list[words.Told]:
    programmes = Site.objects.filter(pk__in=by.sites).values_list("programme_id", flat=True).distinct()
    return [told for told in map(words.limits_of, programmes) if told.words]
