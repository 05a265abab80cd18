"""What this room answers about a person's file: joined, erased, handed over, copied for the person."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.journal import Actor
from karama.people.joined import files_of
from karama.people.registries import CopySection, Untold
from karama.safety import words
from karama.safety.actions.planning import newest_plan
from karama.safety.models import (
    JOINED,
    PLAN_PARTS,
    TYPED_IN,
    Alert,
    AlertSource,
    AlertStep,
    Incident,
    IncidentKeptFrom,
    IncidentStep,
    KeptFrom,
    SafetyPlan,
)
from karama.safety.routewords import ALERT_ROUTES, INCIDENT_ROUTES
from karama.safety.standing import around_of, open_ones

OF_ALERT: tuple[Any, ...] = (AlertStep, AlertSource, KeptFrom)
TOLD_IN_DANGER = ("professionals",)
"""The part of a plan that a guardian may read who is told what to do in danger. What the person notices, whom she
trusts, what she keeps away from herself and what matters to her stay hers."""


def note_joined(*, by: Actor, source: UUID, into: UUID) -> None:
    """Both files keep their alerts, and each open one says in its steps that the files were joined.

    Nothing is rewritten: who is asked, and from whom it is kept, is derived from the remaining file at each reading.
    """
    _say_in_open({source, into}, JOINED)


def note_typed_in(*, unknown: UUID) -> None:
    """What was told of this id, which is nobody's, was told again of somebody on file: its open alerts say so in their
    steps, without saying of whom. They stay open until whoever answers has looked at them.
    """
    _say_in_open({unknown}, TYPED_IN)


def _say_in_open(people: Collection[UUID], step: str) -> None:
    for alert in open_ones(Alert.objects.filter(person_id__in=people)):
        AlertStep.objects.create(alert=alert, step=step)


def empty_rows(*, by: Actor, person: UUID) -> None:
    """Delete every alert of an erased person with what belongs to it, and every version of the plan."""
    while (newest := SafetyPlan.objects.filter(person_id=person, amended_by__isnull=True)).exists():
        SafetyPlan.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).erase()
    alerts = list(Alert.objects.filter(person_id=person).values_list("id", flat=True))
    incidents = list(Incident.objects.filter(person_id=person).values_list("id", flat=True))
    for hanging in (IncidentStep, IncidentKeptFrom):
        hanging.objects.filter(incident__in=incidents).erase()
    Incident.objects.filter(pk__in=incidents).erase()
    for model in OF_ALERT:
        model.objects.filter(alert__in=alerts).erase()
    Alert.objects.filter(pk__in=alerts).erase()


def untold(reader: UUID, files: Collection[UUID]) -> Untold:
    """The incidents and alerts about these files that are kept from a reader, with everything that belongs to them.

    How often a page was opened does not say of which incident: for whoever is kept from one, no opening is told.
    """
    shut_out = IncidentKeptFrom.objects.filter(incident__person__in=files, user_id=reader)
    incidents = frozenset(shut_out.values_list("incident_id", flat=True))
    steps = IncidentStep.objects.filter(incident__in=incidents).values_list("id", flat=True)
    around = around_of(list(Alert.objects.filter(person_id__in=files)))
    alerts = frozenset(alert for alert, one in around.items() if reader in one.barred)
    rows = [model.objects.filter(alert__in=alerts).values_list("id", flat=True) for model in OF_ALERT]
    return Untold(
        incidents.union(steps, alerts, *rows),
        frozenset({*(INCIDENT_ROUTES if incidents else ()), *(ALERT_ROUTES if alerts else ())}),
    )


def readable_copy(*, by: Actor, person: UUID, language: str) -> list[CopySection]:
    """The newest plan as the person made it. What colleagues raised and answered names others: it is counted only."""
    newest = newest_plan(person)
    parts = newest.unseal("parts") if newest is not None else None
    told = parts if isinstance(parts, dict) else {}
    rows = [(words.PLAN_PARTS[code], told[code]) for code in PLAN_PARTS if code in told]
    around = around_of(list(Alert.objects.filter(person_id__in=files_of(person))))
    asked = sum(by.id not in one.barred for one in around.values())
    times = [(_("How often colleagues were asked to look after you"), asked)] if asked else []
    in_danger = [(words.PLAN_PARTS[code], told[code]) for code in TOLD_IN_DANGER if code in told]
    plan = CopySection(_("My plan"), rows, topic="safety", told=in_danger)
    return [plan, CopySection(_("Help that was asked for"), times)]
