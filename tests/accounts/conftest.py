"""The house of these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.machinery.remembered import remembered
from tests.programme.house import House, build


@pytest.fixture
def house(db: None, installation: Path) -> House:
    """A programme with the cast."""
    return remembered("tests.programme.house", build)
