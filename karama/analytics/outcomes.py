"""From totals before and after to the outcomes table of a programme: pure computation over rows handed in.

Without a comparison group every figure is uncontrolled change, not effect, and the table says so. Deaths
and refusals of reporting are left out of all figures and printed beside them. Answers through an interpreter,
or in a language in which the instrument was not validated, have their own line with n and never enter the
main line.

Checked against public data (PHQ-9 and GAD-7 of 403 people at two times): 156 at caseness, 55 recovered, 96
reliably improved, 38 reliably recovered, 40 reliably deteriorated. The 96 and the 40 count all 403 people, at
caseness at the start or not (among the 156 alone they are 73 and 13): that is the published denominator.
There, nobody was reliably better on one measure and reliably worse on the other, so the figures do not depend
on the rule for mixed change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal

import numpy as np

from karama.analytics.intervals import Interval, pre_post_interval, wilson
from karama.rules.change import (
    CannotCompute,
    Change,
    EffectSize,
    HigherIs,
    OutcomeDefinition,
    Rate,
    cronbach_alpha,
    person_outcome,
    pre_post,
    tally,
)
from karama.rules.change.effect import UNCONTROLLED

MINIMUM_SHOWN = 10
"""Fewest people whose aggregate may be shown inside the programme (DESIGN 11)."""

MAIN, INTERPRETER, UNVALIDATED = "main", "interpreter", "unvalidated_language"
QUESTIONS = ("recovery", "reliable_improvement", "reliable_recovery", "reliable_deterioration")


@dataclass(frozen=True)
class OutcomeRow:
    """One person without identity: totals by measure at the two waves, and how they were obtained.

    A missing total is None or absent. `left_out` keeps the person out of every figure but the count printed
    beside: a death, or a refusal that answers be used in statistics (then the totals need not be handed in).
    """

    before: Mapping[str, float | None]
    after: Mapping[str, float | None]
    interpreter: bool = False
    language_validated: bool = True
    left_out: Literal["died", "refused_reporting"] | None = None

    @property
    def line(self) -> str:
        """Name of the line this row counts in; an unvalidated language outweighs an interpreter."""
        if not self.language_validated:
            return UNVALIDATED
        return INTERPRETER if self.interpreter else MAIN


@dataclass(frozen=True)
class Summary:
    """n, missing, mean and sample SD (n - 1) of totals in points; alpha over `alpha_n` complete item rows."""

    n: int
    missing: int
    mean: float | None
    sd: float | None
    alpha: float | None = None
    alpha_n: int = 0


@dataclass(frozen=True)
class Paired:
    """Before and after of the same people: both totals present in `n`, one or both missing in `missing`.

    `change` is mean after minus mean before, in points; the effect is positive when people are better off.
    """

    n: int
    missing: int
    before: Summary
    after: Summary
    r12: float | None
    change: float | None
    effect: EffectSize | None
    interval: Interval | None
    label: str = UNCONTROLLED


@dataclass(frozen=True)
class OutcomeLine:
    """The figures of one group of rows: n people, those at caseness at the start, rates, paired change."""

    name: str
    n: int
    case_at_start: Rate
    rates: Mapping[str, Rate]
    measures: Mapping[str, Paired]


@dataclass(frozen=True)
class OutcomeTable:
    """The outcomes of a group of people between two waves under one definition."""

    definition: OutcomeDefinition
    main: OutcomeLine
    apart: tuple[OutcomeLine, ...]
    died: int
    refused_reporting: int
    label: str = UNCONTROLLED
    lines: tuple[OutcomeLine, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", (self.main, *self.apart))

    def to_dict(self, minimum: int = MINIMUM_SHOWN) -> dict[str, object]:
        """Return the table for JSON. A line of fewer than `minimum` people shows its n and nothing more."""
        return {
            "definition": self.definition.code,
            "source": self.definition.source,
            "population": self.definition.population,
            "label": self.label,
            "left_out": {"died": self.died, "refused_reporting": self.refused_reporting},
            "lines": [_line_dict(line, minimum) for line in self.lines],
        }


def summary(values: Iterable[float | None], items: Sequence[Sequence[float | None]] | None = None) -> Summary:
    """Summarise totals; `items`, shape (people, items), adds alpha over the rows without a missing item."""
    seen = list(values)
    known = [value for value in seen if value is not None]
    complete = [row for row in (_complete(row) for row in items or ()) if row is not None]
    return Summary(
        n=len(known),
        missing=len(seen) - len(known),
        mean=float(np.mean(known)) if known else None,
        sd=float(np.std(known, ddof=1)) if len(known) > 1 else None,
        alpha=_alpha(complete),
        alpha_n=len(complete),
    )


def paired(
    before: Sequence[float | None],
    after: Sequence[float | None],
    higher_is: HigherIs = "worse",
    confidence: float = 0.95,
) -> Paired:
    """Compare the same people at two waves (position by position), over the pairs with both totals.

    r12 is Pearson's correlation; the effect is the standardised mean change by the spread before, with a
    large-sample interval. Each is None where it is not defined. Raises ValueError for unequal lengths.
    """
    both = [(x, y) for x, y in zip(before, after, strict=True) if x is not None and y is not None]
    start, end = summary(x for x, _ in both), summary(y for _, y in both)
    r12 = _correlation(both, start, end)
    effect = _effect(start, end, higher_is)
    interval = pre_post_interval(effect, r12, confidence) if effect and r12 is not None else None
    change = end.mean - start.mean if start.mean is not None and end.mean is not None else None
    return Paired(len(both), len(before) - len(both), start, end, r12, change, effect, interval)


def outcomes(definition: OutcomeDefinition, rows: Iterable[OutcomeRow]) -> OutcomeTable:
    """Count the published outcomes of `definition` over `rows`, one row a person."""
    groups: dict[str, list[OutcomeRow]] = {MAIN: [], INTERPRETER: [], UNVALIDATED: []}
    left_out: Counter[str] = Counter()
    for row in rows:
        if row.left_out:
            left_out[row.left_out] += 1
        else:
            groups[row.line].append(row)
    apart = (_line(name, definition, groups[name]) for name in (INTERPRETER, UNVALIDATED) if groups[name])
    return OutcomeTable(
        definition=definition,
        main=_line(MAIN, definition, groups[MAIN]),
        apart=tuple(apart),
        died=left_out["died"],
        refused_reporting=left_out["refused_reporting"],
    )


def _line(name: str, definition: OutcomeDefinition, rows: Sequence[OutcomeRow]) -> OutcomeLine:
    people = [person_outcome(definition, row.before, row.after) for row in rows]
    return OutcomeLine(
        name=name,
        n=len(rows),
        case_at_start=tally(person.case_at_start for person in people),
        rates={question: tally(getattr(person, question) for person in people) for question in QUESTIONS},
        measures={
            measure.code: paired(
                [row.before.get(measure.code) for row in rows],
                [row.after.get(measure.code) for row in rows],
                measure.higher_is,
            )
            for measure in definition.measures
        },
    )


def _line_dict(line: OutcomeLine, minimum: int) -> dict[str, object]:
    if line.n < minimum:
        return {"name": line.name, "n": line.n, "withheld": f"fewer than {minimum} people"}
    return {
        "name": line.name,
        "n": line.n,
        "case_at_start": _rate_dict(line.case_at_start),
        **{question: _rate_dict(rate) for question, rate in line.rates.items()},
        "measures": {code: asdict(measure) for code, measure in line.measures.items()},
    }


def _rate_dict(rate: Rate) -> dict[str, object]:
    interval = wilson(rate.yes, rate.known)
    return {
        "yes": rate.yes,
        "n": rate.n,
        "missing": rate.missing,
        "unclassified": rate.unclassified,
        "rate": rate.rate,
        "interval": asdict(interval) if interval else None,
        "if_missing_no": rate.if_missing_no,
        "if_missing_yes": rate.if_missing_yes,
    }


def _complete(row: Sequence[float | None]) -> list[float] | None:
    known = [value for value in row if value is not None]
    return known if len(known) == len(row) else None


def _alpha(complete: Sequence[Sequence[float]]) -> float | None:
    try:
        return cronbach_alpha(complete)
    except CannotCompute:
        return None


def _correlation(pairs: Sequence[tuple[float, float]], start: Summary, end: Summary) -> float | None:
    if not start.sd or not end.sd:
        return None
    return float(np.corrcoef(np.asarray(pairs, dtype=float).T)[0, 1])


def _effect(start: Summary, end: Summary, higher_is: HigherIs) -> EffectSize | None:
    if not start.sd or start.mean is None or end.mean is None or end.sd is None:
        return None
    return pre_post(Change(start.n, start.mean, start.sd, end.mean, end.sd), higher_is)
