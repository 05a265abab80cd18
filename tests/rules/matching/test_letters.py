"""Letters: one plain form, and a Latin spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.matching import romanise
from karama.rules.matching.letters import tokens


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("شیرین", "shirin"),
        ("ئازاد", "azad"),
        ("محەممەد", "mhamad"),
        ("مُحَمَّد", "mhmd"),
        ("محـــمد", "mhmd"),
        ("Müşîr Çîmen", "mushir chimen"),
        ("José  MARÍA", "jose maria"),
        ("A'isha", "aisha"),
    ],
)
def test_romanise(written, latin):
    """MT001: Arabic, Sorani and accented Latin names get a plain Latin spelling; nothing is invented."""
    assert romanise(written) == latin


@pytest.mark.parametrize(
    ("one", "other"),
    [("علي", "علی"), ("على", "علي"), ("كريم", "کریم"), ("أحمد", "احمد"), ("آزاد", "ازاد"), ("\u200fليلى", "ليلى")],
)
def test_one_form_of_each_letter(one, other):
    """MT002: Arabic and Persian forms of yeh, kaf, alef, and invisible marks are one letter."""
    assert tokens(one) == tokens(other)


@given(st.text())
def test_any_text_is_read(text):
    """MT003: no text raises, and the Latin spelling of a Latin spelling is itself."""
    assert romanise(romanise(text)) == romanise(text)
