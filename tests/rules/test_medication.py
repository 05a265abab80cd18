"""MD001-MD009: cautions, refills, what may leave a stock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from karama.rules.medication import (
    LONGEST_DAYS,
    Known,
    Warned,
    after_move,
    cautions_for,
    expiry,
    last_day,
    may_hand_out,
    may_leave,
    refill,
    stock_state,
    unanswered,
)

PREGNANT = Warned("p", "pregnant", True)
COULD = Warned("c", "could_become_pregnant", True)
CHILD = Warned("k", "child", False)
DAY = date(2026, 3, 1)


@pytest.mark.parametrize("bearing", ["", "could", "unknown"])
@pytest.mark.parametrize("woman", [True, False, None])
def test_what_is_not_known_is_cautioned(bearing: str, woman: bool | None) -> None:
    """MD001: whoever could become pregnant, and whoever was not asked, is cautioned, whatever the file says."""
    found = cautions_for([PREGNANT, COULD], Known(bearing, woman), same_kind=False)
    assert [one.code for one in found] == ["c"]


def test_pregnant_has_her_own_caution() -> None:
    """MD002: somebody pregnant gets the caution for it, and no second one beside it."""
    assert [one.code for one in cautions_for([PREGNANT, COULD], Known("pregnant"), same_kind=False)] == ["p"]


@pytest.mark.parametrize(
    ("woman", "ages", "cautioned"),
    [
        (True, None, True),
        (True, (18, 24), True),
        (True, (49, 60), True),
        (True, (50, 59), False),
        (True, (5, 9), False),
        (True, (10, 14), True),
        (False, (25, 34), False),
        (None, (25, 34), False),
    ],
)
def test_cannot_needs_a_reason_for_a_woman_of_age(
    woman: bool | None, ages: tuple[int, int] | None, cautioned: bool
) -> None:
    """MD003: "cannot become pregnant" of a woman of child-bearing age, or of unknown age, still needs a reason (E2)."""
    found = cautions_for([COULD], Known("cannot", woman, ages), same_kind=False)
    assert bool(unanswered(found, " ")) is cautioned
    assert unanswered(found, "sterilised") == []


def test_a_child_and_a_second_medicine_of_a_kind() -> None:
    """MD004: an unknown age counts as possibly a child's; a second medicine of a kind blocks, and stands first."""
    assert cautions_for([CHILD], Known(ages=(18, 24)), same_kind=False) == []
    assert cautions_for([CHILD], Known(ages=(17, 18)), same_kind=False) == [CHILD]
    found = cautions_for([CHILD], Known(), same_kind=True)
    assert [one.code for one in found] == ["same_kind", "k"]
    assert [one.code for one in unanswered(found, "")] == ["same_kind"]


def test_a_refill_is_due_before_the_last_dose() -> None:
    """MD005: a refill is due seven days before the medicine ends, and lapsed on the first day without."""
    until = last_day(DAY, 28)
    assert until == DAY + timedelta(days=28)
    states = [refill(until, until - timedelta(days=left)) for left in (8, 7, 1, 0, -3)]
    assert states == ["running", "due", "due", "lapsed", "lapsed"]


@pytest.mark.parametrize("days", [0, -1, LONGEST_DAYS + 1])
def test_a_time_that_cannot_be(days: int) -> None:
    """MD006: a medicine is prescribed for at least a day and never longer than the longest time."""
    with pytest.raises(ValueError, match="days"):
        last_day(DAY, days)


def test_nothing_leaves_that_is_not_there() -> None:
    """MD007: a stock is never below nothing; an expired batch stays; no more leaves than was prescribed (E3)."""
    assert (after_move(3, -3), after_move(3, -4), after_move(0, 5)) == (0, None, 5)
    assert [may_leave(DAY + timedelta(days=left), DAY) for left in (1, 0, -1)] == [True, False, False]
    given = [(30, 0, 30), (30, 0, 31), (30, 20, 10), (30, 20, 11), (30, 0, 0)]
    assert [may_hand_out(*one) for one in given] == [True, False, True, False, False]


def test_a_shortage_is_seen_before_it_is_there() -> None:
    """MD008: a stock smaller than the last four weeks' use is short; an empty one is out; expiry is told before."""
    assert [stock_state(*one) for one in ((0, 0), (5, 6), (6, 6), (1, 0))] == ["out", "short", "enough", "enough"]
    assert [expiry(DAY + timedelta(days=left), DAY) for left in (0, 1, 60, 61)] == ["expired", "soon", "soon", "later"]
