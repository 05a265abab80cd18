"""The clinic of people's tests with a directory, a partner that receives, and an agreement with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.journal import Actor, reading
from karama.people.actions import record_consent
from karama.programme.actions import add_partner
from karama.programme.days import today_in
from karama.referrals import door, queries
from karama.referrals.actions import keep_service, prepare_referral, record_agreement, send_referral
from karama.referrals.actions.referring import Sent
from karama.referrals.door import PACE
from tests.people.conftest import Clinic, amal, clinic

__all__ = ["Clinic", "amal", "clinic"]

ORDINARY = ["contact", "general", "clinical"]


@pytest.fixture(autouse=True)
def at_ease(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test leaves its wrong tokens to the next, and none waits after a wrong one unless it says so."""
    monkeypatch.setattr(door, "EVEN", 0.0)
    PACE._came.clear()
    yield
    PACE._came.clear()


@pytest.fixture
def noor(clinic: Clinic) -> UUID:
    """A partner organisation."""
    made: UUID = add_partner(by=clinic["samir"], name="Noor Clinic").value.id
    return made


@pytest.fixture
def agreed(clinic: Clinic, noor: UUID) -> UUID:
    """A sharing agreement with it, of the usual classes, for a hundred days."""
    return agree_with(clinic, noor)


def agree_with(clinic: Clinic, partner: UUID, classes: list[str] = ORDINARY, days: int = 100) -> UUID:
    """A sharing agreement that the officer writes down."""
    made: UUID = record_agreement(
        by=clinic["leila"], programme=clinic.programme.id, organisation=partner, recipient="partner_health",
        classes=classes, until_on=today_in(clinic.programme.id) + timedelta(days=days),
    ).value.id  # fmt: skip
    return made


def service(clinic: Clinic, partner: UUID | None = None, sector: str = "medical", **more: Any) -> UUID:
    """A service of the directory that the supervisor verified today."""
    told = {"provider": "Clinic by the river", "verified": True, "how": "Ask at the gate."} | more
    made: UUID = keep_service(
        by=clinic["nadia"], programme=clinic.programme.id, sector=sector, organisation=partner, **told
    ).value.id  # fmt: skip
    return made


def says_yes(clinic: Clinic, person: UUID, partner: UUID, classes: list[str] = ORDINARY, **more: Any) -> UUID:
    """A yes to sharing these classes with this partner."""
    made: UUID = record_consent(
        by=clinic["chantal"], person=person, purpose="share", decision="yes", method="verbal",
        recipient="partner_health", organisation=partner, data_classes=classes, **more,
    ).value.id  # fmt: skip
    return made


def prepared(clinic: Clinic, person: UUID, place: UUID, by: str = "chantal", **more: Any) -> UUID:
    """A referral that is not sent yet."""
    told: dict[str, Any] = {
        "urgency": "week",
        "reason": "Fever since a week.",
        "fields": ["name", "age_band", "reason"],
    }
    made: UUID = prepare_referral(by=clinic[by], person=person, service=place, **(told | more)).value.id
    return made


def seen(by: Actor, referral: UUID) -> str:
    """What this colleague looked at, as its digest."""
    with as_reader(by):
        return queries.preview(by, referral).seen


def sent(clinic: Clinic, referral: UUID, by: str = "chantal", way: str = "packet") -> Sent:
    """The same, sent with what was looked at."""
    looked = seen(clinic[by], referral) if way == "packet" else ""
    made: Sent = send_referral(by=clinic[by], referral=referral, way=way, seen=looked).value
    return made


def as_reader(by: Actor) -> Any:
    """A reading of a page of this room."""
    return reading(by=by, purpose="care", route="tests.referrals")
