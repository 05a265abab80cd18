"""Caseness, recovery, reliable improvement, reliable recovery and reliable deterioration, as published.

A definition is data: measures, each with its caseness line and its reliable-change line. Definitions and
denominators are those of NHS Talking Therapies (NCT05134103; fingertips glossary):

* caseness: at or beyond the line on any measure; recovery: at caseness at the start, below every line at the
  end; denominator: people at caseness at the start;
* reliable improvement: reliably better on any measure and reliably worse on none; denominator: everybody with
  complete scores at the start, at caseness or not;
* reliable recovery: recovery and reliable improvement; denominator: people at caseness at the start;
* reliable deterioration: reliably worse on any measure and reliably better on none; denominator: everybody.

Missing is never "no". Where a missing score leaves the answer open, it is `unknown`, and rates carry best and
worst case beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from karama.rules.change.reliable import HigherIs, improvement

Scores = Mapping[str, float | None]
"""Measure code -> total in points, None (or absent) when there is no total."""


class Answer(StrEnum):
    """The answer to one outcome question about one person.

    `outside` = not in the denominator (recovery of somebody below the line at the start);
    `unclassified` = the start itself is missing, so that even the denominator is not known.
    """

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    OUTSIDE = "outside"
    UNCLASSIFIED = "unclassified"


@dataclass(frozen=True)
class OutcomeMeasure:
    """One measure of a definition: its lines in points, both inclusive.

    `case_at`: at this score, or beyond it on the worse side, the person is at caseness.
    `reliable_change`: a move of at least this many points is reliable.
    """

    code: str
    case_at: float
    reliable_change: float
    higher_is: HigherIs = "worse"
    source: str = ""

    def at_caseness(self, score: float | None) -> bool | None:
        """Say whether a score is at caseness; None when it is missing."""
        if score is None:
            return None
        return score <= self.case_at if self.higher_is == "better" else score >= self.case_at

    def moved(self, before: float | None, after: float | None) -> tuple[bool | None, bool | None]:
        """Return (reliably better, reliably worse); both None when either score is missing."""
        if before is None or after is None:
            return None, None
        gain = improvement(before, after, self.higher_is)
        return gain >= self.reliable_change, -gain >= self.reliable_change


@dataclass(frozen=True)
class OutcomeDefinition:
    """A named set of measures read together, with its source and the population its lines were set on."""

    code: str
    measures: tuple[OutcomeMeasure, ...]
    source: str
    population: str = ""

    def __post_init__(self) -> None:
        codes = [measure.code for measure in self.measures]
        if not codes or len(set(codes)) != len(codes):
            raise ValueError(f"Outcome definition {self.code}: name each measure once, and at least one.")
        if any(measure.reliable_change <= 0 for measure in self.measures):
            raise ValueError(f"Outcome definition {self.code}: a reliable change is above zero.")


NHS_TALKING_THERAPIES = OutcomeDefinition(
    code="nhs_talking_therapies",
    measures=(
        OutcomeMeasure("phq9", case_at=10, reliable_change=6, source="NHS Talking Therapies: PHQ-9 above 9"),
        OutcomeMeasure("gad7", case_at=8, reliable_change=4, source="NHS Talking Therapies: GAD-7 above 7"),
    ),
    source="NHS Talking Therapies (NCT05134103; fingertips glossary)",
    population="adults in primary-care talking therapies in England",
)
"""The published two-measure definition: PHQ-9 (case 10, reliable 6) and GAD-7 (case 8, reliable 4)."""


@dataclass(frozen=True)
class PersonOutcome:
    """The five answers about one person under one definition."""

    case_at_start: Answer
    recovery: Answer
    reliable_improvement: Answer
    reliable_recovery: Answer
    reliable_deterioration: Answer


def person_outcome(definition: OutcomeDefinition, before: Scores, after: Scores) -> PersonOutcome:
    """Answer the five outcome questions for one person, in three-valued logic (missing stays unknown)."""
    measures = definition.measures
    case = _any(measure.at_caseness(before.get(measure.code)) for measure in measures)
    below = _not(_any(measure.at_caseness(after.get(measure.code)) for measure in measures))
    moves = [measure.moved(before.get(measure.code), after.get(measure.code)) for measure in measures]
    better, worse = _any(gain for gain, _ in moves), _any(loss for _, loss in moves)
    improved = _both(better, _not(worse))
    started = all(before.get(measure.code) is not None for measure in measures)
    return PersonOutcome(
        case_at_start=Answer.UNCLASSIFIED if case is None else _answer(case),
        recovery=_among_cases(case, below),
        reliable_improvement=_answer(improved) if started else Answer.UNCLASSIFIED,
        reliable_recovery=_among_cases(case, _both(below, improved)),
        reliable_deterioration=_answer(_both(worse, _not(better))) if started else Answer.UNCLASSIFIED,
    )


@dataclass(frozen=True)
class Rate:
    """A counted outcome with everything needed to read it.

    `n` people in the denominator, of whom `missing` have no answer; `unclassified` could not be placed in
    the denominator and are outside all figures. `rate` = yes / known; `if_missing_no` and `if_missing_yes`
    are the bounds when every missing answer is no, or yes: worst and best case of recovery and improvement,
    best and worst case of deterioration. None when the denominator is empty.
    """

    yes: int
    n: int
    missing: int
    unclassified: int = 0

    @property
    def known(self) -> int:
        """People in the denominator whose answer is known."""
        return self.n - self.missing

    @property
    def rate(self) -> float | None:
        """Share of yes among known answers, 0 to 1."""
        return self.yes / self.known if self.known else None

    @property
    def if_missing_no(self) -> float | None:
        """Share of yes if every missing answer were no."""
        return self.yes / self.n if self.n else None

    @property
    def if_missing_yes(self) -> float | None:
        """Share of yes if every missing answer were yes."""
        return (self.yes + self.missing) / self.n if self.n else None


def tally(answers: Iterable[Answer]) -> Rate:
    """Count answers to one question: n, missing, and what could not be classified."""
    counts = dict.fromkeys(Answer, 0)
    for answer in answers:
        counts[answer] += 1
    missing = counts[Answer.UNKNOWN]
    return Rate(
        yes=counts[Answer.YES],
        n=counts[Answer.YES] + counts[Answer.NO] + missing,
        missing=missing,
        unclassified=counts[Answer.UNCLASSIFIED],
    )


def _among_cases(case: bool | None, outcome: bool | None) -> Answer:
    if case is None:
        return Answer.UNCLASSIFIED
    return _answer(outcome) if case else Answer.OUTSIDE


def _answer(value: bool | None) -> Answer:
    if value is None:
        return Answer.UNKNOWN
    return Answer.YES if value else Answer.NO


def _any(values: Iterable[bool | None]) -> bool | None:
    seen = list(values)
    if any(value is True for value in seen):
        return True
    return None if any(value is None for value in seen) else False


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True
