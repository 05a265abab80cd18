"""In words: screenings, chapters, why there is no answer, how somebody leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.knowledge.value_sets import IntakeChapter, IntakeQuestion
from karama.programme import packs

Text = str | Promise

MISSING: Final[dict[str, Text]] = {
    "skipped": pgettext_lazy("an answer", "Skip"),
    "refused": _("Prefers not to say"),
    "not_asked": pgettext_lazy("an answer", "Not asked"),
    "dont_know": _("Does not know"),
}
"""Why there is no answer: to a question."""

LEFT_OUT: Final[dict[str, Text]] = {
    "skipped": _("Skip it for now"),
    "refused": _("The person does not want it"),
    "not_asked": _("I did not ask"),
    "dont_know": _("The person does not know"),
}
"""Why a whole chapter is left out."""

STATES: Final[dict[str, Text]] = {
    "told": pgettext_lazy("a chapter of an intake", "Spoken about"),
    "stopped": pgettext_lazy("a chapter of an intake", "Stopped on the way"),
    "skipped": pgettext_lazy("a chapter of an intake", "Skipped for now"),
    "refused": pgettext_lazy("a chapter of an intake", "The person did not want it"),
    "not_asked": pgettext_lazy("a chapter of an intake", "Not asked"),
    "dont_know": pgettext_lazy("a chapter of an intake", "The person does not know"),
}
BADGES: Final = {
    "told": "done", "stopped": "done", "skipped": "waiting", "refused": "refused", "not_asked": "waiting",
    "dont_know": "unknown", "": "missing",
}  # fmt: skip

YES_OR_NO: Final[list[tuple[str, Text]]] = [
    ("yes", pgettext_lazy("an answer", "Yes")),
    ("no", pgettext_lazy("an answer", "No")),
    ("dont_know", _("Does not know")),
    ("refused", _("Prefers not to say")),
    ("skipped", pgettext_lazy("an answer", "Skip")),
]
URGENCIES: Final[dict[str, Text]] = {
    "now": _("It cannot wait"),
    "days": _("Within days"),
    "weeks": _("Within weeks"),
}
SUGGESTIONS: Final[dict[str, Text]] = {
    "fits": _("This service seems to fit."),
    "unclear": _("Not clear yet."),
    "elsewhere": _("Another service may fit better."),
}
FURTHER: Final[dict[str, Text]] = {
    "fits": _("A suggestion only. You and the person decide."),
    "unclear": _("Ask the second screening, or talk about it in the team. Nobody is refused here."),
    "elsewhere": _("A suggestion only. Offer the other service, and stay in touch until it begins."),
}
LEAVING: Final[dict[str, Text]] = {
    "calmer": pgettext_lazy("how somebody leaves", "Calmer"),
    "as_before": pgettext_lazy("how somebody leaves", "As before"),
    "more_upset": pgettext_lazy("how somebody leaves", "More upset"),
}
NOT_ASKED: Final[dict[str, Text]] = {
    "left_suddenly": _("Not asked: the person left suddenly"),
    "interrupted": _("Not asked: we were interrupted"),
    "did_not_want": _("Not asked: the person did not want it"),
}

CALLED: Final[dict[str, Text]] = {
    "reached": pgettext_lazy("a promised call", "Reached"),
    "again": _("Nobody answered: try tomorrow"),
    "not_needed": pgettext_lazy("a promised call", "Not needed any more"),
}


def named(one: IntakeChapter | IntakeQuestion) -> str:
    """A chapter or a question in the reader's language."""
    return packs.words(one.names)


def choices(question: IntakeQuestion) -> list[tuple[str, str]]:
    """(code, words) of what may be tapped."""
    return [(code, packs.words(names)) for code, names in question.choices]


def answered(question: IntakeQuestion, answer: Iterable[str]) -> str:
    """An answer in one line."""
    known = dict(choices(question)) | {code: str(words) for code, words in MISSING.items()}
    known["skipped"] = str(pgettext_lazy("an answer", "Skipped"))
    return " · ".join(known.get(one, one) for one in answer)


def facts(chapter: IntakeChapter, answers: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """(question, answer) in words, in the order of the chapter; what was never asked is left out."""
    return [
        (named(one), answered(one, answers[one.code]))
        for one in chapter.questions
        if one.code in answers and list(answers[one.code]) != ["not_asked"]
    ]
