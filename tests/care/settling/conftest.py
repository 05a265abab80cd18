"""The front desk of `tests.reception`, and short ways to write a session down and to look at its appointment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from karama.care.actions import record_session
from karama.care.models import Session
from karama.reception.models import Appointment
from tests.reception.conftest import (
    NOON,
    Clinic,
    Desk,
    amal,
    book,
    clinic,
    desk,
    monday,
    reachable,
    reading_as,
    sign_in,
)

__all__ = [
    "NOON", "Clinic", "Desk", "amal", "book", "clinic", "desk", "monday", "reachable", "reading_as", "sign_in",
]  # fmt: skip
Book = Callable[..., Appointment]
HELD: dict[str, Any] = {"attended": "came", "modality": "in_person", "risk_asked": "yes"}


def session(desk: Desk, amal: UUID, attended: str = "came", by: str = "chantal", **more: Any) -> Session:
    """A session of Amal as this colleague writes it down: held, unless said otherwise."""
    told = HELD if attended == "came" else {"attended": attended}
    return record_session(by=desk[by], person=amal, **(told | more)).value


def state(row: Appointment) -> tuple[str, str]:
    """Where an appointment stands now, and why."""
    row.refresh_from_db()
    return row.state, row.reason
