"""What every reading asks about alerts, put together once: their steps, their sources, and the records around them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.journal.readymade import readymade
from karama.people.models import INVOLVED, Assignment, Person
from karama.safety.models import AlertSource, AlertStep, KeptFrom


@readymade
def steps_of(alerts: list[UUID]) -> QuerySet[AlertStep, AlertStep]:
    """What was done about these alerts, in its order."""
    return AlertStep.objects.filter(alert__in=alerts).order_by("recorded_at", "id")


@readymade
def sources_of(alerts: list[UUID]) -> QuerySet[AlertSource, AlertSource]:
    """How these alerts were raised, in its order."""
    return AlertSource.objects.filter(alert__in=alerts).order_by("recorded_at", "id")


@readymade
def files(people: Collection[UUID]) -> QuerySet[Person, Person]:
    """These files, with their site and the team that holds them."""
    return Person.objects.filter(pk__in=people).select_related("site__programme", "held_by_team")


@readymade
def joined_into(people: Collection[UUID]) -> QuerySet[Any, Any]:
    """(file, the one of these into which it was joined)."""
    return Person.objects.filter(merged_into__in=people).values_list("id", "merged_into_id")


@readymade
def related_to(people: Collection[UUID]) -> QuerySet[Any, Any]:
    """(person, colleague who is related to her or otherwise involved, by what was ever declared)."""
    return Assignment.objects.filter(person__in=people, conflict__in=INVOLVED).values_list("person_id", "user_id")


@readymade
def working_with(people: Collection[UUID]) -> QuerySet[Any, Any]:
    """(person, colleague who works with her)."""
    return Assignment.objects.filter(person__in=people, until__isnull=True).values_list("person_id", "user_id")


@readymade
def kept_from(alerts: list[UUID]) -> QuerySet[Any, Any]:
    """(alert, colleague from whom it is kept)."""
    return KeptFrom.objects.filter(alert__in=alerts).values_list("alert_id", "user_id")
