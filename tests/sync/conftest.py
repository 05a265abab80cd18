"""The clinic of people's tests, with telephones."""

from __future__ import annotations

import pytest

from tests.people.conftest import Clinic, amal, clinic
from tests.sync.phone import Phone

__all__ = ["Clinic", "amal", "clinic"]


@pytest.fixture
def phone(clinic: Clinic) -> Phone:
    """Chantal's telephone, enrolled."""
    return Phone(clinic["chantal"]).enrol()
