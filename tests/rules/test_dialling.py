"""Telephone numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.knowledge.value_sets import calling_codes
from karama.rules.dialling import dialled

IRAQ, COLOMBIA = calling_codes()["IQ"], calling_codes()["CO"]


@pytest.mark.parametrize(
    "written",
    [
        "+964 770 123 4567",
        "0770-123-4567",
        "0770 123 4567",
        "(0770) 123.4567",
        "7701234567",
        "00964 770 123 4567",
        "964 770 123 4567",
        "+964 (0) 770 123 4567",
        "+964 0770 123 4567",
        "٠٧٧٠١٢٣٤٥٦٧",
        "۰۷۷۰ ۱۲۳ ۴۵۶۷",
        "+٩٦٤٧٧٠١٢٣٤٥٦٧",
        "٩٦٤٧٧٠١٢٣٤٥٦٧+",
        "\u200e+964\u00a0770\u2011123\u20114567\u200f",
    ],
)
def test_one_number_however_it_is_written(written: str) -> None:
    """NT100: one number of a country is the same number however people write it."""
    assert dialled(written, IRAQ) == "+9647701234567"


def test_a_number_of_another_country_keeps_its_own_code() -> None:
    """NT101: a plus or 00 names the country; nothing is put in front of it."""
    assert dialled("+57 300 111 2233", IRAQ) == "+573001112233"
    assert dialled("0057 300 111 2233", IRAQ) == "+573001112233"
    assert dialled("300 111 2233", COLOMBIA) == "+573001112233"
    assert dialled("09 1234 5678", calling_codes()["CI"]) == "+2250912345678", "there the 0 belongs to the number"
    assert dialled("809 555 0199", calling_codes()["DO"]) == dialled("1 809 555 0199", calling_codes()["DO"])


@pytest.mark.parametrize("written", ["", " ", "Um Ali", "0770 123 4567 (sister)", "300 111", "+12", "+", "*100#",
                                     "0770 123 4567, 0771 123 4567", "0770 123 456 789 012"])  # fmt: skip
def test_what_cannot_be_a_number_is_none(written: str) -> None:
    """NT102: words, two numbers, too few or too many digits are no number of the country."""
    assert dialled(written, IRAQ) is None


def test_without_a_country_a_number_stays_as_it_is_dialled_there() -> None:
    """NT103: where the country is not known, the digits stay, and no code is guessed."""
    assert dialled("0770-123 4567") == "07701234567"
    assert dialled("00964 770 123 4567") == "+9647701234567"
    assert dialled("1234") is None


@given(st.text(max_size=30), st.sampled_from([None, IRAQ, COLOMBIA]))
def test_what_comes_out_is_a_number_and_comes_out_again(written: str, country: object) -> None:
    """NT104: whatever is typed gives none or a number a network takes; reading it again changes nothing."""
    found = dialled(written, country)  # type: ignore[arg-type]  # of a table
    if found is not None:
        assert found.removeprefix("+").isascii()
        assert found.removeprefix("+").isdecimal()
        assert len(found) <= 16
        assert dialled(found, country) == found  # type: ignore[arg-type]  # of a table


def test_every_country_has_its_way_of_writing() -> None:
    """NT105: every row holds a code, what is dialled before a number, and lengths within the world's limit."""
    for iso, one in calling_codes().items():
        assert len(iso) == 2
        assert 1 <= len(one.code) <= 3
        assert all(length >= 2 and length + len(one.code) <= 17 for length in one.lengths), iso
