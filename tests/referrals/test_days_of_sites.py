"""Referrals and agreements by the day where people are, at the hours at which UTC has another one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.journal import Problem, clock
from karama.programme.days import today_at, today_in, zone_of
from karama.referrals import queries
from karama.referrals.actions import end_agreement, record_agreement
from karama.referrals.models import Agreement, Packet, ReferralTask, Service
from tests.machinery.hours import clock_at, early_morning, is_ahead, late_evening
from tests.referrals.conftest import ORDINARY, Clinic, agree_with, as_reader, prepared, says_yes, sent, service
from tests.referrals.test_incoming import came


def test_who_came_today(clinic: Clinic, amal: UUID) -> None:
    """RF130: a referral that came today, one in the morning in Iraq, is written down; of a day that has come in UTC
    alone it is not."""
    here = clinic.here.id
    with late_evening(here):
        assert is_ahead(here)
        with pytest.raises(Problem) as refused:
            came(clinic, amal, received_on=clock.day_in_utc())
        assert refused.value.code == "referrals.day"
    with early_morning(here, clinic["samir"]):
        assert today_at(here) > clock.day_in_utc()
        came(clinic, amal, received_on=today_at(here))


def test_an_agreement_holds_to_the_end_of_its_last_day(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF131: in the evening of its last day something is shared on an agreement, until the day ends at the site; after
    it nothing is."""
    here = clinic.here.id
    says_yes(clinic, amal, noor)
    agreement = agree_with(clinic, noor, days=2)
    place = service(clinic, noor)
    with late_evening(here):
        last = Agreement.objects.get(pk=agreement).until_on
        assert last == today_in(clinic.programme.id) < clock.day_in_utc()
        sent(clinic, prepared(clinic, amal, place))
        midnight = datetime.combine(last + timedelta(days=1), time(), zone_of(here))
        assert Packet.objects.get().expires_at == midnight
        left = prepared(clinic, amal, place)
    with clock_at(here, 0, 30, days=3), pytest.raises(Problem) as refused:
        sent(clinic, left)
    assert refused.value.code == "referrals.no_agreement"


def test_what_is_written_into_the_directory_is_of_today(clinic: Clinic, noor: UUID) -> None:
    """RF132: a service that was asked at in the evening, and an agreement made and ended then, are of that day."""
    with late_evening(clinic.here.id):
        today = today_at(clinic.here.id)
        assert Service.objects.get(pk=service(clinic, noor)).verified_on == today
        row = Agreement.objects.get(pk=agree_with(clinic, noor))
        end_agreement(by=clinic["leila"], agreement=row.id)
        row.refresh_from_db()
        assert (row.from_on, row.ended_on) == (today, today)


def test_nobody_is_asked_for_a_day_too_early(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF133: the day on which somebody asks whether she arrived comes when it begins at the site."""
    here, chantal = clinic.here.id, clinic["chantal"]
    referral = prepared(clinic, amal, service(clinic, noor))
    sent(clinic, referral, way="slip")
    asks = ReferralTask.objects.get(referral_id=referral).ask_on
    assert asks is not None
    days = (asks - today_at(here)).days
    with clock_at(here, 23, 30, days=days - 1), as_reader(chantal):
        assert asks == clock.day_in_utc()
        assert queries.unknown_arrivals(chantal) == []
        assert queries.referral_page(chantal, referral).state == "sent"
    with clock_at(here, 0, 30, days=days), as_reader(chantal):
        assert [one.referral for one in queries.unknown_arrivals(chantal)] == [referral]
        assert queries.referral_page(chantal, referral).state == "unknown"


def test_an_agreement_of_days_far_away(clinic: Clinic, noor: UUID) -> None:
    """RF135: however far away the days of an agreement lie, the answer is a sentence or an agreement, no failure."""
    told: dict[str, Any] = {
        "programme": clinic.programme.id,
        "organisation": noor,
        "recipient": "partner_health",
        "classes": ORDINARY,
    }
    with pytest.raises(Problem) as refused:
        record_agreement(by=clinic["leila"], **told, from_on=date(9990, 1, 1), until_on=date.max)
    assert refused.value.code == "referrals.day"
    made = record_agreement(by=clinic["leila"], **told, from_on=date(9999, 1, 1), until_on=date.max).value
    assert made.until_on == date.max
