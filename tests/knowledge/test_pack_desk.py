"""The front desk of a programme's pack."""

from __future__ import annotations

from datetime import timedelta

import pytest

from karama.knowledge.pack_desk import USUAL, desk_from, desk_of
from karama.knowledge.packs import PackError


def test_a_desk_is_read_and_a_missing_one_is_the_house_s_own() -> None:
    """RC083: a pack says grace, reminder and hours; without a file the house's own count; nonsense names its key."""
    assert desk_of("iraq-torture-rehabilitation").grace == timedelta(minutes=20)
    assert desk_of("colombia-community") is USUAL
    for key, value in (("grace_minutes", 999), ("opens_hour", 20), ("remind_hours_before", "soon"), ("other", 1)):
        with pytest.raises(PackError, match=key):
            desk_from("a-pack", {"version": "1", "closes_hour": 17, key: value})
