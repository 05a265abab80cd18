"""Grants of the clinic: one that ends in a month, and whoever directs the programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.care import queries
from karama.care.actions import open_episode, plan_grant_closing
from karama.programme.actions import open_grant
from karama.programme.days import today_at
from karama.programme.models import Grant
from tests.people.conftest import Clinic


@dataclass
class Money:
    """The clinic with a grant that pays everything at the first site and ends in a month, and Amal's open episode."""

    clinic: Clinic
    grant: Grant
    person: UUID
    episode: UUID
    day: date

    def list_of(self, who: str = "nadia") -> queries.Ending:
        """The list of the grant as somebody sees it."""
        return queries.closing_grant(self.clinic[who], self.grant.id)

    @property
    def closing(self) -> UUID:
        """The closing that is planned."""
        found = self.list_of().closing
        assert found is not None
        return found.id

    def open(self, code: str, days: int, **more: Any) -> Grant:
        """Another grant; it pays everything at the first site unless said otherwise."""
        return grant_of(self.clinic, code, days, **more)

    def plan(self, **more: Any) -> None:
        """Whoever directs plans the closing and tells Nadia."""
        told = {"ends_on": self.day, "why": "The contract ends", "told": [self.clinic["nadia"].id], **more}
        plan_grant_closing(by=self.clinic["mariam"], grant=self.grant.id, **told)

    def goodbye(self, **more: Any) -> dict[str, Any]:
        """The arguments of Chantal's goodbye to Amal, asked and safe."""
        usual = {"by": self.clinic["chantal"], "person": self.person, "last_check": "safe", "onward": "ended"}
        return {**usual, "closing": self.closing, **more}


def grant_of(clinic: Clinic, code: str, days: int, **more: Any) -> Grant:
    """A grant of the clinic that ends in so many days."""
    today = today_at(clinic.here.id)
    usual = {
        "name": f"Grant {code}", "donor": f"Donor of {code}", "from_on": today - timedelta(days=300),
        "to_on": today + timedelta(days=days), "sites": [clinic.here.id],
    }  # fmt: skip
    made = open_grant(by=clinic["samir"], programme=clinic.programme.id, code=code, **(usual | more)).value
    assert isinstance(made, Grant)
    return made


@pytest.fixture
def money(clinic: Clinic, amal: UUID) -> Money:
    """A grant that ends in a month; Amal is in care, led by Chantal; Mariam directs the programme."""
    clinic.hire("mariam", "director")
    episode = open_episode(by=clinic["chantal"], person=amal, state="active").record
    assert episode is not None
    return Money(clinic, grant_of(clinic, "G-1", 30), amal, episode, today_at(clinic.here.id) + timedelta(days=30))
