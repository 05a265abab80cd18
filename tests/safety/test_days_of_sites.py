"""Safety plans and incidents by the day at the site, at the hours at which UTC has another one."""

from __future__ import annotations

from typing import Any

import pytest

from karama.accounts.models import User
from karama.journal import clock
from karama.programme.days import today_at
from karama.safety.actions import make_plan, report_incident_about
from karama.safety.models import Incident, SafetyPlan
from karama.safety.problems import DayInFuture
from tests.accounts import signing
from tests.machinery.hours import is_ahead, late_evening
from tests.safety.ward import Ward


def test_what_is_written_in_the_evening_is_of_today(ward: Ward) -> None:
    """SF206: a safety plan and an incident of the evening are of that day, which the form offers; the day that has come
    in UTC alone is refused as to come."""
    here, chantal = ward.house.here.id, ward["chantal"]
    with late_evening(here):
        today = today_at(here)
        assert is_ahead(here)
        make_plan(by=chantal, person=ward.amal, parts={"reasons": "My son"})
        assert SafetyPlan.objects.get().made_on == today
        told: dict[str, Any] = {"person": ward.amal, "kind": "threat", "words": "Shots near the centre"}
        with pytest.raises(DayInFuture):
            report_incident_about(by=chantal, on=clock.day_in_utc(), **told)
        report_incident_about(by=chantal, **told)
        assert Incident.objects.get().occurred_on == today
        browser = signing.browser(User.objects.get(pk=chantal.id))
        for address in ("/incidents/new/", f"/people/{ward.amal}/incident/"):
            assert f'value="{today.isoformat()}"' in browser.get(address).content.decode(), address
