"""Forms as they are printed: drawn from the very forms that are typed into, so that paper and screen ask the same.

Words that could harm whoever carries a sheet (what was seen, what it looks like, what was done) are printed as marks of
two characters. The key to the marks is a sheet of its own that stays in the room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from karama.care import bodymap, pathways
from karama.care import medicalwords as said
from karama.care.access import CLINICAL, GIVING
from karama.care.bodyforms import BodySessionForm, FollowUpForm, NewVisitForm
from karama.care.courseforms import ClosingForm
from karama.care.sessionforms import SessionForm
from karama.people import tongues, words
from karama.people.access import ASSIGNABLE, REGISTERING
from karama.people.forms import SETTABLE_CHANNELS, CardsForm, ContactStep, NameStep, PlaceStep
from karama.people.models.consent import Explained
from karama.people.models.person import AgeBand, Gender
from karama.people.wordings import PURPOSES
from karama.programme.models import Site
from karama.rules.risk import WORRIES
from karama.rules.signs import ALPHABET
from karama.safety.words import KINDS as KINDS_OF_DANGER
from karama.security import digests

Text = str | Promise


@dataclass(frozen=True)
class Kind:
    """A form that can be printed: its name on the screen, never on paper, and the duties that fill it in."""

    title: Text
    duties: frozenset[str]
    covered: frozenset[str] = frozenset()
    """Questions whose answers are printed as marks."""
    unnamed: frozenset[str] = frozenset()
    """Questions that are themselves printed as a mark."""


KINDS: Final[dict[str, Kind]] = {
    "registration": Kind(_("Registration"), frozenset(REGISTERING)),
    "consent": Kind(_("What the person agrees to"), frozenset(ASSIGNABLE)),
    "session": Kind(_("Session"), frozenset((*CLINICAL, "social_worker")), frozenset({"techniques"})),
    "body": Kind(_("Body and movement"), frozenset({"physiotherapist"})),
    "visit": Kind(
        _("New visit to the nurse"), frozenset(GIVING), frozenset({"emergency", "seen", "category"}),
        frozenset({"pregnant"}),
    ),
    "follow_up": Kind(_("Follow-up visit to the nurse"), frozenset(GIVING), frozenset({"side_effects"})),
    "closing": Kind(_("Closing"), frozenset(CLINICAL)),
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One question on paper. `kind`: one, many (boxes), line, lines (to write on). `text`: read aloud before."""

    name: str
    label: Text
    kind: str
    answers: tuple[tuple[str, Text], ...] = ()
    text: words.Told = words.NOTHING


@dataclass(frozen=True)
class Printed:
    """What stands on a sheet below its head. `limits`: of confidentiality, which come before any question."""

    asked: tuple[Asked, ...]
    limits: words.Told | None = None
    drawing: bool = False
    rated: tuple[int, ...] = ()
    dangers: tuple[str, ...] = ()
    key: tuple[tuple[str, tuple[tuple[str, Text], ...]], ...] = field(default=())


def printed(form: str, site: Site, *, activities: int = 0) -> Printed:
    """The questions of a form for a site, and the key to its marks. `activities`: how many the person rates."""
    kind = KINDS[form]
    asked = tuple(BUILDERS[form](site))
    danger = _choice("danger", _("Somebody is in danger"), {code: KINDS_OF_DANGER[code] for code in WORRIES})
    covered = [danger, *(one for one in asked if one.name in kind.covered | kind.unnamed)]
    key = tuple((_heading(one, kind), tuple(_marked(one))) for one in covered)
    return Printed(
        asked=tuple(_cover(one, kind) for one in asked),
        limits=words.limits_of(site.programme_id) if form in ("registration", "consent") else None,
        drawing=form == "body",
        rated=tuple(range(1, activities + 1)) if form == "body" else (),
        dangers=tuple(mark for mark, _label in _marked(danger)),
        key=key,
    )


def _heading(one: Asked, kind: Kind) -> str:
    return f"{mark_of_question(one.name)} · {one.label}" if one.name in kind.unnamed else str(one.label)


def _marked(one: Asked) -> list[tuple[str, Text]]:
    marks = marks_of(one.name, [code for code, _label in one.answers])
    return [(marks[code], label) for code, label in one.answers]


def _cover(one: Asked, kind: Kind) -> Asked:
    if one.name not in kind.covered | kind.unnamed:
        return one
    label = mark_of_question(one.name) if one.name in kind.unnamed else one.label
    return Asked(one.name, label, one.kind, tuple((mark, mark) for mark, _label in _marked(one)))


