"""A place and a participant, made by actions."""

from __future__ import annotations

from uuid import UUID

import pytest

from karama.journal import Actor
from karama.security import vault
from karama.security.identifiers import uuid7
from tests.journal import deeds


@pytest.fixture
def site(transactional_db: None) -> UUID:
    """One site."""
    receipt = deeds.make_place(by=deeds.PLACE, name="mosul")
    assert receipt.record is not None
    return receipt.record


@pytest.fixture
def diego(site: UUID) -> Actor:
    """A psychologist at the site."""
    return deeds.actor("psychologist", site)


@pytest.fixture
def amal(site: UUID, diego: Actor) -> UUID:
    """A participant with a sealed name."""
    person = uuid7()
    vault.create_keys([person])
    deeds.register(by=diego, person=person, site=site, name="Amal")
    return person
