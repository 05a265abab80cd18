"""Reliable change of one measure, by hand-computed values."""

from math import sqrt

import pytest

from karama.rules.change.reliable import (
    CannotCompute,
    Reliability,
    Verdict,
    clinical_cutoff,
    cronbach_alpha,
    improvement,
    reliable_change,
    reliable_change_index,
    sample_variance,
    verdict,
)

LINE = reliable_change(10, Reliability(0.875, "alpha"))


def test_reliable_change_by_hand():
    """CH001: Sdiff = SDpre sqrt(2(1-r)) and the line is 1.96 times that (SD 10, r .875: 5 and 9.8)."""
    assert LINE.sd_difference == pytest.approx(5)
    assert LINE.threshold == pytest.approx(9.8)
    assert reliable_change_index(20, 10, LINE) == pytest.approx(-2)


def test_source_of_reliability_travels():
    """CH002: alpha and retest give different lines, and the result names which (SD 14.4: 9.8 and 16.9)."""
    alpha = reliable_change(14.402187148221843, Reliability(0.94, "alpha", "Blevins 2015"))
    retest = reliable_change(14.402187148221843, Reliability(0.82, "retest", "Blevins 2015"))
    assert (round(alpha.threshold, 1), alpha.reliability.source) == (9.8, "alpha")
    assert (round(retest.threshold, 1), retest.reliability.source) == (16.9, "retest")


@pytest.mark.parametrize(
    ("before", "after", "higher_is", "expected"),
    [
        (20, 10, "worse", Verdict.IMPROVED),
        (20, 10.3, "worse", Verdict.UNCHANGED),
        (10, 20, "worse", Verdict.WORSE),
        (10, 20, "better", Verdict.IMPROVED),
        (20, 10, "better", Verdict.WORSE),
        (None, 10, "worse", Verdict.UNKNOWN),
        (20, None, "worse", Verdict.UNKNOWN),
    ],
)
def test_verdict(before, after, higher_is, expected):
    """CH003: a move beyond the line is reliable in its direction; a missing score is unknown, not unchanged."""
    assert verdict(before, after, LINE, higher_is) is expected


def test_at_the_line_is_not_beyond_it():
    """CH004: |RCI| must be above 1.96: a move of exactly the line is unchanged."""
    line = reliable_change(10, Reliability(0.875, "alpha"), z=2.0)
    assert verdict(20, 20 - line.threshold, line) is Verdict.UNCHANGED


def test_cutoff_c():
    """CH005: c = (SD0 M1 + SD1 M0)/(SD0 + SD1): SD0 5, M1 20, SD1 10, M0 5 gives 10."""
    assert clinical_cutoff(20, 10, 5, 5) == pytest.approx(10)


def test_alpha_by_hand():
    """CH006: alpha of (1,2),(2,1),(3,3): item variances 1 and 1, totals 3,3,6 variance 3, alpha 2/3."""
    assert cronbach_alpha([(1, 2), (2, 1), (3, 3)]) == pytest.approx(2 / 3)
    assert cronbach_alpha([(1, 1), (2, 2), (3, 3)]) == pytest.approx(1)


@pytest.mark.parametrize("rows", [[], [(1, 2)], [(1,), (2,)], [(1, 2), (1, 2, 3)], [(1, 2), (2, 1)]])
def test_alpha_needs_people_items_and_spread(rows):
    """CH007: alpha is refused, never guessed, without two people, two items, equal rows and spread."""
    with pytest.raises(CannotCompute):
        cronbach_alpha(rows)


def test_impossible_inputs_are_refused():
    """CH008: no spread, an impossible reliability or a perfect one give an error, not a number."""
    for wrong in (0, -1, float("nan"), float("inf")):
        with pytest.raises(CannotCompute):
            reliable_change(wrong, Reliability(0.8, "alpha"))
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(CannotCompute):
            Reliability(wrong, "retest")
    with pytest.raises(CannotCompute):
        reliable_change_index(1, 2, reliable_change(10, Reliability(1, "alpha")))
    with pytest.raises(CannotCompute):
        clinical_cutoff(20, 0, 5, 5)


def test_improvement_and_variance():
    """CH009: improvement is positive when better off; variance divides by n - 1."""
    assert (improvement(20, 15, "worse"), improvement(20, 15, "better")) == (5, -5)
    assert sample_variance([1, 2, 3, 4]) == pytest.approx(5 / 3)
    assert sqrt(sample_variance([2, 4])) == pytest.approx(sqrt(2))
