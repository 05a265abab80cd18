"""What happens to this room's rows when a person is joined with another or erased, and what of them travels."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import Actor
from karama.sync.declared import Declaration, Down, declare
from karama.sync.models import Conflict, ConflictDecision, DeviceShare, HeldOperation, HeldStep


def note_joined(*, by: Actor, source: UUID, into: UUID) -> None:
    """Nothing moves: what was held or met about a file stays with that file, which keeps its keys."""


def empty_rows(*, by: Actor, person: UUID) -> None:
    """Everything held or met about an erased person is gone, whoever's keys sealed it; a share goes with its key."""
    DeviceShare.objects.filter(pk=person).erase()
    HeldStep.objects.filter(held__person_id=person).erase()
    HeldOperation.objects.filter(person_id=person).erase()
    ConflictDecision.objects.filter(conflict__person_id=person).erase()
    Conflict.objects.filter(person_id=person).erase()


def needed(ids: list[UUID]) -> set[UUID]:
    """Those of the ids under whose keys a telephone's share lies."""
    return set(DeviceShare.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _own_held(by: Actor, people: Collection[UUID]) -> QuerySet[Any]:
    return HeldOperation.objects.filter(signer_id=by.id)


def _own_steps(by: Actor, people: Collection[UUID]) -> QuerySet[Any]:
    return HeldStep.objects.filter(held__signer_id=by.id)


def declare_own() -> None:
    """An author is told what became of what she sent: that it is held, and later that it was entered or set aside."""
    declare(
        "sync",
        Declaration(
            down=(
                Down(HeldOperation, ("op_id", "action", "received_at"), _own_held, shared=True),
                Down(HeldStep, ("held", "step"), _own_steps, shared=True),
            ),
            stays={
                "It is done by the server when something arrives": (
                    "sync.hold",
                    "sync.settle_edit",
                    "sync.make_share",
                    "sync.destroy_share",
                ),
                "It is decided with both versions in view, at a screen": (
                    "sync.enter_held",
                    "sync.set_aside",
                    "sync.decide_conflict",
                ),
            },
        ),
    )
