"""What a family's answers come to."""

from __future__ import annotations

import pytest

from karama.rules.families import ANSWERS, answer_of_both, number_on


def test_the_more_cautious_answer_counts() -> None:
    """CA451: of two files of one person the more cautious answer counts."""
    assert answer_of_both(["yes", "no"]) == "no"
    assert answer_of_both(["later", "yes"]) == "later"
    assert [answer_of_both([one]) for one in ANSWERS] == list(ANSWERS)


@pytest.mark.parametrize("value", ["differs", "refused", "", None, True, 5.0, "5", -1, 11])
def test_missing_is_never_zero(value: object) -> None:
    """CA452: what is no number of the scale is no number, and zero is one."""
    assert number_on(value, 0, 10) is None
    assert number_on(0, 0, 10) == 0
