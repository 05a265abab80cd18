"""Unwrapped keys in memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from unittest import mock
from uuid import UUID

import pytest

from karama.security import key_cache, vault
from karama.security.identifiers import uuid7
from tests.security.conftest import Place
from tests.security.test_vault import NOTE, amal, opened, sealed

__all__ = ["amal"]
pytestmark = pytest.mark.django_db(databases=["default", "keys"])
Counting = Callable[..., AbstractContextManager[object]]


def test_erase_in_another_process_takes_effect_within_a_second(amal: UUID) -> None:
    """SL034: a key erased by another process stops opening here at the next check, at most one second later."""
    ciphertext = sealed(amal)
    assert opened(amal, ciphertext) == NOTE
    elsewhere = mock.patch.object(vault, "_cache", key_cache.KeyCache())
    with elsewhere:
        vault.erase(amal)
    later = time.monotonic() + key_cache.RECHECK_SECONDS
    with mock.patch.object(key_cache.time, "monotonic", return_value=later), pytest.raises(vault.Erased):
        opened(amal, ciphertext)


def test_cache_is_bounded(place: Place) -> None:
    """SL042: at most the stated number of keys is held in memory, and a dropped one is simply fetched again."""
    vault.create_keys(people := [uuid7() for _ in range(8)])
    with mock.patch.object(vault, "_cache", cache := key_cache.KeyCache(limit=3)):
        ciphertexts = [sealed(person) for person in people]
        assert [opened(p, c) for p, c in zip(people, ciphertexts, strict=True)] == [NOTE] * 8
        assert len(cache._reading) <= 3
        assert len(cache._writing) <= 3


def test_warm_needs_one_query(
    place: Place, django_assert_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    """SL043: opening a list of people costs one query for all their keys."""
    vault.create_keys(people := [uuid7() for _ in range(50)])
    ciphertexts = [sealed(person) for person in people]
    vault.forget()
    opened_one = key_cache.KeyCache()
    opened_one._recheck()
    one_query: AbstractContextManager[object] = django_assert_num_queries(1, using="keys")
    with mock.patch.object(vault, "_cache", opened_one), one_query:
        vault.warm(people, "clinical")
        assert [opened(p, c) for p, c in zip(people, ciphertexts, strict=True)] == [NOTE] * 50
