"""Forms as they are printed: drawn from the very forms that are typed into, so that paper and screen ask the same.

Words that could harm whoever carries a sheet (what was seen, what it looks like, what was done) are printed as marks of
two characters. The key to the marks is a sheet of its own that stays in the room. Which forms there are: `paperkinds`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from karama.care import bodymap
from karama.care.paperkinds import KINDS
from karama.care.papershapes import Asked, Kind, Text, choice
from karama.people import words
from karama.programme.models import Site
from karama.rules.risk import WORRIES
from karama.rules.signs import ALPHABET
from karama.safety.words import KINDS as KINDS_OF_DANGER
from karama.security import digests

READ_ALOUD: Final = ("registration", "consent")
"""Forms that begin with the limits of confidentiality."""


@dataclass(frozen=True)
class Printed:
    """What stands on a sheet below its head. `limits`: of confidentiality, which come before any question."""

    asked: tuple[Asked, ...]
    limits: words.Told | None = None
    drawing: bool = False
    rated: tuple[int, ...] = ()
    dangers: tuple[str, ...] = ()
    key: tuple[tuple[str, tuple[tuple[str, Text], ...]], ...] = field(default=())


def printed(form: str, site: Site, *, part: str = "", activities: int = 0) -> Printed:
    """The questions of a form for a site, and the key to its marks. `activities`: how many the person rates."""
    kind = KINDS[form]
    asked = tuple(kind.asked(site, part))
    danger = choice("danger", _("Somebody is in danger"), {code: KINDS_OF_DANGER[code] for code in WORRIES})
    covered = [danger, *(one for one in asked if kind.covers(one.name) or kind.hides(one.name))]
    key = tuple(
        (_heading(one, kind), tuple(_marked(one)) if one is danger or kind.covers(one.name) else ()) for one in covered
    )
    return Printed(
        asked=tuple(_cover(one, kind) for one in asked),
        limits=words.limits_of(site.programme_id) if form in READ_ALOUD else None,
        drawing=form == "body",
        rated=tuple(range(1, activities + 1)) if form == "body" else (),
        dangers=tuple(mark for mark, _label in _marked(danger)),
        key=key,
    )


def _heading(one: Asked, kind: Kind) -> str:
    return f"{mark_of_question(one.name)} · {one.label}" if kind.hides(one.name) else str(one.label)


def _marked(one: Asked) -> list[tuple[str, Text]]:
    marks = marks_of(one.name, [code for code, _label in one.answers])
    return [(marks[code], label) for code, label in one.answers]


def _cover(one: Asked, kind: Kind) -> Asked:
    if not kind.covers(one.name) and not kind.hides(one.name):
        return one
    label = mark_of_question(one.name) if kind.hides(one.name) else one.label
    marks = tuple((mark, mark) for mark, _label in _marked(one))
    return Asked(one.name, label, one.kind, marks if kind.covers(one.name) else one.answers)


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
    """On the screen, while a sheet is typed in: each question and answer that was printed as a mark shows it first."""
    for name, found in form.fields.items():
        shown: Any = found
        if KINDS[kind].hides(name):
            shown.label = f"{mark_of_question(name)} · {shown.label}"
        if KINDS[kind].covers(name) and isinstance(found, forms.ChoiceField):
            shown.choices = with_marks(name, list(shown.choices))


def with_marks(question: str, answers: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The answers of a question, each with its mark before its words; what stands for no answer has none."""
    marks = marks_of(question, [str(code) for code, _label in answers if str(code)])
    return [(code, f"{marks[str(code)]} · {label}" if str(code) else label) for code, label in answers]


def offered_to(duty: str, site: Site | None = None) -> list[tuple[str, Kind]]:
    """The forms that a duty fills in; of a site, those that it has."""
    known = [(form, kind) for form, kind in KINDS.items() if duty in kind.duties]
    return [(form, kind) for form, kind in known if site is None or kind.offered_at(site)]


def blank_body() -> SafeString:
    """The body, front and back, without a mark."""
    return bodymap.drawn({})


def activities_shown(count: int | None) -> int:
    """How many activities are printed to be rated: those the person has chosen, or three on a blank sheet."""
    return 3 if count is None else count
