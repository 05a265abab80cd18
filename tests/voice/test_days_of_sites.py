"""Requests, keeping and assessments by the day where people are, at the hours at which UTC has another one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.journal import clock
from karama.programme.days import today_at
from karama.voice import queries
from karama.voice.actions import assess_impact
from karama.voice.models import RightsRequest
from karama.voice.problems import AssessmentDays, DayAhead
from tests.machinery.hours import clock_at, early_morning, is_ahead, late_evening
from tests.voice.conftest import Clinic, as_officer, asked


def assessed(clinic: Clinic, **more: Any) -> None:
    told = {"risk": "low", "who": "The team", "summary": "Nothing is lost.", "measures": "It is sealed."}
    assess_impact(by=clinic["leila"], programme=clinic.programme.id, **(told | more))


def test_a_request_of_today(clinic: Clinic, amal: UUID) -> None:
    """VO443: what she asked for today counts from today, one in the morning in Iraq; in the evening in Colombia the day
    that has come in UTC alone is refused as to come."""
    here = clinic.here.id
    with late_evening(here):
        assert is_ahead(here)
        with pytest.raises(DayAhead):
            asked(clinic, amal, received_on=clock.day_in_utc())
        row = RightsRequest.objects.get(pk=asked(clinic, amal))
        assert row.received_on == today_at(here)
    with early_morning(here, clinic["samir"]):
        night = RightsRequest.objects.get(pk=asked(clinic, amal, "correct", received_on=today_at(here)))
        assert night.received_on == today_at(here) > clock.day_in_utc()


def test_a_request_is_in_time_until_the_day_ends_where_she_is(clinic: Clinic, amal: UUID) -> None:
    """VO444: on the evening of the last day a request is not overdue, though it is in UTC; at night it is."""
    here = clinic.here.id
    row = RightsRequest.objects.get(pk=asked(clinic, amal))
    last = (row.due_on - today_at(here)).days
    with clock_at(here, 23, 30, days=last), as_officer(clinic["leila"]):
        assert row.due_on < clock.day_in_utc()
        assert queries.request_page(clinic["leila"], row.id).line.left == 0
    with clock_at(here, 0, 30, days=last + 1), as_officer(clinic["leila"]):
        assert queries.request_page(clinic["leila"], row.id).line.left == -1


def test_an_assessment_of_today(clinic: Clinic) -> None:
    """VO445: an assessment done today where the programme works is written down; one of tomorrow there is not."""
    here = clinic.here.id
    with late_evening(here):
        ahead = clock.day_in_utc()
        with pytest.raises(AssessmentDays):
            assessed(clinic, done_on=ahead, review_on=ahead + timedelta(days=9))
        assessed(clinic, done_on=today_at(here), review_on=ahead)
