"""Attachments: bytes that an operation names by their digest. They come up after it, in parts that may be lost.

The operation is done at once, whatever of it is still to come. Its receipt lists which of its attachments are truly
here: a telephone lets go of the bytes for nothing else. docs/decisions/0111-attachments-in-parts.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pydantic
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Sum

from karama.journal import clock
from karama.journal.models import Entry
from karama.security import digests, vault
from karama.sync import wire
from karama.sync.declared import Attached, may_come
from karama.sync.models import Attachment, AttachmentPart, HeldOperation, HeldStep
from karama.sync.registries import Signer

MOST_A_DAY: Final = 40
BYTES_A_DAY: Final = 8_000_000
"""What one telephone may bring in a day: more waits there until the next. Operations are always taken."""

ABANDONED: Final = timedelta(days=60)
"""After so many days what never became whole goes; the telephone still has it and begins anew."""


def named_in(operation: wire.Operation | None) -> list[wire.Named]:
    """The attachments that an operation names, without those that are none."""
    told = operation.arguments.get("attachments") if operation else None
    return all_named(told)


def all_named(told: Any) -> list[wire.Named]:
    """Those in the argument `attachments` that may be attached; whatever else stands there is left out."""
    found = [_named(one) for one in told[: wire.MOST_ATTACHED]] if isinstance(told, list) else []
    return [one for one in found if one is not None]


def _named(told: Any) -> wire.Named | None:
    try:
        return wire.Named.model_validate(told)
    except pydantic.ValidationError:
        return None


def stored_of(operation: wire.Operation, record: UUID | None) -> list[str]:
    """The digests of those attachments that are here. `record`: what the operation made; None of one that is held."""
    if record is not None:
        return sorted(digest for digest, one in _wanted(operation.action, record).items() if one.stored)
    whole = Attachment.objects.filter(op_id=operation.id, whole=True).values_list("digest", flat=True)
    return sorted({one.sha256 for one in named_in(operation)} & set(whole))


def _wanted(action: str, record: UUID | None) -> Mapping[str, Attached]:
    declared = may_come(action)
    return declared.attached(record) if declared and declared.attached and record else {}


def take_part(signer: Signer, part: wire.Part) -> dict[str, Any]:
    """Take the next bytes in, once; how many are here, and whether all are stored.

    The same answer for what nobody named, for what another author named, and for what is too much for a day.
    """
    wanted = _of_hers(signer, part)
    if wanted is None:
        return _told(0)
    if wanted.stored:
        return _told(wanted.size, stored=True)
    try:
        row, at = _added(signer, part, wanted.size)
    except IntegrityError:  # the same part came twice at once: the other one was taken
        return _told(0)
    if row is None or at < wanted.size:
        return _told(at)
    content = _content(row)
    if digests.sha256(content).hex() != row.digest:
        row.delete()
        return _told(0)
    wanted.take(content)
    _settle(row)
    return _told(at, stored=True)


def _told(at: int, *, stored: bool = False) -> dict[str, Any]:
    return {"at": at, "stored": stored}


def _of_hers(signer: Signer, part: wire.Part) -> Attached | None:
    """What this very author named in an operation that was received, done or held."""
    entry = Entry.objects.filter(op_id=part.op, actor_id=signer.user).first()
    if entry is not None:
        return _wanted(entry.action, entry.result).get(part.sha256)
    held = HeldOperation.objects.filter(op_id=part.op, signer_id=signer.user, content__isnull=False).first()
    operation = wire.read_operation(held.text_of("content")) if held else None
    size = next((one.size for one in named_in(operation) if one.sha256 == part.sha256), 0)
    whole = Attachment.objects.filter(op_id=part.op, digest=part.sha256, whole=True).exists()
    return Attached(size, whole, lambda content: None) if size else None


def _added(signer: Signer, part: wire.Part, size: int) -> tuple[Attachment | None, int]:
    """Its row, and how many bytes are here with these."""
    more = wire.from_b64(part.content)
    with transaction.atomic():
        known = Attachment.objects.select_for_update().filter(op_id=part.op, digest=part.sha256).first()
        row = known or _begun(signer, part, size)
        if row is None:
            return None, 0
        at: int = row.parts.aggregate(bytes=Sum("size"))["bytes"] or 0
        if more and part.at == at and at + len(more) <= size:
            sealed = vault.seal_installation(_place(row, at), more)
            AttachmentPart.objects.create(attachment=row, at=at, size=len(more), content=sealed)
            at += len(more)
    return row, at


def _begun(signer: Signer, part: wire.Part, size: int) -> Attachment | None:
    today = clock.day_in_utc()
    came = Attachment.objects.filter(device_id=signer.device, came_on=today)
    if came.count() >= MOST_A_DAY or (came.aggregate(bytes=Sum("size"))["bytes"] or 0) + size > BYTES_A_DAY:
        return None
    return Attachment.objects.create(
        signer_id=signer.user, device_id=signer.device, op_id=part.op, digest=part.sha256, size=size, came_on=today
    )


def _place(row: Attachment, at: int) -> str:
    return f"sync.attachment:{row.id}:{at}"


def _content(row: Attachment) -> bytes:
    parts = row.parts.order_by("at")
    return b"".join(vault.open_installation(_place(row, one.at), bytes(one.content)) for one in parts)


def _settle(row: Attachment) -> None:
    """Of what its record has, only that something came today is left; what is held keeps its bytes for later."""
    with transaction.atomic():
        if Entry.objects.filter(op_id=row.op_id, actor_id=row.signer_id).exists():
            row.parts.all().delete()
            row.op_id, row.digest = None, ""
        row.whole = True
        row.save()


def hand_over(signer: UUID, operation: wire.Operation, record: UUID | None) -> None:
    """What came with an operation while it was held goes to the record that it has made after all."""
    wanted = _wanted(operation.action, record)
    for row in Attachment.objects.filter(op_id=operation.id, signer_id=signer, whole=True):
        if row.digest in wanted:
            wanted[row.digest].take(_content(row))
            row.delete()


def tidy() -> int:
    """Let go of what was never whole, of what belongs to work that was set aside, and of yesterday's counts."""
    today = clock.day_in_utc()
    held = HeldOperation.objects.filter(op_id=OuterRef("op_id"), signer_id=OuterRef("signer_id"))
    waits = held.exclude(Exists(HeldStep.objects.filter(held=OuterRef("pk"))))
    counts = Attachment.objects.filter(op_id__isnull=True, came_on__lt=today)
    over = Attachment.objects.filter(
        ~Exists(waits), op_id__isnull=False, came_on__lt=today - ABANDONED
    ) | Attachment.objects.filter(whole=False, came_on__lt=today - ABANDONED)
    return counts.delete()[0] + over.delete()[0]
