"""Do not ask what nobody can answer: what a site lacks before a safety question may be put to a person."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

SERVICE_VERIFIED_FOR: Final = timedelta(days=180)
"""How long a verification of a service holds; the house's own choice, a pack may shorten it."""


@dataclass(frozen=True)
class VerifiedService:
    """A service somebody can be brought to, and when a colleague last checked that it answers."""

    name: str
    verified_at: datetime | None
    holds: timedelta = SERVICE_VERIFIED_FOR


@dataclass(frozen=True)
class SiteResponders:
    """Who answers at one site. People are ids; `out_of_hours` is the text shown at night; `absent` are away now."""

    responder: Hashable = None
    deputy: Hashable = None
    out_of_hours: str = ""
    service: VerifiedService | None = None
    absent: frozenset[Hashable] = frozenset()


def safety_questions_allowed(site: SiteResponders, now: datetime) -> tuple[str, ...]:
    """What is missing or lapsed, as codes; nothing missing means that the question may be asked.

    `responder`: nobody named; `unreachable`: responder and deputy both away; `deputy`: none, or the same person;
    `out_of_hours`: no answer for the night; `service`: none; `service_lapsed`: never verified, or too long ago.
    """
    missing = []
    if site.responder is None:
        missing.append("responder")
    if site.deputy is None or site.deputy == site.responder:
        missing.append("deputy")
    named = {site.responder, site.deputy} - {None}
    if named and named <= site.absent:
        missing.append("unreachable")
    if not site.out_of_hours.strip():
        missing.append("out_of_hours")
    if site.service is None or not site.service.name.strip():
        missing.append("service")
    elif not _is_verified(site.service, now):
        missing.append("service_lapsed")
    return tuple(missing)


def _is_verified(service: VerifiedService, now: datetime) -> bool:
    if service.verified_at is None:
        return False
    return service.verified_at <= now < service.verified_at + service.holds
