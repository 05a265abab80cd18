"""What happens without a click."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from karama.people import jobs
from karama.people.actions import prepare_people
from karama.people.models import NameKey
from karama.people.queries import search
from karama.security import blind_index, keyring, vault
from tests.people.conftest import Clinic


def test_the_index_is_rebuilt_beside_the_old_one(clinic: Clinic, amal: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """PE110: a rotation files every named person under the new index key; the old keys stay until it is in use."""
    old = blind_index.current_version()
    found = keyring.find
    monkeypatch.setattr(
        keyring, "find", lambda kind, number: found(kind, old) if kind == keyring.INDEX else found(kind, number)
    )
    jobs.rebuild_index(old + 1)
    assert set(NameKey.objects.values_list("version", flat=True)) == {old, old + 1}
    assert search(clinic["chantal"], first="Amal", last="Haddad", birth_year=1991)[0].id == amal
    monkeypatch.setattr(blind_index, "current_version", lambda: old + 1)
    jobs.forget_old_index()
    assert set(NameKey.objects.values_list("version", flat=True)) == {old + 1}
    assert search(clinic["chantal"], first="Amal", last="Haddad", birth_year=1991)[0].id == amal


def test_unused_keys_are_swept(clinic: Clinic, amal: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """PE111: keys made for a registration that never came are swept after a day; those of people stay."""
    prepare_people(3)
    assert jobs.sweep_unused_keys() == 0
    sweep = vault.sweep_orphans
    monkeypatch.setattr(vault, "sweep_orphans", lambda known: sweep(known, timedelta(days=-1)))
    assert jobs.sweep_unused_keys() >= 3
    assert search(clinic["chantal"], first="Amal", last="Haddad", birth_year=1991)[0].called == "Amal"
