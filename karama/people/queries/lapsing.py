"""Consents that ended, for the data protection officer: by code, with whether a withdrawal was executed everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from karama.journal import Actor, clock
from karama.people.access import NOT_HIDDEN, OFFICER, rows_near
from karama.people.models import Consent, WithdrawalEffect
from karama.rules.permission import All, In, Policy

ENDED: Final = Policy("people.ended_consents", All(In("status", ("active", "closed")), NOT_HIDDEN, OFFICER))
MOST: Final = 50


@dataclass(frozen=True)
class Ended:
    """One yes that ended. Of a withdrawal: in how many places it was executed, is still to be, or cannot be."""

    person: UUID
    code: str
    purpose: str
    at: datetime
    done: int = 0
    pending: int = 0
    cannot: int = 0


def withdrawn_consents(by: Actor, since: datetime) -> list[Ended]:
    """Withdrawals since a moment, those not executed everywhere first. Two queries."""
    rows = _seen(by, Consent.objects.filter(decision="withdrawn", recorded_at__gte=since))
    found = list(rows.order_by("-recorded_at")[:MOST])
    counts = {
        row["consent_id"]: row
        for row in WithdrawalEffect.objects.filter(consent_id__in=[one.id for one in found])
        .values("consent_id")
        .annotate(
            done=Count("id", filter=Q(state="done")),
            pending=Count("id", filter=Q(state="pending")),
            cannot=Count("id", filter=Q(state="cannot")),
        )
    }
    ended = [_ended(one, one.recorded_at, counts.get(one.id, {})) for one in found]
    return sorted(ended, key=lambda one: one.pending == 0)


def lapsed_consents(by: Actor, since: datetime) -> list[Ended]:
    """Yeses that lapsed since a moment and were not asked again. One query."""
    newer = Consent.objects.filter(
        person_id=OuterRef("person_id"), purpose=OuterRef("purpose"), sequence__gt=OuterRef("sequence")
    )
    rows = Consent.objects.filter(decision="yes", expires_at__gte=since, expires_at__lte=clock.now())
    seen = _seen(by, rows.filter(~Exists(newer)))
    return [_ended(one, one.expires_at, {}) for one in seen.order_by("-expires_at")[:MOST]]


def _seen(by: Actor, rows: QuerySet[Consent]) -> QuerySet[Consent]:
    return rows_near(rows.select_related("person"), by=by, policy=ENDED)


def _ended(row: Consent, at: datetime | None, counts: Any) -> Ended:
    numbers = {name: int(counts.get(name, 0)) for name in ("done", "pending", "cannot")}
    return Ended(row.person_id, row.person.code, row.purpose, at or row.recorded_at, **numbers)
