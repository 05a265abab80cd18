"""What an argument of this room may look like, and what the target of an action is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.journal import Actor
from karama.people.actions.shapes import Language, Line, Words, of_person
from karama.referrals.models import Agreement, Service
from karama.referrals.standing import target_of

__all__ = ["Language", "Line", "Words", "of_person"]

Sector = Literal[
    "medical", "mental_health", "hiv", "gbv", "child_protection", "protection", "legal", "livelihoods", "cash",
    "education", "shelter", "other",
]  # fmt: skip
Urgency = Literal["now", "day", "week", "routine"]
Source = Literal["", "person", "receiver", "family", "colleague", "slip"]
Barrier = Literal[
    "", "distance", "cost", "closed", "stigma", "lost_contact", "safety", "documents", "language", "other"
]  # fmt: skip
FieldCode = Literal["name", "reach", "age_band", "gender", "languages", "access_needs", "reason"]
Along = Literal["", "yes", "no"]
Fields = Annotated[list[FieldCode], Field(max_length=7)]
Place = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120, pattern=r"^[^\x00-\x1f,]*$")]
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]+$")
]
Cost = Literal["free", "fee", "waived", "unknown"]
Access = Literal["step_free", "toilet", "sign", "easy", "home", "transport"]
SafeFor = Literal["women", "men", "girls", "boys", "lgbt", "disability", "no_papers", "older"]
Recipient = Literal["partner_health", "partner_protection", "partner_legal"]
DataClass = Literal[
    "contact", "general", "clinical", "gbv", "protection", "torture", "kp_sogi", "hiv", "legal", "child"
]  # fmt: skip
Digest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


def of_referral(*, by: Actor, referral: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about one referral."""
    return target_of(referral)


def of_programme(*, by: Actor, programme: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a programme."""
    return {"programme": programme}


def of_service(*, by: Actor, service: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about one service."""
    found = Service.objects.filter(pk=service).values_list("programme_id", flat=True).first()
    return {"programme": found} if found is not None else {}


def of_agreement(*, by: Actor, agreement: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about one sharing agreement."""
    found = Agreement.objects.filter(pk=agreement).values_list("programme_id", flat=True).first()
    return {"programme": found} if found is not None else {}
