"""Whether anybody is left who answers for a critical incident: never somebody who is part of it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from karama.accounts import reach
from karama.accounts.models import Posting
from karama.journal import clock
from karama.people.models import HiddenFrom
from karama.safety.access import ANSWERERS
from karama.safety.models import Incident, IncidentKeptFrom


def left_alone(rows: QuerySet[Incident], today: date) -> QuerySet[Incident]:
    """Of these incidents those for which no supervisor or director of the site is left."""
    return rows.filter(~Exists(_holders(ANSWERERS, today)))


def has_officer(incident: UUID) -> bool:
    """Whether a data protection officer is there who is not part of an incident."""
    officers = _holders(("data_protection_officer",), clock.day_in_utc())
    return Incident.objects.filter(Exists(officers), pk=incident).exists()


def is_left_alone(incident: UUID) -> bool:
    """Whether this incident is one of those."""
    return left_alone(Incident.objects.filter(pk=incident), clock.day_in_utc()).exists()


def _holders(duties: tuple[str, ...], today: date) -> QuerySet[Posting]:
    """Who holds one of these duties today at the site of the incident around, and is not kept away from it."""
    whose: dict[str, Any] = {"user_id": OuterRef("user_id")}
    part = IncidentKeptFrom.objects.filter(incident=OuterRef(OuterRef("pk")), **whose)
    hidden = HiddenFrom.objects.filter(person=OuterRef(OuterRef("person_id")), lifted_at__isnull=True, **whose)
    whole = Q(site__isnull=True) & (Q(programme__isnull=True) | Q(programme_id=OuterRef("site__programme_id")))
    rows = Posting.objects.filter(reach.on(today), duty__in=duties, user__is_active=True)
    return rows.filter(whole | Q(site_id=OuterRef("site_id"))).filter(~Exists(part), ~Exists(hidden))
