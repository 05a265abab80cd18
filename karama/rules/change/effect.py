"""Standardised sizes of change and of difference, each naming the spread it was divided by.

The same change gives another number under another spread (one published programme: 3.63 by the spread before,
3.52 by the pooled spread), so `sd_used` and `compared_with` belong to the result.
Positive always means better off, on measures pointing either way.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from karama.rules.change.reliable import CannotCompute, HigherIs, improvement

UNCONTROLLED = "uncontrolled change, not effect"
"""What a before-after figure without a comparison group must be called wherever it is shown."""


@dataclass(frozen=True)
class Change:
    """Means and sample spreads (n - 1) of the same people before and after, in points of the measure."""

    n: int
    mean_before: float
    sd_before: float
    mean_after: float
    sd_after: float


@dataclass(frozen=True)
class EffectSize:
    """A standardised size: `d`, its small-sample correction `g` = J * d, and what it rests on.

    `sd` is in points of the measure; `df` are the degrees of freedom of J and of intervals.
    """

    d: float
    g: float
    sd: float
    sd_used: str
    df: int
    n: tuple[int, ...]
    compared_with: str


def correction(df: int) -> float:
    """Return Hedges' J = 1 - 3 / (4 df - 1). Raises CannotCompute below one degree of freedom."""
    if df < 1:
        raise CannotCompute("Too few people for an effect size.")
    return 1 - 3 / (4 * df - 1)


def pre_post(change: Change, higher_is: HigherIs = "worse", sd: Literal["before", "pooled"] = "before") -> EffectSize:
    """Return the standardised mean change of one group; J on n - 1.

    `before`: d = (pre - post) / SDpre (SMCR, Becker 1988). `pooled`: by sqrt((SDpre^2 + SDpost^2) / 2).
    Raises CannotCompute for fewer than two people or no spread.
    """
    if sd == "before":
        spread, used = change.sd_before, "before, same people"
    else:
        spread = sqrt((change.sd_before**2 + change.sd_after**2) / 2)
        used = "pooled before and after, same people"
    d = improvement(change.mean_before, change.mean_after, higher_is) / _spread(spread)
    df = change.n - 1
    return EffectSize(d, correction(df) * d, spread, used, df, (change.n,), UNCONTROLLED)


def between_groups(
    care: tuple[int, float, float], comparison: tuple[int, float, float], higher_is: HigherIs = "worse"
) -> EffectSize:
    """Return Cohen's d and Hedges' g of two groups, each given as (n, mean, sample SD); J on n1 + n2 - 2.

    d = (M1 - M2) / SDpooled, turned so that positive favours the first group. Raises CannotCompute.
    """
    (n1, mean1, sd1), (n2, mean2, sd2) = care, comparison
    df = n1 + n2 - 2
    factor = correction(df)
    spread = sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / df)
    d = improvement(mean2, mean1, higher_is) / _spread(spread)
    return EffectSize(d, factor * d, spread, "pooled over both groups", df, (n1, n2), "comparison group")


def pre_post_control(care: Change, comparison: Change, higher_is: HigherIs = "worse") -> EffectSize:
    """Return d and g of the difference in change between two groups (dppc2, Morris 2008); J on nT + nC - 2.

    g = J * (change of care - change of comparison) / SDpre pooled over both groups. Raises CannotCompute.
    """
    df = care.n + comparison.n - 2
    factor = correction(df)
    squares = (care.n - 1) * care.sd_before**2 + (comparison.n - 1) * comparison.sd_before**2
    spread = sqrt(squares / df)
    gains = [improvement(group.mean_before, group.mean_after, higher_is) for group in (care, comparison)]
    d = (gains[0] - gains[1]) / _spread(spread)
    people = (care.n, comparison.n)
    used, compared_with = "before, pooled over both groups", "change of the comparison group"
    return EffectSize(d, factor * d, spread, used, df, people, compared_with)


def _spread(sd: float) -> float:
    if not sd > 0:
        raise CannotCompute("Without spread a change cannot be standardised.")
    return sd
