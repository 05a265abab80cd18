"""The clinic of `tests.people`, with a small made-up series of two waves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence.importing import load, write
from tests.people.conftest import Clinic, clinic

__all__ = ["Clinic", "clinic"]

PHQ = [f"P{number}" for number in range(1, 10)]
GAD = [f"G{number}" for number in range(1, 8)]
BOTH = ["phq9=P1..P9", "gad7=G1..G7"]


def row(phq: int, gad: int, death: int = 0) -> list[int]:
    """Answers with these values in every item, and one to the question about death."""
    return [phq] * 8 + [death] + [gad] * 7


FIRST = [row(2, 2, 1)] * 4 + [row(2, 1)] * 4 + [row(0, 0)] * 4
SECOND = [row(0, 0)] * 3 + [row(2, 2, 1)] + [row(2, 1)] * 4 + [row(3, 3)] * 2
"""Twelve people before; ten of them after. The first eight are at caseness; three recover; two get worse."""


@pytest.fixture
def two_waves(clinic: Clinic, tmp_path: Path) -> Clinic:
    """Twelve people at baseline, the first ten of them at the end."""
    load(clinic, write(tmp_path / "first.csv", PHQ + GAD, FIRST), BOTH)
    load(clinic, write(tmp_path / "second.csv", PHQ + GAD, SECOND), BOTH, wave="end")
    return clinic
