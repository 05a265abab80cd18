"""The front desk of a programme's pack."""

from __future__ import annotations

from datetime import timedelta

import pytest

from karama.knowledge.pack_desk import USUAL, desk_from, desk_of
from karama.knowledge.packs import PackError


def test_a_desk_is_read_and_a_missing_one_is_the_house_s_own() -> None:
    """RC083: a pack says grace, reminder and hours; without a file the house's own count; nonsense names its key."""
    assert desk_of("iraq-torture-rehabilitation").grace == timedelta(minutes=20)
    assert desk_of("iraq-torture-rehabilitation").card_place["en"] == "at the centre"
    assert desk_of("colombia-community") is USUAL
    for key, value in (
        ("grace_minutes", 999),
        ("opens_hour", 20),
        ("remind_hours_before", "soon"),
        ("other", 1),
        ("card_place", {"ar": "x"}),
    ):
        with pytest.raises(PackError, match=key):
            desk_from("a-pack", {"version": "1", "closes_hour": 17, key: value})


def test_words_of_a_card_are_short_and_in_english_too() -> None:
    """RC140: where to come stands on a card in few words, in English at least; without them nothing is printed."""
    assert USUAL.card_place == {}
    for wrong in ({"ar": "x"}, {"en": ""}, {"en": 3}, {"en": "x" * 61}):
        with pytest.raises(PackError, match="card_place"):
            desk_from("a-pack", {"version": "1", "card_place": wrong})
