"""What happens to alerts when a person's file is joined with another or erased."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor
from karama.safety.models import JOINED, Alert, AlertSource, AlertStep, KeptFrom
from karama.safety.standing import is_open


def note_joined(*, by: Actor, source: UUID, into: UUID) -> None:
    """Both files keep their alerts, and each open one says in its steps that the files were joined.

    Nothing is rewritten: who is asked, and from whom it is kept, is derived from the remaining file at each reading.
    """
    for alert in Alert.objects.filter(person_id__in=(source, into)):
        if is_open(alert):
            AlertStep.objects.create(alert=alert, step=JOINED)


def empty_rows(*, by: Actor, person: UUID) -> None:
    """Delete every alert of an erased person with what belongs to it."""
    alerts = list(Alert.objects.filter(person_id=person).values_list("id", flat=True))
    for model in (AlertStep, AlertSource, KeptFrom):
        model.objects.filter(alert__in=alerts).erase()
    Alert.objects.filter(pk__in=alerts).erase()
