"""What is told without a day happened today, by the clock of the place, and not by the clock in Greenwich."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import time_machine

from karama.care.actions import open_episode, record_body_session, record_visit
from karama.people.actions import assign
from karama.safety.actions import report_incident
from tests.people.conftest import Clinic

NIGHT = datetime(2027, 3, 10, 2, 30, tzinfo=UTC)
THERE = date(2027, 3, 9)
"""Half past nine in the evening in Quibdó is the next day in Greenwich."""


def test_the_day_is_that_of_the_place(clinic: Clinic, amal: UUID) -> None:
    """CA407: late in the evening a visit, a body session, an episode and an incident are of that day."""
    nurse = clinic.hire("berta", "nurse", clinic.here)
    physio = clinic.hire("pablo", "physiotherapist", clinic.here)
    for one in (nurse, physio):
        assign(by=clinic["nadia"], person=amal, user=one.id)
    with time_machine.travel(NIGHT):
        assert open_episode(by=clinic["chantal"], person=amal).value.opened_on == THERE
        visit = record_visit(by=nurse, person=amal, kind="follow_up", change="same", return_in=7).value
        assert (visit.occurred_on, visit.return_on) == (THERE, date(2027, 3, 16))
        assert record_body_session(by=physio, person=amal).value.occurred_on == THERE
        incident = report_incident(by=clinic["chantal"], site=clinic.here.id, kind="other", words="A fall.").value
        assert incident.occurred_on == THERE
