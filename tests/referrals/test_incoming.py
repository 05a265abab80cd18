"""Somebody was referred to us: an inbox, an episode or an answer why not, and telling back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.accounts.today import lines_for
from karama.care.models import Episode
from karama.journal import Problem
from karama.programme.days import today_at
from karama.referrals import queries
from karama.referrals.actions import accept_incoming, give_feedback, receive_referral, record_step
from karama.referrals.models import Feedback, ReferralTask
from tests.referrals.conftest import Clinic, amal, as_reader, clinic, prepared, says_yes, service

__all__ = ["amal", "clinic"]


def came(clinic: Clinic, person: UUID, **more: Any) -> UUID:
    """A referral that came by telephone."""
    told: dict[str, Any] = {
        "sector": "mental_health", "urgency": "week", "came_from": "Health post", "by_way": "telephone",
        "reason": "Does not sleep.",
    }  # fmt: skip
    made: UUID = receive_referral(by=clinic["chantal"], person=person, **(told | more)).value.id
    return made


def test_it_waits_until_it_is_answered(clinic: Clinic, amal: UUID) -> None:
    """RF070: it stands in the inbox of worker and supervisor, on Today, until it is accepted into an episode;
    whether the person arrived is unknown even then."""
    referral = came(clinic, amal)
    for name in ("chantal", "nadia"):
        assert [one.referral for one in queries.inbox(clinic[name])] == [referral]
        assert any("Referred to us" in str(one.words) for one in lines_for(clinic[name]))
    assert queries.inbox(clinic["diego"]) == queries.inbox(clinic["tunde"]) == []
    with pytest.raises(Problem) as refused:
        record_step(by=clinic["chantal"], referral=referral, state="accepted")
    assert refused.value.code == "referrals.not_now"
    accept_incoming(by=clinic["chantal"], referral=referral)
    assert Episode.objects.filter(person_id=amal).count() == 1
    assert queries.inbox(clinic["chantal"]) == []
    with as_reader(clinic["chantal"]):
        page = queries.referral_page(clinic["chantal"], referral)
    assert (page.arrival, page.came_from, page.reason) == ("unknown", "Health post", "Does not sleep.")
    accept_incoming(by=clinic["chantal"], referral=came(clinic, amal))
    assert Episode.objects.filter(person_id=amal).count() == 1, "into the open one"


def test_or_answered_why_not(clinic: Clinic, amal: UUID) -> None:
    """RF071: a no to whoever referred takes a sentence and stays with the worker until it is ended."""
    referral = came(clinic, amal)
    with pytest.raises(Problem) as refused:
        record_step(by=clinic["chantal"], referral=referral, state="declined")
    assert refused.value.code == "referrals.reason_needed"
    record_step(by=clinic["chantal"], referral=referral, state="declined", words="Lives too far; told them of another.")
    assert [one.referral for one in queries.waiting(clinic["chantal"])] == [referral]


def test_telling_back_is_sharing(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> None:
    """RF072: whoever referred learns that the person came only with the person's yes to that organisation."""
    unknown, known = came(clinic, amal), came(clinic, amal, organisation=noor)
    for referral in (unknown, known):
        with pytest.raises(Problem) as refused:
            give_feedback(by=clinic["chantal"], referral=referral, toward="them", words="Came.")
        assert refused.value.code == "referrals.not_agreed"
    says_yes(clinic, amal, noor, ["general"])
    give_feedback(by=clinic["chantal"], referral=known, toward="them", words="Came.")
    with pytest.raises(Problem):
        give_feedback(by=clinic["chantal"], referral=unknown, toward="them", words="Came.")
    assert Feedback.objects.count() == 1
    out = prepared(clinic, amal, service(clinic, noor))
    with pytest.raises(Problem) as refused:
        give_feedback(by=clinic["chantal"], referral=out, toward="us", words="x")
    assert refused.value.code == "referrals.not_now"


def test_what_cannot_have_come(clinic: Clinic, amal: UUID) -> None:
    """RF073: it is said who referred, on a day of the last year."""
    today = today_at(clinic.here.id)
    for wrong in (
        {"came_from": " "},
        {"received_on": today + timedelta(days=1)},
        {"received_on": today - timedelta(days=400)},
    ):
        with pytest.raises(Problem):
            came(clinic, amal, **wrong)
    old = came(clinic, amal, received_on=today - timedelta(days=30))
    assert ReferralTask.objects.get(referral_id=old).ask_on == today - timedelta(days=23), "its clock began then"
