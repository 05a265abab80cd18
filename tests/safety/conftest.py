"""The ward of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from karama.security import vault
from tests.machinery.remembered import remembered
from tests.programme.house import build
from tests.safety.ward import Ward, at, staff


@pytest.fixture
def ward(db: None, installation: Path) -> Iterator[Ward]:
    """The cast around Amal, at the start of the clock."""
    vault.forget()
    with at(0):
        yield remembered("tests.safety.ward", lambda: staff(build()))
    vault.forget()
