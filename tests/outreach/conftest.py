"""The clinic of `tests.people` on a Monday, with a director and a volunteer, and the ways to plan a visit there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.journal import reading
from karama.outreach.actions import plan_visit, set_area
from karama.outreach.models import Visit
from karama.outreach.standing import Standing, standing_of
from karama.people.access import purpose_of
from tests.accounts import signing
from tests.people.conftest import Clinic, amal, clinic

__all__ = ["Clinic", "amal", "clinic"]

NOON = datetime(2027, 3, 15, 17, 0, tzinfo=UTC)
"""A Monday, 12 o'clock in Quibdó."""

TOWN, RIVER, ROAD = "town", "river-north", "road-south"
"""Areas of the pack: alone is allowed, nobody goes alone, with care."""


def after(**more: float) -> datetime:
    """So long after noon."""
    return NOON + timedelta(**more)


@pytest.fixture(autouse=True)
def monday() -> Any:
    """Monday noon at the site; `monday.move_to(...)` goes on."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def field(clinic: Clinic) -> Clinic:
    """With Mariam who directs, Dilan who volunteers, and Berta who supervises, too."""
    clinic.hire("mariam", "director")
    clinic.hire("dilan", "volunteer", clinic.here)
    clinic.hire("berta", "supervisor", clinic.here)
    return clinic


@pytest.fixture
def plan(field: Clinic, amal: UUID) -> Callable[..., Visit]:
    """A visit of Chantal's with Diego to Amal in town, from noon to four, unless said otherwise."""

    def made(by: str = "chantal", **more: Any) -> Visit:
        told: dict[str, Any] = {
            "site": field.here.id,
            "area": TOWN,
            "leaves": NOON,
            "back": after(hours=4),
            "goes": [field["diego"].id],
            "people": [amal],
        }
        visit: Visit = plan_visit(by=field[by], **(told | more)).value
        return visit

    return made


@pytest.fixture
def say_area(field: Clinic) -> Callable[..., Any]:
    """Say that an area is so, by Nadia for a day, unless said otherwise."""

    def said(state: str, area: str = TOWN, by: str = "nadia", hours: float = 24, reason: str = "Fighting.") -> Any:
        from karama.journal import clock

        until = clock.now() + timedelta(hours=hours)
        return set_area(by=field[by], site=field.here.id, area=area, state=state, until=until, reason=reason).value

    return said


def where(visit: Visit) -> Standing:
    """Where it stands now."""
    return standing_of(Visit.objects.select_related("site").get(pk=visit.pk))


@pytest.fixture
def reading_as() -> Callable[..., Any]:
    """Opens a reading for an actor."""
    return lambda by: reading(by=by, purpose=purpose_of(by), route="tests.outreach")


@pytest.fixture
def sign_in(clinic: Clinic) -> Callable[[str], Any]:
    """A browser in which somebody is signed in."""
    from karama.accounts.models import User

    return lambda name: signing.browser(User.objects.get(id=clinic[name].id))
