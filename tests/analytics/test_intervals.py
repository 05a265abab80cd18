"""Intervals against published or independently computed values."""

import pytest
from scipy.stats import nct

from karama.analytics.intervals import NONCENTRAL_T, between_interval, pre_post_interval, wilson
from karama.rules.change import CannotCompute, Change, between_groups, pre_post


def test_wilson_published_value():
    """AN001: Wilson for 81 of 263 is 0.2553 to 0.3662 (Newcombe 1998, table I)."""
    interval = wilson(81, 263)
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.2553, 0.3662)


def test_wilson_edges():
    """AN002: nobody of 20 is 0 to 0.1611, everybody 0.8389 to 1, and nobody at all has no interval."""
    none, everybody = wilson(0, 20), wilson(20, 20)
    assert (none.low, round(none.high, 4)) == (0.0, 0.1611)
    assert (round(everybody.low, 4), everybody.high) == (0.8389, 1.0)
    assert wilson(0, 0) is None
    with pytest.raises(CannotCompute):
        wilson(3, 2)


def test_noncentral_t_puts_the_tails_where_they_belong():
    """AN003: at the ends of the interval the observed t leaves 2.5 % on either side."""
    effect = between_groups((10, 10, 4), (10, 14, 4))
    interval = between_interval(effect)
    scale = (100 / 20) ** 0.5
    assert nct.cdf(effect.d * scale, 18, interval.low * scale) == pytest.approx(0.975, abs=1e-9)
    assert nct.cdf(effect.d * scale, 18, interval.high * scale) == pytest.approx(0.025, abs=1e-9)
    assert (round(interval.low, 2), round(interval.high, 2)) == (0.05, 1.92)
    assert interval.method == NONCENTRAL_T


def test_large_sample_between():
    """AN004: n 50 and 50, d 0.5: variance 0.04 + 0.00125, half width 0.3981."""
    effect = between_groups((50, 10, 4), (50, 12, 4))
    interval = between_interval(effect, exact=False)
    assert effect.d - interval.low == pytest.approx(1.959964 * 0.04125**0.5, abs=1e-5)
    assert "large sample" in interval.method


def test_large_sample_pre_post():
    """AN005: n 50, d 1, r 0.5: variance 0.02 + 0.01, half width 0.3395."""
    interval = pre_post_interval(pre_post(Change(50, 20, 5, 15, 5)), 0.5)
    assert 1 - interval.low == pytest.approx(1.959964 * 0.03**0.5, abs=1e-5)
    assert interval.confidence == 0.95


def test_intervals_refuse_what_they_are_not_made_for():
    """AN006: the wrong number of groups, an impossible correlation or confidence is refused."""
    one, two = pre_post(Change(50, 20, 5, 15, 5)), between_groups((10, 10, 4), (10, 14, 4))
    for call in (
        lambda: pre_post_interval(two, 0.5),
        lambda: pre_post_interval(one, 1.5),
        lambda: between_interval(one),
        lambda: between_interval(two, confidence=95),
    ):
        with pytest.raises(CannotCompute):
            call()


def test_strong_effects_have_an_interval():
    """AN007: also an effect of 6 in small groups gets an interval around it."""
    effect = between_groups((8, 10, 1), (8, 16, 1))
    interval = between_interval(effect)
    assert interval.low < effect.d < interval.high
