"""What is left of things that are given out, and how it stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.goods import Delivery, at_most, expired_at_most, expiry_of, left_of, stands

TODAY = date(2027, 3, 15)
OLD = TODAY - timedelta(days=1)


def test_what_is_left() -> None:
    """OU100: what is left is what came and was counted without what was given; below nothing is said as it is, and
    where nothing was ever written down nothing is known."""
    assert left_of([10, -2], 3) == 5
    assert left_of([10], 12) == -2
    assert left_of([], 4) == -4, "it was handed over, wherever it came from"
    assert left_of([], 0) is None
    assert left_of([0], 0) == 0


@pytest.mark.parametrize(
    ("left", "expired", "low", "standing"),
    [
        (None, 0, 5, "unknown"), (-1, 0, 5, "below"), (0, 0, None, "out"), (5, 5, None, "out"), (6, 0, 5, "enough"),
        (5, 0, 5, "low"), (7, 2, 5, "low"), (5, 0, None, "enough"), (1, 0, 0, "enough"),
    ],
)  # fmt: skip
def test_how_a_stock_stands(left: int | None, expired: int, low: int | None, standing: str) -> None:
    """OU101: below nothing is never called empty; the programme's line says what is low; what may have expired is no
    stock."""
    assert stands(left, expired, low) == standing


def test_what_may_have_expired() -> None:
    """OU102: expired from its day on; without a day nothing is said; what was taken out is settled."""
    assert expiry_of(Delivery(5, TODAY), TODAY) == "expired"
    assert expiry_of(Delivery(5, TODAY + timedelta(days=60)), TODAY) == "soon"
    assert expiry_of(Delivery(5, TODAY + timedelta(days=61)), TODAY) == "later"
    assert expiry_of(Delivery(5, None), TODAY) == expiry_of(Delivery(5, OLD, True), TODAY) == "unsaid"
    assert expired_at_most([Delivery(5, OLD), Delivery(4, OLD), Delivery(9, None)], 7, TODAY) == 7
    assert expired_at_most([Delivery(5, OLD)], -1, TODAY) == at_most(Delivery(5, OLD), None) == 5


@given(st.lists(st.integers(0, 50), max_size=5), st.integers(0, 300))
def test_never_more_expired_than_left(came: list[int], handed: int) -> None:
    """OU103: whatever came and went, no more may have expired than came, nor than what is left of a stock that is
    known."""
    rows, left = [Delivery(one, OLD) for one in came], left_of(came, handed)
    found = expired_at_most(rows, left, TODAY)
    assert 0 <= found <= sum(came)
    if left is not None and left >= 0:
        assert found <= left
