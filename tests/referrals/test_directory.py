"""The directory: who keeps it, what is stale, and what a stolen copy does not tell; sharing agreements."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from karama.journal import Absent, Problem, Refused, clock
from karama.knowledge import pack_referrals
from karama.knowledge.packs import PackError
from karama.programme.days import today_in
from karama.referrals import queries
from karama.referrals.actions import close_service, keep_service, record_agreement, verify_service
from karama.referrals.models import Service
from tests.referrals.conftest import Clinic, agree_with, amal, clinic, prepared, service

__all__ = ["amal", "clinic"]


def test_what_nobody_asked_for_long_is_marked(clinic: Clinic) -> None:
    """RF080: a service is fresh for as long as the pack says after somebody asked there; one that nobody ever asked is
    stale from the first day."""
    fresh, never = service(clinic), service(clinic, verified=False)
    told = {one.id: one.stale for one in queries.services(clinic["chantal"])}
    assert told == {fresh: False, never: True}
    with time_machine.travel(clock.now() + timedelta(days=181), tick=False):
        assert all(one.stale for one in queries.services(clinic["chantal"]))
        verify_service(by=clinic["nadia"], service=fresh)
        assert not queries.service_page(clinic["chantal"], fresh).stale


def test_who_keeps_it(clinic: Clinic) -> None:
    """RF081: social worker, legal worker and supervisor keep the directory of their programme; others read or do
    not."""
    place = service(clinic)
    clinic.hire("luz", "social_worker", clinic.here)
    assert keep_service(by=clinic["luz"], programme=clinic.programme.id, provider="School", sector="education").value
    for name in ("chantal", "diego", "samir", "rojin", "leila", "importer"):
        with pytest.raises(Refused):
            close_service(by=clinic[name], service=place)
    for name in ("samir", "rojin", "importer"):
        assert queries.services(clinic[name]) == []
        with pytest.raises(Absent):
            queries.service_page(clinic[name], place)


def test_where_a_shelter_is_stays_under_seal(clinic: Clinic) -> None:
    """RF082: how to get there is sealed, is read on the service's own page only, and stands in no list."""
    place = service(clinic, sector="shelter", how="Blue door, Calle 5")
    row = Service.objects.get(pk=place)
    assert b"Calle" not in bytes(row.how)
    assert all(not one.how for one in queries.services(clinic["chantal"]))
    assert queries.service_page(clinic["chantal"], place).how == "Blue door, Calle 5"


def test_a_closed_service_receives_nobody(clinic: Clinic, amal: UUID) -> None:
    """RF083: what was closed is in no list and takes no referral."""
    place = service(clinic)
    close_service(by=clinic["nadia"], service=place)
    assert queries.services(clinic["chantal"]) == []
    with pytest.raises(Problem) as refused:
        prepared(clinic, amal, place)
    assert refused.value.code == "referrals.service_gone"
    with pytest.raises(Problem):
        verify_service(by=clinic["nadia"], service=place)


def test_agreements_have_a_last_day(clinic: Clinic, noor: UUID) -> None:
    """RF084: only the officer writes agreements down; one at a time with a partner, none for ever; those that end are
    shown first, lapsed ones as lapsed."""
    today = today_in(clinic.programme.id)
    told = {
        "programme": clinic.programme.id,
        "organisation": noor,
        "recipient": "partner_health",
        "classes": ["general"],
    }
    for name in ("nadia", "samir", "chantal"):
        with pytest.raises(Refused):
            record_agreement(by=clinic[name], until_on=today + timedelta(days=9), **told)
    for days in (0, -1, 4 * 366):
        with pytest.raises(Problem) as refused:
            record_agreement(by=clinic["leila"], until_on=today + timedelta(days=days), **told)
        assert refused.value.code == "referrals.day"
    agree_with(clinic, noor, days=20)
    with pytest.raises(Problem) as refused:
        agree_with(clinic, noor)
    assert refused.value.code == "referrals.agreement_there"
    assert [one.state for one in queries.agreements(clinic["leila"])] == ["ends_soon"]
    assert queries.agreements(clinic["nadia"]) == []
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        assert [one.state for one in queries.agreements(clinic["leila"])] == ["lapsed"]
        agree_with(clinic, noor)
        assert sorted(one.state for one in queries.agreements(clinic["leila"])) == ["ended", "in_force"]


def test_a_pack_says_its_days() -> None:
    """RF085: each pack's file is read, says what is wrong by file and key, and a programme without one has the house's
    own days."""
    assert pack_referrals.referring_of("iraq-torture-rehabilitation").fresh == timedelta(days=90)
    assert pack_referrals.referring_of("no-such-programme") == pack_referrals.USUAL
    for wrong in (
        {"ask_after_days": {"now": 0}}, {"packet_days": {"routine": 365}}, {"service_fresh_days": "x"}, {"nonsense": 1},
        {"ask_after_days": {"never": 3}},
    ):  # fmt: skip
        with pytest.raises(PackError) as refused:
            pack_referrals.referring_from("x", {"version": "1", **wrong})
        assert "programmes/x/referrals.toml" in str(refused.value)
