"""Confidence intervals of effect sizes and proportions, each naming its method."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from karama.rules.change import CannotCompute, EffectSize

LARGE_SAMPLE_PRE_POST = "large sample: 2(1-r)/n + d^2/(2n)"
LARGE_SAMPLE_GROUPS = "large sample: (n1+n2)/(n1 n2) + d^2/(2(n1+n2))"
NONCENTRAL_T = "noncentral t"
WILSON = "Wilson score"


@dataclass(frozen=True)
class Interval:
    """A confidence interval in the unit of its estimate; `confidence` is a share such as 0.95."""

    low: float
    high: float
    confidence: float
    method: str


def pre_post_interval(effect: EffectSize, r: float, confidence: float = 0.95) -> Interval:
    """Return the interval of d of one group before and after, from the large-sample variance.

    var = 2 (1 - r) / n + d^2 / (2 n), r = correlation of before and after (Becker 1988). Raises CannotCompute
    when r is not a correlation or the effect is not of one group.
    """
    if len(effect.n) != 1 or not -1 <= r <= 1:
        raise CannotCompute("This interval needs one group and the correlation of before and after.")
    n = effect.n[0]
    return _normal(effect.d, 2 * (1 - r) / n + effect.d**2 / (2 * n), confidence, LARGE_SAMPLE_PRE_POST)


def between_interval(effect: EffectSize, confidence: float = 0.95, exact: bool = True) -> Interval:
    """Return the interval of d between two groups: noncentral t, or the large-sample variance.

    Noncentral t (Cumming and Finch 2001) assumes normal scores with equal spread and J's degrees of freedom
    n1 + n2 - 2. Raises CannotCompute when the effect is not of two groups.
    """
    if len(effect.n) != 2:
        raise CannotCompute("This interval needs two groups.")
    n1, n2 = effect.n
    scale = sqrt(n1 * n2 / (n1 + n2))
    if not exact:
        variance = 1 / scale**2 + effect.d**2 / (2 * (n1 + n2))
        return _normal(effect.d, variance, confidence, LARGE_SAMPLE_GROUPS)
    tail = (1 - _share(confidence)) / 2
    t = effect.d * scale
    low, high = (_noncentrality(t, effect.df, quantile) / scale for quantile in (1 - tail, tail))
    return Interval(low, high, confidence, NONCENTRAL_T)


def wilson(yes: int, n: int, confidence: float = 0.95) -> Interval | None:
    """Return Wilson's score interval of a proportion (Wilson 1927), 0 to 1; None when n is 0.

    Raises CannotCompute when `yes` does not lie between 0 and n.
    """
    if not 0 <= yes <= n:
        raise CannotCompute("The count must lie between 0 and n.")
    if n == 0:
        return None
    z = _z(confidence)
    share, turn = yes / n, 1 + z**2 / n
    centre = (share + z**2 / (2 * n)) / turn
    half = z / turn * sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    low = 0.0 if yes == 0 else centre - half
    high = 1.0 if yes == n else centre + half
    return Interval(low, high, confidence, WILSON)


def _normal(estimate: float, variance: float, confidence: float, method: str) -> Interval:
    half = _z(confidence) * sqrt(variance)
    return Interval(estimate - half, estimate + half, confidence, method)


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf(1 - (1 - _share(confidence)) / 2)


def _share(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise CannotCompute("A confidence is a share between 0 and 1, such as 0.95.")
    return confidence


def _noncentrality(t: float, df: int, quantile: float) -> float:
    from scipy.optimize import brentq  # here: the pages of every day do without its fifty MiB
    from scipy.stats import nct

    reach = 10.0 + abs(t) / 2
    return float(brentq(lambda centre: nct.cdf(t, df, centre) - quantile, t - reach, t + reach))
