"""What this room answers about a person's file: joined, erased, handed over, copied for the person."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.journal import Actor
from karama.people.registries import CopySection
from karama.safety import words
from karama.safety.models import (
    JOINED,
    PLAN_PARTS,
    Alert,
    AlertSource,
    AlertStep,
    Incident,
    IncidentKeptFrom,
    IncidentStep,
    KeptFrom,
    SafetyPlan,
)
from karama.safety.standing import around_of, is_open


def note_joined(*, by: Actor, source: UUID, into: UUID) -> None:
    """Both files keep their alerts, and each open one says in its steps that the files were joined.

    Nothing is rewritten: who is asked, and from whom it is kept, is derived from the remaining file at each reading.
    """
    for alert in Alert.objects.filter(person_id__in=(source, into)):
        if is_open(alert):
            AlertStep.objects.create(alert=alert, step=JOINED)


def empty_rows(*, by: Actor, person: UUID) -> None:
    """Delete every alert of an erased person with what belongs to it, and every version of the plan."""
    while (newest := SafetyPlan.objects.filter(person_id=person, amended_by__isnull=True)).exists():
        SafetyPlan.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).erase()
    alerts = list(Alert.objects.filter(person_id=person).values_list("id", flat=True))
    incidents = list(Incident.objects.filter(person_id=person).values_list("id", flat=True))
    for hanging in (IncidentStep, IncidentKeptFrom):
        hanging.objects.filter(incident__in=incidents).erase()
    Incident.objects.filter(pk__in=incidents).erase()
    for model in (AlertStep, AlertSource, KeptFrom):
        model.objects.filter(alert__in=alerts).erase()
    Alert.objects.filter(pk__in=alerts).erase()


def readable_copy(*, by: Actor, person: UUID, language: str) -> list[CopySection]:
    """The newest plan as the person made it. What colleagues raised and answered names others: it is counted only."""
    newest = SafetyPlan.objects.filter(person_id=person, amended_by__isnull=True).order_by("-recorded_at").first()
    parts = newest.unseal("parts") if newest is not None else None
    told = parts if isinstance(parts, dict) else {}
    rows = [(words.PLAN_PARTS[code], told[code]) for code in PLAN_PARTS if code in told]
    around = around_of(list(Alert.objects.filter(person_id=person)))
    asked = sum(by.id not in one.barred for one in around.values())
    times = [(_("How often colleagues were asked to look after you"), asked)] if asked else []
    return [CopySection(_("My plan"), rows), CopySection(_("Help that was asked for"), times)]
