"""Reliable change of one measure (Jacobson and Truax 1991) and the reliability it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, isfinite, sqrt
from typing import Literal

HigherIs = Literal["worse", "better"]
"""Which way a measure points: PHQ-9 higher is worse, WHO-5 higher is better."""

TWO_SIDED_95 = 1.96
"""The published line of the reliable change index (Jacobson and Truax 1991): 95 %, two-sided."""


class CannotCompute(ValueError):
    """The input does not define the quantity (too few people, no spread, impossible reliability)."""


@dataclass(frozen=True)
class Reliability:
    """A reliability r between 0 and 1, with where it comes from.

    Alpha and retest give different thresholds for the same measure (PCL-5: 13 or 17 points), so the source
    travels with every result.
    """

    value: float
    source: Literal["alpha", "retest"]
    citation: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            raise CannotCompute("A reliability lies between 0 and 1: check the value and its source.")


@dataclass(frozen=True)
class ReliableChange:
    """How far a score must move before the move exceeds the measure's error.

    `sd_difference` = SDpre * sqrt(2 (1 - r)), `threshold` = z * sd_difference, both in points of the measure.
    """

    sd_difference: float
    threshold: float
    z: float
    reliability: Reliability


class Verdict(StrEnum):
    """What one pair of scores says about change; `unknown` when either score is missing."""

    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    WORSE = "worse"
    UNKNOWN = "unknown"


def reliable_change(sd_pre: float, reliability: Reliability, z: float = TWO_SIDED_95) -> ReliableChange:
    """Return the reliable-change line of a measure from its spread before care and its reliability.

    Source: Jacobson and Truax 1991. Raises CannotCompute when the spread is not a positive number.
    """
    if not (isfinite(sd_pre) and sd_pre > 0):
        raise CannotCompute("The spread before care must be above zero.")
    sd_difference = sd_pre * sqrt(2 * (1 - reliability.value))
    return ReliableChange(sd_difference, z * sd_difference, z, reliability)


def improvement(before: float, after: float, higher_is: HigherIs) -> float:
    """Return the change in points, positive when the person is better off on this measure."""
    return after - before if higher_is == "better" else before - after


def reliable_change_index(before: float, after: float, line: ReliableChange) -> float:
    """Return RCI = (after - before) / Sdiff, signed as the score moved (not as better or worse).

    Raises CannotCompute for a measure without error (r = 1), where the index has no meaning.
    """
    if line.sd_difference == 0:
        raise CannotCompute("A reliability of exactly 1 leaves no error to compare with.")
    return (after - before) / line.sd_difference


def verdict(before: float | None, after: float | None, line: ReliableChange, higher_is: HigherIs = "worse") -> Verdict:
    """Say whether one pair of scores changed reliably: |RCI| above z (Jacobson and Truax: above, not at)."""
    return verdict_by(before, after, line.threshold, higher_is)


def verdict_by(
    before: float | None, after: float | None, threshold: float | None, higher_is: HigherIs = "worse"
) -> Verdict:
    """The same by a threshold in points, a published one among them; `unknown` where it is not known."""
    if before is None or after is None or threshold is None:
        return Verdict.UNKNOWN
    moved = improvement(before, after, higher_is)
    if abs(moved) <= threshold:
        return Verdict.UNCHANGED
    return Verdict.IMPROVED if moved > 0 else Verdict.WORSE


def clinical_cutoff(clinical_mean: float, clinical_sd: float, general_mean: float, general_sd: float) -> float:
    """Return cut-off c, the point where both populations are equally near (Jacobson and Truax 1991).

    c = (SD0 * M1 + SD1 * M0) / (SD0 + SD1), 0 = general population, 1 = people in care.
    Raises CannotCompute when either spread is not above zero.
    """
    if clinical_sd <= 0 or general_sd <= 0:
        raise CannotCompute("Both spreads must be above zero.")
    return (general_sd * clinical_mean + clinical_sd * general_mean) / (general_sd + clinical_sd)


def sample_variance(values: Sequence[float]) -> float:
    """Return the sample variance (n - 1). Raises CannotCompute for fewer than two values."""
    if len(values) < 2:
        raise CannotCompute("A spread needs at least two people.")
    mean = fsum(values) / len(values)
    return fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


def cronbach_alpha(rows: Sequence[Sequence[float]]) -> float:
    """Return Cronbach's alpha of complete rows, shape (people, items), after reverse items were turned.

    alpha = k / (k - 1) * (1 - sum of item variances / variance of totals) (Cronbach 1951). Rows with a
    missing item do not belong here: leave them out and print how many. Raises CannotCompute for fewer than
    two people or items, rows of unequal length, or totals without spread.
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        raise CannotCompute("Alpha needs at least two people and two items.")
    items = len(rows[0])
    if any(len(row) != items for row in rows):
        raise CannotCompute("Every row needs the same items.")
    total = sample_variance([fsum(row) for row in rows])
    if total == 0:
        raise CannotCompute("Everybody has the same total: alpha is not defined.")
    spread = fsum(sample_variance(column) for column in zip(*rows, strict=True))
    return items / (items - 1) * (1 - spread / total)