def marks_of(question: str, codes: Sequence[str]) -> dict[str, str]:
    """Code -> mark of two characters, longer only where two would be alike; the same whatever stands beside it."""
    found: dict[str, str] = {}
    for code in codes:
        whole = _letters(f"{question}:{code}")
        length = next(length for length in range(2, len(whole)) if whole[:length] not in found.values())
        found[code] = whole[:length]
    return found


def mark_of_question(name: str) -> str:
    """How a question is printed that is itself better not read by others."""
    return _letters(f"question:{name}")[:3]


def _letters(text: str) -> str:
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digests.sha256(text.encode()))


def show_marks(kind: str, form: forms.Form) -> None:
    """On the screen, while a sheet is typed in: each answer that was printed as a mark shows it before its words."""
    for name in (KINDS[kind].covered | KINDS[kind].unnamed) & form.fields.keys():
        found: Any = form.fields[name]
        marks = marks_of(name, [str(code) for code, _label in found.choices])
        found.choices = [(code, f"{marks[str(code)]} · {label}") for code, label in found.choices]


# --- the questions of each form


def _of(form: forms.Form, *left_out: str) -> list[Asked]:
    """The fields of a form as questions, in their order."""
    return [_question(name, one) for name, one in form.fields.items() if name not in left_out]


def _question(name: str, one: forms.Field) -> Asked:
    label = one.label or ""
    if isinstance(one, forms.ChoiceField):
        many = isinstance(one, forms.MultipleChoiceField)
        choices: Any = one.choices
        given = tuple((str(code), words_) for code, words_ in choices if code)
        return Asked(name, label, "many" if many else "one", given)
    if isinstance(one, forms.BooleanField):
        return Asked(name, "", "one", (("yes", label),))
    return Asked(name, label, "lines" if isinstance(one.widget, forms.Textarea) else "line")


def _choice(name: str, label: Text, answers: Sequence[tuple[str, Text]] | Mapping[str, Text]) -> Asked:
    pairs = answers.items() if isinstance(answers, Mapping) else answers
    return Asked(name, label, "one", tuple((str(code), words_) for code, words_ in pairs))


def _registration(site: Site) -> list[Asked]:
    channels = [one for one in SETTABLE_CHANNELS]
    return [
        _choice("limits", _("How was it explained?"), Explained.choices),
        *_of(NameStep()),
        _choice("age_band", _("How old are you?"), AgeBand.choices),
        _choice("gender", _("Gender"), Gender.choices),
        Asked("gender_words", _("Own words, if wanted"), "line"),
        *_of(PlaceStep(sites=[], languages=tongues.of_programme(site.programme_id)), "site"),
        _choice("contact", _("How may we reach you?"), channels),
        *_of(ContactStep()),
    ]


def _consent(site: Site) -> list[Asked]:
    form = CardsForm(cards=[(purpose, PURPOSES[purpose]) for purpose in words.CARDS], minor=True)
    asked = _of(form, "method")
    texts = {purpose: words.consent_text(site.programme_id, purpose) for purpose in words.CARDS}
    own = [Asked(one.name, one.label, one.kind, one.answers, texts.get(one.name, words.NOTHING)) for one in asked]
    return [*own, *(one for one in _of(form) if one.name == "method")]


def _session(site: Site) -> list[Asked]:
    techniques = pathways.choices(pathways.of_programme(site.programme.code).techniques)
    return _of(SessionForm(techniques=techniques, interpreters=[], notes=True), "on")


def _body(site: Site) -> list[Asked]:
    return _of(BodySessionForm(activities=()), "pain", "spread")


def _visit(site: Site) -> list[Asked]:
    return [
        _choice("emergency", _("Is there an emergency now?"), said.EMERGENCIES),
        *_of(NewVisitForm()),
    ]


def _follow_up(site: Site) -> list[Asked]:
    return _of(FollowUpForm())


def _closing(site: Site) -> list[Asked]:
    return _of(ClosingForm(colleagues=[]))


BUILDERS: Final = {
    "registration": _registration,
    "consent": _consent,
    "session": _session,
    "body": _body,
    "visit": _visit,
    "follow_up": _follow_up,
    "closing": _closing,
}


def offered_to(duty: str) -> list[tuple[str, Kind]]:
    """The forms that a duty fills in."""
    return [(form, kind) for form, kind in KINDS.items() if duty in kind.duties]


def blank_body() -> SafeString:
    """The body, front and back, without a mark."""
    return bodymap.drawn({})


def activities_shown(count: int | None) -> int:
    """How many activities are printed to be rated: those the person has chosen, or three on a blank sheet."""
    return 3 if count is None else count
