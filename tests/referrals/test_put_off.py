"""What a slip in wrong hands does not give: silence for a year, or the knowledge whether it is still open."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from karama.journal import clock
from karama.programme.days import today_at
from karama.referrals import door, queries
from karama.referrals.actions import record_step
from karama.referrals.actions.receiving import MOST_TRIES
from karama.referrals.actions.referring import Sent
from karama.referrals.models import ReferralTask
from karama.security import packets
from tests.referrals.conftest import Clinic, amal, as_reader, clinic, prepared, says_yes, sent, service

__all__ = ["amal", "clinic"]


@pytest.fixture
def shared(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> tuple[UUID, Sent]:
    """A referral "within a week", sent to the partner."""
    says_yes(clinic, amal, noor)
    referral = prepared(clinic, amal, service(clinic, noor))
    return referral, sent(clinic, referral)


def agrees(clinic: Clinic, made: Sent, days: int) -> Any:
    """The partner says that a day was agreed, so many days from now."""
    day = today_at(clinic.here.id) + timedelta(days=days)
    told = {"code": made.opening.code, "do": "scheduled", "scheduled_on": day.isoformat()}
    return Client().post(f"/m/{made.opening.token}/", told)


def test_a_far_day_from_outside_silences_nothing(clinic: Clinic, shared: tuple[UUID, Sent]) -> None:
    """RF204: a day that was agreed in a year is written down, and our own colleague is asked when the usual days and a
    week are over all the same; a near one is believed; saying it again each week puts nothing off."""
    referral, made = shared
    today = today_at(clinic.here.id)
    assert agrees(clinic, made, 3).status_code == 200
    assert ReferralTask.objects.get().ask_on == today + timedelta(days=4), "the day after the one that was agreed"
    assert agrees(clinic, made, 365).status_code == 200
    assert ReferralTask.objects.get().ask_on == today + timedelta(days=14)
    with as_reader(clinic["chantal"]):
        page = queries.referral_page(clinic["chantal"], referral)
    assert page.steps[-1].state == "scheduled", "what was said stands"
    with time_machine.travel(clock.now() + timedelta(days=10), tick=False):
        assert agrees(clinic, made, 300).status_code == 200
        assert ReferralTask.objects.get().ask_on == today + timedelta(days=14)
    with time_machine.travel(clock.now() + timedelta(days=14, hours=1), tick=False):
        assert [one.referral for one in queries.unknown_arrivals(clinic["chantal"])] == [referral]
        record_step(by=clinic["chantal"], referral=referral, state="unknown", source="person")
        assert ReferralTask.objects.get().ask_on == today + timedelta(days=21), "she has asked: a week anew"


def test_a_colleague_may_agree_on_a_far_day(clinic: Clinic, shared: tuple[UUID, Sent]) -> None:
    """RF205: a far day that our own colleague writes down is hers to answer for: she is asked the day after it."""
    referral, _made = shared
    far = today_at(clinic.here.id) + timedelta(days=200)
    record_step(by=clinic["chantal"], referral=referral, state="scheduled", scheduled_on=far)
    assert ReferralTask.objects.get().ask_on == far + timedelta(days=1)


def test_the_clock_tells_nothing_once_the_pace_is_spent(
    clinic: Clinic, shared: tuple[UUID, Sent], monkeypatch: pytest.MonkeyPatch
) -> None:
    """RF206: after so many wrong tokens that no more are worked on, a slip that is open, one that is locked and a token
    of nobody take the same time to be refused; a right code waits for nothing."""
    _referral, made = shared
    code = made.opening.code
    wrong = str((int(code) + 1) % 10**8).zfill(8)
    monkeypatch.setattr(door, "PACE", door.Pace(0))
    monkeypatch.setattr(door, "EVEN", 1.5)
    waited: list[float] = []
    monkeypatch.setattr(door.time, "sleep", waited.append)

    def taken(token: str) -> float:
        began, before = time.monotonic(), len(waited)
        assert door.enter(token, wrong) is None
        return time.monotonic() - began + sum(waited[before:])

    assert door.enter(made.opening.token, code) is not None
    assert waited == []
    live = taken(made.opening.token)
    nobodys = taken(packets.fresh().token)
    for _try in range(MOST_TRIES):
        door.enter(made.opening.token, wrong)
    locked = taken(made.opening.token)
    for one in (live, nobodys, locked):
        assert one == pytest.approx(1.5, abs=0.02)
