"""What users of the simulated telephones do, room by room, and the rows that must stand for it once each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from karama.care.models import Session
from karama.groups.actions import add_member, name_facilitator
from karama.groups.models import CommunityActivity, MeetingRecord
from karama.outreach.models import Issue
from karama.referrals.models import Referral
from karama.voice.models import Feedback
from tests.groups.conftest import opened
from tests.people.conftest import Clinic
from tests.referrals.conftest import service
from tests.sync.phone import Phone

ROWS: Mapping[str, Any] = {
    "session": Session,
    "meeting": MeetingRecord,
    "activity": CommunityActivity,
    "gift": Issue,
    "referral": Referral,
    "message": Feedback,
}
"""Kind of work -> the record of which one stands for each that was done, and for nothing else."""


def places(clinic: Clinic, people: list[UUID]) -> dict[str, UUID]:
    """A group of Chantal's and Diego's with two of the people, and a service."""
    group = opened(clinic, capacity=8)
    name_facilitator(by=clinic["nadia"], group=group, user=clinic["diego"].id)
    for person in people[:2]:
        add_member(by=clinic["chantal"], group=group, person=person)
    return {"group": group, "service": service(clinic), "site": clinic.here.id}


def _meeting(phone: Phone, person: UUID, there: Mapping[str, UUID]) -> UUID:
    return phone.do(
        "groups.record_meeting", group=there["group"], modality="phone", attendance={str(person): "present"}
    )


def _activity(phone: Phone, person: UUID, there: Mapping[str, UUID]) -> UUID:
    told = {"kind": "skills", "four_ws": "3.5", "basis": "contacts", "counts": [["10-14", "F", 7]], "title": "Drums"}
    return phone.do("groups.record_activity", site=there["site"], **told)


def _gift(phone: Phone, person: UUID, there: Mapping[str, UUID]) -> UUID:
    return phone.do("outreach.give_to_many", site=there["site"], what="kit", quantity=1, count=9, basis="people")


def _referral(phone: Phone, person: UUID, there: Mapping[str, UUID]) -> UUID:
    told = {"urgency": "week", "reason": "Fever.", "fields": ["age_band", "reason"]}
    return phone.do("referrals.prepare_referral", person=person, service=there["service"], **told)


def _message(phone: Phone, person: UUID, there: Mapping[str, UUID]) -> UUID:
    """Every second one is said aloud."""
    told: dict[str, Any] = {"site": there["site"], "kind": "suggestion", "danger": "none"}
    if not phone.aloud:
        return phone.do("voice.type_in_feedback", words="More drums.", **told)
    return phone.say("voice.type_in_feedback", f"{phone.device} {phone.counter} ".encode() * 30, **told)


WORK: Mapping[str, Callable[[Phone, UUID, Mapping[str, UUID]], UUID]] = {
    "meeting": _meeting,
    "activity": _activity,
    "gift": _gift,
    "referral": _referral,
    "message": _message,
}
