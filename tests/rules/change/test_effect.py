"""Sizes of change and difference, by hand-computed values."""

import pytest

from karama.rules.change.effect import (
    UNCONTROLLED,
    Change,
    between_groups,
    correction,
    pre_post,
    pre_post_control,
)
from karama.rules.change.reliable import CannotCompute

CARE = Change(n=21, mean_before=20, sd_before=5, mean_after=15, sd_after=10)


def test_correction():
    """CH020: J = 1 - 3/(4 df - 1): 0.9620 at 20 degrees of freedom."""
    assert correction(20) == pytest.approx(1 - 3 / 79)


def test_pre_post_names_its_spread():
    """CH021: 5 points over SDpre 5 is d 1; over the pooled spread 0.6325; each names its spread."""
    before = pre_post(CARE)
    assert (before.d, before.g, before.df) == (1, pytest.approx(1 - 3 / 79), 20)
    assert before.sd_used == "before, same people"
    pooled = pre_post(CARE, sd="pooled")
    assert pooled.d == pytest.approx(5 / (125 / 2) ** 0.5)
    assert pooled.sd_used == "pooled before and after, same people"


def test_uncontrolled_change_is_not_effect():
    """CH022: a before-after figure says that it is uncontrolled change, not effect."""
    assert pre_post(CARE).compared_with == UNCONTROLLED == "uncontrolled change, not effect"


def test_positive_is_better_off():
    """CH023: the same fall is negative on a measure where higher is better."""
    assert pre_post(CARE, "better").d == -1


def test_between_groups():
    """CH024: n 10 and 10, means 10 and 14, SD 4 and 4: d 1 for the first group, g = d J(18)."""
    effect = between_groups((10, 10, 4), (10, 14, 4))
    assert (effect.d, effect.df, effect.n) == (1, 18, (10, 10))
    assert effect.g == pytest.approx(1 - 3 / 71)


def test_pre_post_control():
    """CH025: dppc2 = J (change of care - change of comparison) / SDpre pooled: (5 - 1)/5 = 0.8 before J."""
    effect = pre_post_control(CARE, Change(21, 20, 5, 19, 5))
    assert effect.d == pytest.approx(0.8)
    assert effect.g == pytest.approx(0.8 * (1 - 3 / (4 * 40 - 1)))
    assert effect.compared_with == "change of the comparison group"


def test_too_few_people_or_no_spread():
    """CH026: one person or no spread gives no effect size."""
    with pytest.raises(CannotCompute):
        pre_post(Change(1, 20, 5, 15, 5))
    with pytest.raises(CannotCompute):
        pre_post(Change(10, 20, 0, 15, 5))
    with pytest.raises(CannotCompute):
        between_groups((1, 10, 4), (1, 14, 4))
