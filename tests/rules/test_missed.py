"""How soon somebody who did not come is asked after, and by which ways."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

from karama.rules.missed import UNKNOWN, WAYS, Known, agreed_ways, asked_after_within

DAY = timedelta(days=1)


def test_the_higher_the_risk_the_sooner() -> None:
    """RC080: an open alert is asked after at once, a recent one or a plan within a day, need by need after that."""
    assert asked_after_within(Known(grade="now")) == asked_after_within(Known(grade="today", need=4)) == timedelta(0)
    assert asked_after_within(Known(grade="soon", need=4)) == DAY
    assert asked_after_within(Known(recent=True, need=4)) == asked_after_within(Known(plan=True)) == DAY
    by_need = [asked_after_within(Known(need=one)) for one in (1, 2, 3, 4)]
    assert by_need == sorted(by_need)
    assert by_need[0] == DAY


def test_nothing_that_is_known_makes_it_later() -> None:
    """RC081: what is not known is no low risk, and no further sign of risk ever makes the time longer."""
    assert asked_after_within(Known()) == UNKNOWN < asked_after_within(Known(need=3))
    for grade, recent, plan, need in product(
        (None, "now", "today", "soon"), (False, True), (False, True), (1, 2, 3, 4)
    ):
        worse = Known(grade, recent, plan, need)  # type: ignore[arg-type]
        assert asked_after_within(worse) <= asked_after_within(Known(need=need))


def test_only_agreed_ways() -> None:
    """RC082: only the way of the contact rules, the same in every file; without one, only if the person comes."""
    assert agreed_ways(["call"]) == ("call", "in_person")
    assert agreed_ways(["sms_neutral"]) == ("message", "in_person")
    assert agreed_ways(["via_person", "via_person"]) == ("via_person", "in_person")
    for none in ([], ["never"], ["undecided"], ["call", "never"], ["call", "sms_neutral"]):
        assert agreed_ways(none) == ("in_person",), none
    assert set(agreed_ways(["call"])) <= set(WAYS)
