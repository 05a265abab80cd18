"""Skeletons: the same across scripts, different across names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.matching import skeleton, skeletons
from karama.rules.matching.sound import MOST_SKELETONS, name_words


@pytest.mark.parametrize(
    ("forms", "sound"),
    [
        (["محمد", "Mohammed", "Muhemmed", "Mohamad", "محەممەد"], "mhmT"),
        (["ئازاد", "Azad", "آزاد"], "aST"),
        (["شیرین", "Shirin", "Chirine", "Şîrîn"], "Srn"),
        (["عبد الرحمن", "Abdurrahman", "Abd al-Rahman", "Evdirehman", "عەبدولڕەحمان"], "aPTrhmn"),
        (["عبد الله", "Abdullah", "Abdalla"], "aPTl"),
        (["صلاح الدين", "Salahuddin", "Salah Eddine"], "SlhTn"),
        (["وليد", "Walid", "Oualid"], "wlT"),
    ],
)
def test_one_sound_in_every_script(forms, sound):
    """MT010: a name has one likeliest skeleton whatever script or transliteration it is written in."""
    assert {skeleton(form) for form in forms} == {sound}


@pytest.mark.parametrize(
    ("name", "sounds"),
    [
        ("عثمان", {"aTmn", "aSmn"}),
        ("خالد", {"hlT", "klT"}),
        ("Cemal", {"Sml", "jml"}),
        ("جمال", {"jml", "kml"}),
    ],
)
def test_two_readings(name, sounds):
    """MT011: a letter that languages read in two ways gives both sounds."""
    assert set(skeletons(name)) == sounds


def test_names_stay_apart():
    """MT012: common names that differ keep different skeletons."""
    names = ["Mohammed", "Ahmed", "Hassan", "Ali", "Omar", "Khaled", "Zainab", "Maryam", "Rojin", "Azad"]
    assert len({skeleton(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Abd al-Rahman", ["abdrahman"]),
        ("عبد الرحمن", ["عبدرحمن"]),
        ("Abu Bakr bin Ali", ["abubakr", "ali"]),
        ("de la Cruz", ["cruz"]),
        ("Al", ["al"]),
        ("", []),
    ],
)
def test_words_of_a_name(name, words):
    """MT013: particles drop and compounds join, but a name that is only a particle stays."""
    assert name_words(name) == words


@given(st.text(max_size=60))
def test_any_text_has_few_skeletons(text):
    """MT014: no text raises, and no name has more skeletons than keys can carry."""
    assert len(skeletons(text)) <= MOST_SKELETONS


@pytest.mark.parametrize("name", ["", "   ", "123", "؟", "-"])
def test_no_letter_no_sound(name):
    """MT015: what has no letter has no sound."""
    assert skeleton(name) == ""
