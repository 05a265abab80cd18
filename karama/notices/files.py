"""What this room answers when a person's files are joined or erased."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from karama.journal import Actor
from karama.notices.models import OutgoingMessage, Silence


def carry_over(*, by: Actor, source: UUID, into: UUID) -> None:
    """Messages stay with the file they were queued for; the silence of either file is the silence of both."""
    kept = Silence.objects.filter(person_id=source).first()
    if kept is not None and not Silence.objects.filter(person_id=into).exists():
        Silence.objects.create(person_id=into, since=kept.since)


def speak_again(people: Collection[UUID]) -> None:
    """End the silence of people of whom it is known again that they live; what was stopped stays so. Called inside an
    action of a room above."""
    Silence.objects.filter(person_id__in=people).delete()


def empty_rows(*, by: Actor, person: UUID) -> None:
    """Delete every message of an erased person. No silence is needed for somebody whose address is gone."""
    OutgoingMessage.objects.filter(person_id=person).erase()
    Silence.objects.filter(person_id=person).erase()
