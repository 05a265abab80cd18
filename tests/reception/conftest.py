"""The clinic of `tests.people`, with a front desk, a room, childcare, an interpreter and a day on which all is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.journal import reading
from karama.journal.actors import NOBODY
from karama.people.actions import set_contact_rules
from karama.reception.actions import book_appointment, list_interpreter, open_room
from karama.reception.models import Appointment
from tests.accounts import signing
from tests.people.conftest import Clinic, amal, clinic

__all__ = ["Clinic", "amal", "clinic"]

NOON = datetime(2027, 3, 15, 17, 0, tzinfo=UTC)
"""A Monday, 12 o'clock in Quibdó."""


@pytest.fixture(autouse=True)
def monday() -> Any:
    """Monday noon at the site; `monday.shift(...)` and `monday.move_to(...)` go on."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@dataclass
class Desk(Clinic):
    """The clinic with a room and an interpreter on the roster."""

    room: UUID = NOBODY
    interpreter: UUID = NOBODY


@pytest.fixture
def desk(clinic: Clinic) -> Desk:
    """With Rana at the desk, a room, two places in childcare, and Yusuf who interprets Arabic and has signed."""
    nadia = clinic["nadia"]
    clinic.hire("rana", "reception", clinic.here)
    clinic.hire("far_desk", "reception", clinic.elsewhere)
    clinic.hire("yusuf", "interpreter", clinic.here)
    room = open_room(by=nadia, site=clinic.here.id, name="Room 1").value.id
    open_room(by=nadia, site=clinic.here.id, name="Children", kind="children", places=2)
    listed = list_interpreter(
        by=nadia, site=clinic.here.id, user=clinic["yusuf"].id, languages=["ar"], sex="man", signed_on=NOON.date()
    )
    return Desk(**vars(clinic), room=room, interpreter=listed.value.id)


@pytest.fixture
def book(desk: Desk, amal: UUID) -> Callable[..., Appointment]:
    """Book Amal with Chantal, by Rana, `hours` from now, unless said otherwise."""

    def made(by: str = "rana", hours: float = 48, **more: Any) -> Appointment:
        told = {"person": amal, "worker": desk["chantal"].id, "starts": NOON + timedelta(hours=hours), "minutes": 60}
        return book_appointment(by=desk[by], **(told | more)).value

    return made


@pytest.fixture
def reachable(clinic: Clinic, amal: UUID) -> Callable[..., None]:
    """Say how Amal may be reached: a neutral message, unless said otherwise."""

    def said(channel: str = "sms_neutral", address: str = "+57300000001", **more: Any) -> None:
        told = {} if channel == "never" else {"address": address, **more}
        set_contact_rules(by=clinic["chantal"], person=amal, channel=channel, **told)

    return said


@pytest.fixture
def reading_as() -> Callable[..., Any]:
    """Opens a reading for an actor."""
    return lambda by: reading(by=by, purpose="care", route="tests.reception")


@pytest.fixture
def sign_in(clinic: Clinic) -> Callable[[str], Any]:
    """A browser in which somebody is signed in."""
    from karama.accounts.models import User

    def opened(name: str) -> Any:
        return signing.browser(User.objects.get(id=clinic[name].id))

    return opened
