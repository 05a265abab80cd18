"""Results in plain words. Every score comes with its citation, and every line with the population it was set on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.care import showing
from karama.care.models import Mode
from karama.care.models.episode import EpisodeState
from karama.care.queries.scoring import Result, usable
from karama.rules.scoring.card import Cutoff
from karama.ui.labels import said
from karama.ui.locales import language as language

Text = str | Promise

MISSING: dict[str, Text] = {
    "skipped": pgettext_lazy("an answer", "Skipped"),
    "refused": pgettext_lazy("an answer", "Does not want to answer"),
    "dont_know": pgettext_lazy("an answer", "Does not know"),
    "not_asked": pgettext_lazy("an answer", "Not asked"),
}

QUIET: tuple[tuple[str, Text], ...] = (
    ("skipped", _("Skip")),
    ("refused", _("Does not want to answer")),
    ("dont_know", _("Does not know")),
)
"""Beside the answers of every question: each is kept as what it is, never as zero."""

ACTED: dict[str, Text] = {
    "yes": _("Yes, somebody spoke with this person"),
    "no": _("No"),
    "unknown": _("Not known"),
}
"""Of a safety answer that stood on paper: was something done on that day?"""

QUIET_ALONE: tuple[tuple[str, Text], ...] = (
    ("skipped", _("Skip this question")),
    ("refused", _("I do not want to answer this")),
    ("dont_know", _("I do not know")),
)
"""The same, for whoever answers alone."""

WHY_NO_TOTAL: dict[str, Text] = {
    "missing_answers": _("No total: not every question was answered, and this measure has no rule for that."),
    "outside_age": _("No total: this measure was made for another age."),
    "draft_rule": _("No total: how this measure is added up has not been checked against its source yet."),
    "no_total": _("This measure has no total: look at the results below."),
}

WHY_LOCKED: dict[str, Text] = {
    "permission_required": _("Locked: its owner has to allow its use first."),
    "draft_safety": _("Locked: its safety rule has not been checked yet."),
    "wording": _("Its official wording is not loaded, so it cannot be asked."),
}

MODES = dict(Mode.choices)
STATES = dict(EpisodeState.choices)

STATE_BADGES = {
    "screening": "open",
    "waiting": "waiting",
    "active": "taken",
    "on_hold": "paused",
    "follow_up": "waiting",
    "closed": "closed",
}

RTL = frozenset({"ar", "ckb", "fa", "ur", "he", "ps"})


def direction(code: str) -> str:
    """The writing direction of a language."""
    return "rtl" if code.split("-")[0] in RTL else "ltr"


@dataclass(frozen=True)
class LineWords:
    """One cut-off in words: where the score stands, the line, for what and on whom it was set, and its source."""

    stands: Text
    line: float
    purpose: str
    population: str
    source: str
    met: bool | None


def lines_of(result: Result) -> list[LineWords]:
    """The cut-offs that apply to this response."""
    cuts = {cut.code: cut for cut in usable(result.card).cutoffs}
    found = []
    for code, met in result.scored.cutoffs.items():
        cut = cuts.get(code)
        if cut is not None:
            found.append(
                LineWords(
                    stands=_stands(cut, met),
                    line=float(cut.at_least if cut.at_least is not None else cut.at_most or 0),
                    purpose=said(cut.purpose),
                    population=said(cut.population),
                    source=source_of(cut.evidence.source),
                    met=met,
                )
            )
    return found


def _stands(cut: Cutoff, met: bool | None) -> Text:
    if met is None:
        return _("Without a total, nothing can be said about this line")
    if cut.at_least is not None:
        return _("Above the line agreed for this group") if met else _("Below this measure's line")
    return _("Below the line agreed for this group: lower is harder") if met else _("Above this measure's line")


def source_of(text: str) -> str:
    """A citation as it stands on the card."""
    return text.removeprefix("verified:").strip()


def given(result: Result, item: str, labels: dict[str, str]) -> Text:
    """An answer in words: its label, or why there is none."""
    answer = result.answers.get(item, "not_asked")
    return MISSING.get(answer) or labels.get(answer) or answer.replace("_", " ")


def in_short(result: Result) -> Text:
    """A result in one line: the total with its range, or why there is none."""
    total = result.scored.total
    if total is None:
        return WHY_NO_TOTAL.get(result.scored.why_no_total or "", WHY_NO_TOTAL["missing_answers"])
    card = usable(result.card)
    scale = card.scale(card.total or "")
    words = _("%(total)s of %(highest)s") % {"total": number(total), "highest": number(scale.highest)}
    return f"{words} · {said(result.scored.band)}" if result.scored.band else words


def by_telephone(result: Result) -> Text:
    """What a telephone had shown, in one line; empty where it showed the same, or said nothing."""
    if not result.shown:
        return ""
    total, band = showing.in_words(result.shown)
    if not total:
        return _("The telephone showed no total.")
    return _("The telephone showed: %(shown)s") % {"shown": " · ".join(one for one in (total, said(band)) if one)}


def number(value: float) -> str:
    """A score without needless decimals."""
    return str(int(value)) if float(value).is_integer() else f"{value:.2f}"


def sources(result: Result) -> list[str]:
    """Where the scoring of the shown scales comes from."""
    found: Iterable[str] = (source_of(scale.evidence.source) for scale in usable(result.card).scales)
    return list(dict.fromkeys(found))
