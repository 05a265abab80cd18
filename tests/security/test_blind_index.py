"""Blind keys."""

from __future__ import annotations

import pytest

from karama.security import blind_index, keyring
from tests.security.conftest import Place

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_shape(place: Place) -> None:
    """SL066: each distinct string gives one number below 2 to the 20th, the same each time, spread over the range."""
    strings = [f"mryn|hsn|{year}" for year in range(4_000)]
    numbers = blind_index.keys_for(strings)
    assert numbers == blind_index.keys_for(strings)
    assert all(0 <= number < 1 << 20 for number in numbers)
    assert 3_950 < len(set(numbers)) < 4_000
    assert max(numbers) > 1_000_000
    assert blind_index.keys_for(["a", "a", "b"]) == blind_index.keys_for(["a", "b"])


def test_without_the_key_nothing_can_be_tried(place: Place) -> None:
    """SL067: the numbers depend on the index key: another version gives unrelated ones."""
    keyring.add_version(place.keyring, "index")
    strings = [f"name {number}" for number in range(200)]
    one, other = blind_index.keys_for(strings, version=1), blind_index.keys_for(strings, version=2)
    assert sum(a == b for a, b in zip(one, other, strict=True)) <= 2
