"""The clinic of `tests.people`, for imports into a real database."""

from __future__ import annotations

from tests.people.conftest import Clinic, clinic

__all__ = ["Clinic", "clinic"]
