"""What this room answers when a person's files are joined or erased."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor
from karama.notices.models import OutgoingMessage, Silence


def carry_over(*, by: Actor, source: UUID, into: UUID) -> None:
    """Messages stay with the file they were queued for; the silence of either file is the silence of both."""
    kept = Silence.objects.filter(person_id=source).first()
    if kept is not None and not Silence.objects.filter(person_id=into).exists():
        Silence.objects.create(person_id=into, since=kept.since)


def give_back(*, by: Actor, source: UUID, into: UUID) -> None:
    """When files are separated, a silence that the other one had only from this merge ends: she is not dead."""
    own = Silence.objects.filter(person_id=source).first()
    if own is not None:
        Silence.objects.filter(person_id=into, since=own.since).delete()


def empty_rows(*, by: Actor, person: UUID) -> None:
    """Delete every message of an erased person. No silence is needed for somebody whose address is gone."""
    OutgoingMessage.objects.filter(person_id=person).erase()
    Silence.objects.filter(person_id=person).erase()
