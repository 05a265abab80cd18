"""The policy table of duties."""

from __future__ import annotations

import pytest

from karama.accounts import duties
from karama.rules.classes import COMPARTMENTS, DUTIES, READING_PURPOSES


def test_every_duty_stands_in_the_table_once() -> None:
    """AC001: all nineteen duties of the programme stand in one table, with a label, a sentence and a known purpose."""
    assert [one.code for one in duties.TABLE] == list(DUTIES)
    for one in duties.TABLE:
        assert str(one.label)
        assert str(one.sentence)
        assert one.purpose in READING_PURPOSES
        assert one.compartments <= set(COMPARTMENTS)


@pytest.mark.parametrize(
    "code", ["researcher", "mel_officer", "administrator", "director", "trainer", "advocacy_officer", "interpreter"]
)
def test_these_duties_never_open_a_participant(code: str) -> None:
    """AC002: whoever counts, administers, directs, trains or advocates opens no compartment of a participant."""
    assert duties.duty(code).compartments == frozenset()
    assert not duties.duty(code).opens_people


@pytest.mark.parametrize("code", ["a_new_duty", "", "job:setup", "Psychologist"])
def test_a_new_duty_sees_nothing(code: str) -> None:
    """AC003: a duty that is not in the table has no compartments, no purpose, and needs a second factor."""
    row = duties.duty(code)
    assert row.compartments == frozenset()
    assert row.purpose not in READING_PURPOSES
    assert not row.opens_people
    assert duties.needs_second_factor(code)


def test_sealed_rooms_belong_to_nobody_by_duty_alone() -> None:
    """AC004: forensic, trial, staff and complaint fields are opened by no duty of this table."""
    for one in duties.TABLE:
        assert not one.compartments & {"forensic", "trial", "staff", "complaint"}


def test_whoever_administers_or_exports_needs_a_second_factor() -> None:
    """AC005: administrator, import, data protection, monitoring, research and director sign in with a second factor."""
    assert {one.code for one in duties.TABLE if one.second_factor} == {
        "administrator",
        "data_import",
        "data_protection_officer",
        "mel_officer",
        "researcher",
        "director",
    }
