"""Who decides for somebody who is, or may be, a child. The tables are written from the design."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.classes import CAPACITIES
from karama.rules.minors import BANDS, Age, capacity, care_basis, may_have_come_of_age, standing

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (Age(), "unknown"),
        (Age(birth_year=2008), "unknown"),
        (Age(birth_year=2007), "adult"),
        (Age(birth_year=2009), "child"),
        (Age(birth_year=2006, approximate=True), "unknown"),
        (Age(birth_year=2005, approximate=True), "adult"),
        (Age(birth_year=2011, approximate=True), "child"),
        (Age(band="15-17", noted_on=TODAY), "child"),
        (Age(band="15-17", noted_on=TODAY - timedelta(days=400)), "unknown"),
        (Age(band="15-17", noted_on=date(2023, 2, 1)), "adult"),
        (Age(band="15-17"), "child"),
        (Age(band="18-24", noted_on=TODAY), "adult"),
        (Age(birth_year=2010, band="18-24", noted_on=TODAY), "child"),
        (Age(band="unknown", noted_on=TODAY), "unknown"),
    ],
)
def test_age(age: Age, expected: str) -> None:
    """CO040: adult only when certain; two facts that disagree count as the younger; not known is possibly a child."""
    assert standing(age, 18, TODAY) == expected


AGES = st.builds(
    Age,
    birth_year=st.none() | st.integers(1920, 2026),
    approximate=st.booleans(),
    band=st.none() | st.sampled_from(sorted(BANDS)),
    noted_on=st.none() | st.dates(date(2015, 1, 1), TODAY),
)


@given(AGES, st.integers(0, 20))
def test_nobody_grows_younger(age: Age, years: int) -> None:
    """CO041: with time an adult stays an adult, and nobody becomes a child."""
    later = TODAY + timedelta(days=366 * years)
    order = ("child", "unknown", "adult")
    assert order.index(standing(age, 18, later)) >= order.index(standing(age, 18, TODAY))
    if may_have_come_of_age(age, 18, TODAY):
        assert standing(age, 18, TODAY) == "unknown"


def test_may_have_come_of_age() -> None:
    """CO042: a year after a 15-17 band was noted, or when eighteen years have begun, it is time to ask the age."""
    assert not may_have_come_of_age(Age(band="15-17", noted_on=TODAY - timedelta(days=200)), 18, TODAY)
    assert may_have_come_of_age(Age(band="15-17", noted_on=TODAY - timedelta(days=400)), 18, TODAY)
    assert may_have_come_of_age(Age(birth_year=2008), 18, TODAY)
    assert not may_have_come_of_age(Age(), 18, TODAY)


@pytest.mark.parametrize(
    ("stands", "guardians", "decided", "expected"),
    [
        ("adult", [], False, "own"),
        ("adult", ["unsafe"], True, "own"),
        ("child", [], False, "minor"),
        ("unknown", [], False, "minor"),
        ("child", ["safe"], False, "minor"),
        ("child", ["safe", "unsafe"], True, "minor"),
        ("child", ["unsafe"], False, "guardian_unsafe"),
        ("child", ["unsafe", "unsure"], False, "minor"),
        ("child", ["unsure"], True, "guardian_unsafe"),
        ("unknown", ["unsafe", "unsafe"], False, "guardian_unsafe"),
        ("child", [], True, "guardian_unsafe"),
    ],
)
def test_who_decides(stands: str, guardians: list[str], decided: bool, expected: str) -> None:
    """CO043: an adult herself; a safe guardian beside the child; a protection duty when no guardian is safe."""
    assert capacity(stands, guardians, decided_in_her_interest=decided) == expected  # type: ignore[arg-type]


def _expected(who: str, own: bool, guardian: bool, decided: bool, reason: bool, danger: bool) -> str:
    """The design's sentences (rule 9, story A4), read line by line."""
    if not own:
        return ""  # nobody is treated against her own no
    if who == "own":
        return "own"
    if decided:
        return "best_interest"
    if who == "minor" and guardian:
        return "guardian"
    return "emergency" if danger and reason else ""


def test_on_what_care_rests() -> None:
    """CO044: all combinations: never against her own no; assent and a reason carry emergency care, with a task."""
    whos = [one for one in CAPACITIES if one != "limited"]
    rows = list(product(whos, *[(True, False)] * 5))
    assert len(rows) == len(whos) * 2**5
    for who, own, guardian, decided, reason, danger in rows:
        basis = care_basis(
            who_decides=who,
            own_yes=own,
            guardian_yes=guardian,
            interest_decided=decided,
            reason=reason,
            danger=danger,
        )
        assert basis.ground == _expected(who, own, guardian, decided, reason, danger), (who, own, guardian, decided)
        assert basis.allowed == bool(basis.ground)
        if basis.ground == "emergency":
            assert set(basis.needs) == {"tell_supervisor", "decide"}
        if basis.ground in ("own", "guardian"):
            assert not basis.needs
