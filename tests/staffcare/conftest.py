"""The clinic of people's tests with a director, and colleagues who agreed to be asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.journal import Actor, reading
from karama.staffcare.actions import agree_to_be_asked, ask_colleague
from tests.people.conftest import Clinic, amal, clinic

__all__ = ["Clinic", "amal", "asked", "clinic", "house", "looking"]

LOOKING_AFTER = ("nadia", "mariam", "samir", "leila")
"""Supervisor, director, administrator, data protection officer."""


@pytest.fixture
def house(clinic: Clinic) -> Clinic:
    """Diego, Berivan (an interpreter), Tunde of the other site and Nadia, who leads, agreed to be asked."""
    clinic.hire("mariam", "director")
    clinic.hire("berivan", "interpreter", clinic.here)
    for name in ("diego", "berivan", "tunde", "nadia"):
        agree_to_be_asked(by=clinic[name])
    return clinic


def asked(house: Clinic, colleague: str = "diego", by: str = "chantal", **more: Any) -> UUID:
    """A talk that this colleague asks for."""
    made = ask_colleague(by=house[by], colleague=house[colleague].id, **more).record
    assert made is not None
    return made


def looking(by: Actor) -> Any:
    """A reading of her own."""
    return reading(by=by, purpose="administration", route="tests.staffcare")
