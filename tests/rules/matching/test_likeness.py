"""Likeness: the right candidate first, and reasons in codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.matching import explain, likeness
from karama.rules.matching.likeness import jaro_winkler

names = st.text("abdehilmnorsuy محمدعلي", max_size=20)


@pytest.mark.parametrize(
    ("asked", "right", "wrong"),
    [
        ("Mohammed Hassan", "محمد حسن", "محمود حسين"),
        ("شیرین عەلی", "Shirin Ali", "Shahin Omar"),
        ("Abdul Rahman Karim", "عبد الرحمن كريم", "عبد الله كريم"),
        ("Maria Gonzalez", "María Gonsales", "Mario Guzmán"),
        ("Khalid Omar", "Omar Khaled", "Halima Omar"),
    ],
)
def test_right_candidate_ranks_first(asked, right, wrong):
    """MT030: the same person in another spelling ranks before a near namesake."""
    assert likeness(asked, right) > likeness(asked, wrong)
    assert likeness(asked, right) > 0.85


@given(names, names)
def test_likeness_is_a_symmetric_share(one, other):
    """MT031: likeness is the same both ways and between 0 and 1."""
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


def test_only_the_same_letters_are_one():
    """MT032: 1.0 is kept for the same letters, accents aside."""
    assert likeness("José Pérez", "jose perez") == 1
    assert likeness("Mohammed", "محمد") < 1
    assert likeness("", "Amal") == 0


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ("José", "jose", ("same_letters",)),
        ("محمد حسن", "Mohammed Hassan", ("other_script", "same_sound")),
        ("Hassan Mohammed", "محمد حسن", ("other_script", "same_sound", "order_swapped")),
        ("Maria García Márquez", "María Garcia", ("same_sound", "part_missing")),
        ("Mohammed", "Mohamned", ("similar_spelling",)),
        ("Amal", "Rojin", ("different",)),
        ("", "Amal", ("different",)),
    ],
)
def test_reasons(one, other, reasons):
    """MT033: why two names may be one is told in codes."""
    assert explain(one, other) == reasons


def test_jaro_winkler_published_values():
    """MT034: the published examples: MARTHA and MARHTA 0.961, DIXON and DICKSONX 0.813 (Winkler 1990)."""
    assert jaro_winkler("martha", "marhta") == pytest.approx(0.9611, abs=1e-4)
    assert jaro_winkler("dixon", "dicksonx") == pytest.approx(0.8133, abs=1e-4)
    assert jaro_winkler("abc", "xyz") == 0
