"""What a printed form is made of: its questions, and what of them is printed as a mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django import forms
from django.utils.functional import Promise

from karama.people import words
from karama.programme.models import Site

Text = str | Promise
EVERY: Final = frozenset({"*"})
"""Each question of a form."""


@dataclass(frozen=True)
class Asked:
    """One question on paper. `kind`: one, many (boxes), line, lines (to write on). `text`: read aloud before."""

    name: str
    label: Text
    kind: str
    answers: tuple[tuple[str, Text], ...] = ()
    text: words.Told = words.NOTHING


@dataclass(frozen=True)
class Kind:
    """A form that can be printed: its name on the screen, never on paper, the duties that fill it in, its questions
    for a site, and the page on which it is typed in (`page`: the name of an address that takes a person).
    """

    title: Text
    duties: frozenset[str]
    asked: Callable[[Site, str], Sequence[Asked]]
    page: str
    covered: frozenset[str] = frozenset()
    """Questions whose answers are printed as marks."""
    unnamed: frozenset[str] = frozenset()
    """Questions that are themselves printed as a mark."""
    readers: frozenset[str] = frozenset()
    """Duties that may know that such a sheet exists about a person; empty: everybody in care with the person."""
    plain: frozenset[str] = frozenset()
    """Where every question is a mark: those that are not."""
    page_args: tuple[object, ...] = ()
    """What follows the person in the address of the page."""
    here: Callable[[Site], bool] | None = None
    """Whether a site has this form at all; None: every site."""
    parts: Callable[[], Sequence[tuple[str, Text]]] | None = None
    """Sheets of this form that ask different things: code and name of each."""
    shows: tuple[str, bool] | None = None
    """Where it stands what a sheet became: the name of an address, and whether it takes the record instead of the
    person; None: in the list of papers of the person."""
    own_page: str = ""
    """A form that is printed from a page of its own only: the name of that address, which takes a person."""

    def offered_at(self, site: Site) -> bool:
        """Whether this form is printed at a site."""
        return self.here is None or self.here(site)

    def covers(self, name: str) -> bool:
        """Whether the answers of a question are printed as marks."""
        return name in self.covered or (self.covered == EVERY and name not in self.plain)

    def hides(self, name: str) -> bool:
        """Whether a question is itself printed as a mark."""
        return name in self.unnamed or (self.unnamed == EVERY and name not in self.plain)


def of_form(form: forms.Form, *left_out: str) -> list[Asked]:
    """The fields of a form as questions, in their order."""
    return [
        _question(name, one)
        for name, one in form.fields.items()
        if name not in left_out and not isinstance(one.widget, forms.HiddenInput)
    ]


def _question(name: str, one: forms.Field) -> Asked:
    label = one.label or ""
    if isinstance(one, forms.ChoiceField):
        many = isinstance(one, forms.MultipleChoiceField)
        choices: Sequence[tuple[str, Text]] = list(one.choices)  # type: ignore[arg-type]  # never grouped
        given = tuple((str(code), words_) for code, words_ in choices if code)
        return Asked(name, label, "many" if many else "one", given)
    if isinstance(one, forms.BooleanField):
        return Asked(name, "", "one", (("yes", label),))
    return Asked(name, label, "lines" if isinstance(one.widget, forms.Textarea) else "line")


def choice(name: str, label: Text, answers: Sequence[tuple[str, Text]] | Mapping[str, Text]) -> Asked:
    """One question with boxes, of which one is ticked."""
    pairs = answers.items() if isinstance(answers, Mapping) else answers
    return Asked(name, label, "one", tuple((str(code), words_) for code, words_ in pairs))
