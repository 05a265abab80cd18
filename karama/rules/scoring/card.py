"""The card of an instrument: everything needed to score it, as frozen data.

A card has no wording, only item codes with short topics in our own words. Answers are semantic codes
(``not_at_all``), never bare numbers, because the same number means different things on different forms.
Every fact carries its evidence: ``verified`` with a source, or ``draft`` (from memory, to be checked).
Draft facts are never used unless a caller asks for them; a draft safety rule locks the instrument.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from karama.rules.scoring.conditions import Condition, Number
from karama.rules.scoring.evidence import AgeRange, Evidence, Licence, Loinc, ReliableChange

Method = Literal["sum", "mean", "count", "max"]
MissingMethod = Literal["no_score", "prorate", "zero"]
Grade = Literal["now", "today", "soon"]
SafetyKind = Literal["suicide", "gbv", "injecting"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of an answer set: its semantic code, its value, and its LOINC answer code if verified."""

    code: str
    value: Number
    loinc: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """The answers an item may have, lowest first as printed in most forms; codes are unique in the set."""

    code: str
    answers: tuple[Answer, ...]

    def values(self) -> dict[str, Number]:
        """Answer code -> value."""
        return {answer.code: answer.value for answer in self.answers}


@dataclass(frozen=True, slots=True)
class Skip:
    """When an item is not asked, and what that means for the score.

    Where ``asked_if`` is *false*: an item left empty (absent or ``not_asked``; not ``refused``, ``skipped``
    or ``dont_know``, which are what a person who was asked did) takes the answer ``implied``, or stays
    missing when that is ``None``; an item answered all the same, other than by ``implied``, keeps its answer
    (``answered_anyway = "keep"``, for safety items) or becomes missing (``"missing"``). Where ``asked_if`` is
    true or unknown nothing changes. ``asked_if`` reads answers only (never scales), and of earlier items.
    """

    asked_if: Condition
    implied: str | None
    answered_anyway: Literal["keep", "missing"]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Item:
    """One question. ``answers`` names an answer set, or is ``None`` for free words (never scored).

    ``reverse``: value = lowest + highest of the answer set - value. ``scored`` is false for gates,
    difficulty questions and words: they are not counted in ``n_items``. ``loinc`` only when verified.
    """

    code: str
    topic: str
    answers: str | None
    reverse: bool = False
    scored: bool = True
    loinc: str | None = None
    skip: Skip | None = None


@dataclass(frozen=True, slots=True)
class MissingRule:
    """What a scale does when answers are missing.

    ``no_score``: any missing item means no score. ``prorate``: with at most ``allowed`` missing, a sum is
    round-half-to-even(sum * items / answered) and a mean is the mean of what was answered. ``zero``: with at
    most ``allowed`` missing, a missing item counts nothing. ``counted_over`` = ``"total"`` counts the missing
    items of the total scale instead of this scale's. A draft rule is off: it acts as ``no_score``.
    """

    method: MissingMethod
    allowed: int
    evidence: Evidence
    counted_over: Literal["scale", "total"] = "scale"


@dataclass(frozen=True, slots=True)
class Scale:
    """A number made of items: ``method`` over their values, then ``* multiply / divide`` in that order.

    ``recodes`` gives (item, answer set) pairs whose values replace the item's own in this scale only.
    ``count`` counts items whose value is at least ``count_from``. ``lowest`` and ``highest`` are its range
    after multiplying and dividing. ``higher`` says what a higher score means for the person.
    """

    code: str
    label: str
    items: tuple[str, ...]
    method: Method
    lowest: Number
    highest: Number
    higher: Literal["worse", "better"]
    missing: MissingRule
    evidence: Evidence
    multiply: Number = 1
    divide: Number = 1
    count_from: Number = 1
    recodes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of a scale, from ``low`` to ``high`` as printed.

    A score belongs to the last band whose ``low`` it reaches. ``label`` is ``None`` in a card without drafts
    where only a draft band stands: the score then has no band.
    """

    low: Number
    high: Number
    label: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Banding:
    """One published set of bands over a scale; ``step`` is the distance from one ``high`` to the next low."""

    code: str
    scale: str
    bands: tuple[Band, ...]
    evidence: Evidence
    step: Number = 1


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A line on a scale, for one population. It applies only where everything it states is known to match.

    ``population`` "general" applies to all. The line is met at ``at_least`` or more, or at ``at_most`` or
    less (exactly one is given). ``sex`` is ``F`` or ``M``; ``languages`` are BCP 47 codes, empty for any;
    ages in years.
    """

    code: str
    scale: str
    population: str
    purpose: str
    evidence: Evidence
    at_least: Number | None = None
    at_most: Number | None = None
    sex: str | None = None
    languages: tuple[str, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    sensitivity: float | None = None
    specificity: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AlgorithmRule:
    """``label`` is the result when ``when`` holds and no earlier rule did."""

    label: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Algorithm:
    """An ordered list of rules: the first that holds names the result, none gives ``otherwise``.

    A rule that is unknown stops the list with ``undetermined``, unless ``missing`` is ``"ignored"``: then a
    missing answer fulfils nothing, and only when every item read is missing is the result ``undetermined``.
    """

    code: str
    rules: tuple[AlgorithmRule, ...]
    otherwise: str
    evidence: Evidence
    missing: Literal["undetermined", "ignored"] = "undetermined"


@dataclass(frozen=True, slots=True)
class SafetyRule:
    """Answers that need somebody, whatever the total. ``when`` reads answers only, never scales.

    Unknown means "must ask", never "no". ``grade`` is a hint (now, today, soon) until a screener decides.
    """

    code: str
    kind: SafetyKind
    grade: Grade
    when: Condition
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Coding:
    """How one form prints one answer set as raw values: (raw, answer code or missing code) pairs."""

    code: str
    answer_set: str
    raw: tuple[tuple[str, str], ...]
    evidence: Evidence


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Card:
    """One version of one instrument. Compared and cached by identity: the loader makes each once.

    ``total`` names the scale that is the total, or is ``None`` for an instrument without one (a triage).
    ``topics`` says how well the order and subjects of the items are known.
    ``audience`` is ``participant`` or ``staff``; ``recall`` is the period asked about, in our words.
    """

    code: str
    version: str
    name: str
    audience: Literal["participant", "staff"]
    recall: str
    items: tuple[Item, ...]
    answer_sets: tuple[AnswerSet, ...]
    scales: tuple[Scale, ...]
    total: str | None
    bandings: tuple[Banding, ...]
    cutoffs: tuple[Cutoff, ...]
    algorithms: tuple[Algorithm, ...]
    safety: tuple[SafetyRule, ...]
    codings: tuple[Coding, ...]
    reliable_change: tuple[ReliableChange, ...]
    licence: Licence
    topics: Evidence
    reviewer: str
    review_date: str
    age: AgeRange | None = None
    loinc: Loinc | None = None
    notes: tuple[str, ...] = ()

    def item(self, code: str) -> Item:
        """The item with this code. Raises ``KeyError`` when there is none."""
        return _named(self.items, code)

    def scale(self, code: str) -> Scale:
        """The scale with this code. Raises ``KeyError`` when there is none."""
        return _named(self.scales, code)

    def answer_set(self, code: str) -> AnswerSet:
        """The answer set with this code. Raises ``KeyError`` when there is none."""
        return _named(self.answer_sets, code)


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Thing = TypeVar("_Thing", bound=_Coded)


def _named(things: tuple[_Thing, ...], code: str) -> _Thing:
    for thing in things:
        if thing.code == code:
            return thing
    raise KeyError(code)
