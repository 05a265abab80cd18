"""PT001-PT009: marks on the body, ratings, red flags."""

from __future__ import annotations

from fractions import Fraction

import pytest

from karama.rules.physiotherapy import change, function_of, grade_of_flags, map_fits, on_scale

REGIONS = ("front_neck", "back_neck", "front_hand_left")


@pytest.mark.parametrize(
    ("marks", "fits"),
    [
        ({}, True),
        ({"front_neck": "pain"}, True),
        ({"front_neck": "pain", "front_hand_left": "spread"}, True),
        ({"front_hand_left": "spread"}, False),
        ({"front_tail": "pain"}, False),
        ({"front_neck": "wound"}, False),
    ],
)
def test_a_map_knows_its_regions(marks: dict[str, str], fits: bool) -> None:
    """PT001: only known marks on known regions are kept, and pain never spreads from nowhere."""
    assert map_fits(marks, REGIONS) is fits


def test_a_rating_stands_on_the_scale() -> None:
    """PT002: ratings go from 0 to 10, and not asked is not a rating."""
    assert [on_scale(one) for one in (None, 0, 10, 11, -1)] == [True, True, True, False, False]


def test_a_missing_rating_is_never_zero() -> None:
    """PT003: without a rating of each chosen activity there is no mean; other activities do not count."""
    assert function_of("abc", {"a": 2, "b": 4, "c": 3}).mean == 3
    assert function_of("ab", {"a": 2, "b": 5, "z": 0}).mean == Fraction(7, 2)
    partly = function_of("abc", {"a": 2, "b": None})
    assert (partly.mean, partly.rated, partly.chosen) == (None, 1, 3)
    assert function_of((), {"a": 2}).mean is None


def test_change_needs_two_ratings_of_one_activity() -> None:
    """PT004: a change is told only of an activity that was rated both times."""
    assert change({"a": 2, "b": None, "c": 0}, {"a": 5, "b": 7, "c": 0, "d": 9}) == {"a": 3, "c": 0}


def test_the_soonest_flag_decides() -> None:
    """PT005: of several red flags the soonest decides, and one that nobody knows is the soonest of all."""
    grades = {"x": "now", "y": "today"}
    assert grade_of_flags([], grades) is None
    assert grade_of_flags(["y"], grades) == "today"
    assert grade_of_flags(["y", "x"], grades) == "now"
    assert grade_of_flags(["nobody_knows"], grades) == "now"
