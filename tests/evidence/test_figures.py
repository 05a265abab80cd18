"""Figures of small groups: what few people said is told neither by itself nor by what stands beside it."""

from __future__ import annotations

import pytest

from karama.analytics.outcomes import MINIMUM_SHOWN
from karama.evidence.figures import FEWER, rate_figures, shown_parts
from karama.rules.change import Rate


@pytest.mark.parametrize("known", range(1, MINIMUM_SHOWN))
def test_few_known_answers_tell_nothing(known: int) -> None:
    """AN521: of many who were asked and few whose answer is known, no share is told: it would be what they said."""
    n = MINIMUM_SHOWN * 4
    told = rate_figures(Rate(yes=1, n=n, missing=n - known))
    assert told == {"n": None, "withheld": FEWER}


def test_enough_known_answers_are_told() -> None:
    """AN522: with enough known answers the share, its interval and its bounds are told; with none, that all are
    missing."""
    n = MINIMUM_SHOWN * 2
    told = rate_figures(Rate(yes=4, n=n, missing=MINIMUM_SHOWN))
    assert (told["yes"], told["n"], told["missing"], told["rate"]) == (4, n, MINIMUM_SHOWN, 4 / MINIMUM_SHOWN)
    nothing = rate_figures(Rate(yes=0, n=n, missing=n))
    assert (nothing["rate"], nothing["missing"], nothing["interval"]) == (None, n, None)


def test_a_part_is_not_told_by_the_other() -> None:
    """AN523: of two parts of a whole that is told, a small one is not found by subtracting the other."""
    assert shown_parts(MINIMUM_SHOWN + 7, 3) == (FEWER, FEWER)
    assert shown_parts(3, MINIMUM_SHOWN + 7) == (FEWER, FEWER)
    assert shown_parts(3, 0) == (FEWER, 0), "the whole is not told either"
    assert shown_parts(MINIMUM_SHOWN, 0) == (MINIMUM_SHOWN, 0)
