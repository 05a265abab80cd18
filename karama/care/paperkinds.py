"""Which forms there are on paper, each declared once.

A new one: its letter in `rules.papers`, what it asks of its reader in `access.PAPERED`, and a line here. Its action
takes `paper` and calls `people.actions.papers.being_typed` and `enter`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from karama.care import families, intakes, intakewords, pathways
from karama.care import medicalwords as said
from karama.care.access import BODY_READERS, CLINICAL, GIVING, MEDICINE_READERS, TAKING_IN
from karama.care.bodyforms import BodySessionForm, FollowUpForm, NeedForm, NewVisitForm
from karama.care.courseforms import ClosingForm
from karama.care.familyforms import FamilySessionForm
from karama.care.intakeforms import ChapterWordsForm, ScreeningForm
from karama.care.medicineforms import PrescribeForm
from karama.care.papershapes import EVERY, Asked, Kind, Text, choice, of_form
from karama.care.sessionforms import SessionForm
from karama.knowledge.value_sets import coded, offered
from karama.people import tongues, words
from karama.people.access import ASSIGNABLE, REGISTERING
from karama.people.forms import (
    SETTABLE_CHANNELS,
    AskInterestForm,
    CardsForm,
    ContactForm,
    ContactStep,
    GuardianForm,
    NameStep,
    PlaceStep,
)
from karama.people.models.consent import Explained
from karama.people.models.person import AgeBand, Gender
from karama.people.queries import Together
from karama.people.wordings import PURPOSES
from karama.programme.models import Site
from karama.rules.classes import CARE_DUTIES
from karama.safety.access import PLANNERS
from karama.safety.forms import PlanForm

HELD: Final = frozenset((*CLINICAL, "social_worker"))
"""Duties that write down that a session was held."""


def _registration(site: Site, _part: str) -> list[Asked]:
    channels = [one for one in SETTABLE_CHANNELS]
    return [
        choice("limits", _("How was it explained?"), Explained.choices),
        *of_form(NameStep()),
        choice("age_band", _("How old are you?"), AgeBand.choices),
        choice("gender", _("Gender"), Gender.choices),
        Asked("gender_words", _("Own words, if wanted"), "line"),
        *of_form(PlaceStep(sites=[], languages=tongues.of_programme(site.programme_id)), "site"),
        choice("contact", _("How may we reach you?"), channels),
        *of_form(ContactStep()),
    ]


def _consent(site: Site, _part: str) -> list[Asked]:
    form = CardsForm(cards=[(purpose, PURPOSES[purpose]) for purpose in words.CARDS], minor=True)
    asked = of_form(form, "method")
    texts = {purpose: words.consent_text(site.programme_id, purpose) for purpose in words.CARDS}
    own = [Asked(one.name, one.label, one.kind, one.answers, texts.get(one.name, words.NOTHING)) for one in asked]
    return [*own, *(one for one in of_form(form) if one.name == "method")]


def _techniques(site: Site) -> Sequence[tuple[str, str]]:
    return list(pathways.choices(pathways.of_programme(site.programme.code).techniques))


def _session(site: Site, _part: str) -> list[Asked]:
    return of_form(SessionForm(techniques=_techniques(site), interpreters=list, notes=True), "on")


def _body(_site: Site, _part: str) -> list[Asked]:
    return of_form(BodySessionForm(activities=()), "pain", "spread")


def _visit(_site: Site, _part: str) -> list[Asked]:
    return [choice("emergency", _("Is there an emergency now?"), said.EMERGENCIES), *of_form(NewVisitForm())]


def _need(_site: Site, _part: str) -> list[Asked]:
    """Without the cause that lies in a compartment of its own: it stands on no paper."""
    return of_form(NeedForm(causes=[code for code, _names in offered(coded("causes")) if code != said.APART]))


def _family(site: Site, _part: str) -> list[Asked]:
    nobody = Together(site.id, date.min, (), {}, {})
    form = FamilySessionForm(
        family=nobody, scale=families.of_programme(site.programme.code), techniques=_techniques(site)
    )
    who = Asked("people", _("Who was here, by code. Beside each: was safety asked about?"), "lines")
    return [who, *of_form(form, "on", "interpreter", "co_led", "reason")]


def _takes_in(site: Site) -> bool:
    return intakes.rules_of(site.programme.code) is not None


def _screening(stage: int) -> Callable[[Site, str], list[Asked]]:
    def asked(site: Site, _part: str) -> list[Asked]:
        rules = intakes.rules_of(site.programme.code)
        return of_form(ScreeningForm(questions=rules.of_stage(stage))) if rules is not None else []

    return asked


def _chapter(site: Site, part: str) -> list[Asked]:
    """One chapter. What happened is none of them: it is asked in the room, never on paper."""
    found = next((one for one in intakes.open_chapters() if one.code == part), None)
    if found is None or not _takes_in(site):
        return []
    asked = [
        Asked(one.code, intakewords.named(one), "many" if one.many else "one", tuple(intakewords.choices(one)))
        for one in found.questions
    ]
    return [*asked, *of_form(ChapterWordsForm())]


def chapters() -> list[tuple[str, Text]]:
    """The chapters that are printed."""
    return [(one.code, format_lazy("{} · {}", _("Intake"), intakewords.named(one))) for one in intakes.open_chapters()]


SCREENINGS: Final = (("screening", 1, _("First screening")), ("screening_2", 2, _("Second screening")))

KINDS: Final[dict[str, Kind]] = {
    "registration": Kind(_("Registration"), frozenset(REGISTERING), _registration, "people:search"),
    "consent": Kind(_("What the person agrees to"), frozenset(ASSIGNABLE), _consent, "people:cards"),
    "session": Kind(_("Session"), HELD, _session, "care:new_session", frozenset({"techniques"})),
    "body": Kind(
        _("Body and movement"), frozenset({"physiotherapist"}), _body, "care:new_body_session",
        readers=frozenset(BODY_READERS),
    ),
    "visit": Kind(
        _("New visit to the nurse"), frozenset(GIVING), _visit, "care:new_visit",
        frozenset({"emergency", "seen", "category", "pregnant"}), frozenset({"pregnant"}), frozenset(MEDICINE_READERS),
    ),
    "follow_up": Kind(
        _("Follow-up visit to the nurse"), frozenset(GIVING), lambda _site, _part: of_form(FollowUpForm()),
        "care:follow_up", frozenset({"side_effects"}), readers=frozenset(MEDICINE_READERS),
    ),
    "closing": Kind(
        _("Closing"), frozenset(CLINICAL), lambda _site, _part: of_form(ClosingForm(colleagues=[])), "care:close"
    ),
    "instrument": Kind(
        _("Questions"), frozenset(CLINICAL), lambda _site, _part: [], "care:choose", readers=frozenset(CLINICAL),
        own_page="care:choose", shows=("care:response", True),
    ),
    "plan": Kind(
        _("My plan"), frozenset(PLANNERS), lambda _site, _part: of_form(PlanForm(parts={}, renews=None)),
        "safety:renew_plan", readers=frozenset(PLANNERS), shows=("safety:plan", False),
    ),
    "contact": Kind(
        _("How the person may be reached"), frozenset(ASSIGNABLE),
        lambda site, _part: of_form(ContactForm(site=site.id)), "people:contact",
    ),
    "need": Kind(
        _("Disability and needs"), frozenset(CARE_DUTIES), _need, "care:needs", frozenset({"cause"}),
        frozenset({"cause"}), shows=("care:needs", False),
    ),
    "family": Kind(
        _("A session of the family"), HELD, _family, "care:family_session", frozenset({"techniques"}), readers=HELD,
        shows=("people:family", False),
    ),
    "guardian": Kind(
        _("Somebody who may decide for the child"), frozenset(ASSIGNABLE),
        lambda _site, _part: of_form(GuardianForm()), "people:guardian", frozenset({"trust"}),
        frozenset({"trust", "reason"}), shows=("people:protection", False),
    ),
    "interest": Kind(
        _("No guardian is safe"), frozenset(ASSIGNABLE), lambda _site, _part: of_form(AskInterestForm()),
        "people:ask_interest", unnamed=frozenset({"reason"}), shows=("people:protection", False),
    ),
    "prescription": Kind(
        _("Prescribe"), frozenset({"prescriber"}), lambda _site, _part: of_form(PrescribeForm()), "care:prescribe",
        frozenset({"medicine_code", "bearing"}), frozenset({"bearing"}), frozenset(MEDICINE_READERS),
        shows=("care:prescription", True),
    ),
    **{
        form: Kind(
            title, frozenset(TAKING_IN), _screening(stage), "care:screening", unnamed=EVERY,
            plain=frozenset({"urgency"}), readers=frozenset(TAKING_IN),
            page_args=(stage,), here=_takes_in, shows=("care:intake", False),
        )
        for form, stage, title in SCREENINGS
    },
    "chapter": Kind(
        _("A chapter of the intake"), frozenset(TAKING_IN), _chapter, "care:intake", EVERY,
        frozenset({"substances", "conditions", "takes", "moved", "papers", "troubles"}), frozenset(TAKING_IN),
        plain=frozenset({"words"}), here=_takes_in, parts=chapters, shows=("care:intake", False),
    ),
}  # fmt: skip


READERS: Final[dict[str, frozenset[str]]] = {form: kind.readers for form, kind in KINDS.items() if kind.readers}
"""Forms that tell what not everybody in care reads: that somebody was with the nurse, or is treated for her body."""
