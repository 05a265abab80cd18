"""What this room answers about a person's file: joined, erased, at rest, handed over, copied for the person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karama.journal import Actor
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.joined import all_files_of, files_of
from karama.people.registries import CopySection, OpenWork
from karama.rules.rights import OPEN_STATES
from karama.ui.addresses import reverse
from karama.ui.dates import day
from karama.voice.asked import standing_of
from karama.voice.models import (
    Feedback,
    KeptLonger,
    PortableCopy,
    RequestStanding,
    RequestStep,
    Restriction,
    Right,
    RightsRequest,
)
from karama.voice.standing import with_state


def carry_over(*, by: Actor, source: UUID, into: UUID) -> None:
    """Requests stay with the file they were made for and show on both; a rest of either file is a rest of both."""
    resting = Restriction.objects.filter(lifted_at__isnull=True)
    if resting.filter(person_id=source).exists() and not resting.filter(person_id=into).exists():
        Restriction.objects.create(person_id=into)


def empty_rows(*, by: Actor, person: UUID) -> None:
    """Everything an erased person asked for goes; the certificate, which is about nobody's keys, stays."""
    for model in (PortableCopy, RequestStep, RightsRequest, Restriction, KeptLonger):
        model.objects.filter(person_id=person).erase()
    if Feedback.objects.filter(pk=person).exists():
        _finish_erasing(person)


def _finish_erasing(feedback: UUID) -> None:
    """A message owns its key: its words were erased, and then the power went, or an older backup was restored."""
    from karama.voice.actions.erasing import note_erased

    standing = standing_of(feedback)
    if standing is not None and standing.state != "erased":
        note_erased(standing)


def needed(ids: list[UUID]) -> set[UUID]:
    """Those of the ids under whose keys the words of a message lie."""
    return set(Feedback.objects.filter(pk__in=ids).values_list("pk", flat=True))


@asks
def at_rest(people: Collection[UUID]) -> Asks[set[UUID]]:
    """Those of these people whose record rests."""
    return set((yield _at_rest.later(people)))


@readymade
def _at_rest(people: Collection[UUID]) -> QuerySet[Any, Any]:
    rows = Restriction.objects.filter(person_id__in=people, lifted_at__isnull=True)
    return rows.values_list("person_id", flat=True)


def open_work(person: UUID) -> Sequence[OpenWork]:
    """Requests that are not answered yet: they stay with the officer, and whoever takes over should know."""
    rows = with_state(RightsRequest.objects.filter(person_id__in=all_files_of(person))).filter(state__in=OPEN_STATES)
    return [
        OpenWork("task", one.id, _("A request about the own record"), reverse("voice:request", args=[one.id]))
        for one in rows
    ]


def readable_copy(*, by: Actor, person: UUID, language: str) -> list[CopySection]:
    """What she asked for and what came of it."""
    files = files_of(person)
    rights, states = dict(Right.choices), dict(RequestStanding.choices)
    rows = with_state(RightsRequest.objects.filter(person_id__in=files)).order_by("received_on", "recorded_at")
    told = [(day(one.received_on), f"{rights[one.right]}: {states[one.state]}") for one in rows]
    return [CopySection(_("What you asked about your record"), told)]
