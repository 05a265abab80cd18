"""Pieces of an upload on their way: what becomes of one, its receipt, and holding what was not done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from karama.journal.models import Entry
from karama.journal.problems import Collided
from karama.sync import attachments, wire
from karama.sync.actions import HOLDER, hold
from karama.sync.declared import may_come
from karama.sync.models import HeldOperation
from karama.sync.registries import Acting, Signer

DONE, HELD = "done", "held"
TOLD: Mapping[str, str] = {
    "does_not_fit": "does_not_fit",
    "unreadable": "update_app",
    "not_from_phone": "update_app",
    "problem": "answered",
}
"""What the author's telephone is told of a held operation. Everything else is `looked_at`: a person will look."""


@dataclass
class Piece:
    """One operation of an upload on its way, and what became of it. `why` and `problem`: why it has to be held."""

    place: int
    text: str
    digest: bytes
    operation: wire.Operation | None
    evidence: bytes
    receipt: dict[str, Any] | None = None
    why: str = ""
    problem: str = ""

    @property
    def op_id(self) -> UUID | None:
        """Its operation id, where it could be read."""
        return self.operation.id if self.operation else None

    @property
    def known_as(self) -> UUID:
        """The id under which it is done: its own, or, where that could not be read, one made of its digest."""
        return self.operation.id if self.operation else UUID(bytes=self.digest[:16])


def receipt_of(piece: Piece, outcome: str, epoch: UUID | None, seq: int, record: UUID | None = None) -> dict[str, Any]:
    return {
        "v": 1,
        "digest": wire.b64(piece.digest),
        "op": str(piece.op_id) if piece.op_id else None,
        "outcome": outcome,
        "why": TOLD.get(piece.why, "looked_at") if outcome == HELD else "",
        "problem": piece.problem if outcome == HELD else "",
        "epoch": str(epoch),
        "seq": seq,
        "record": str(record) if record else None,
        **_attachments(piece.operation, record),
    }


def _attachments(operation: wire.Operation | None, record: UUID | None) -> dict[str, Any]:
    """Which of its attachments are here, where it names any: the only part of a receipt that changes."""
    if operation is None or not attachments.named_in(operation):
        return {}
    return {"attachments": attachments.stored_of(operation, record)}


def place_of(row: HeldOperation) -> tuple[UUID | None, int]:
    found = Entry.objects.filter(action="sync.hold", result=row.id).values_list("epoch", "seq").first()
    return found if found else (None, 0)


def hold_rest(signer: Signer, acting: Acting | None, posting: UUID, pieces: Sequence[Piece]) -> None:
    left = [piece for piece in pieces if piece.receipt is None]
    twins = {piece.digest: piece for piece in left}
    for piece in twins.values():
        _held(signer, acting, posting, piece)
    for piece in left:
        piece.receipt = twins[piece.digest].receipt


def _held(signer: Signer, acting: Acting | None, posting: UUID, piece: Piece) -> None:
    operation = piece.operation
    sites = sorted(acting.actor.sites) if acting else []
    arguments: dict[str, Any] = {
        "text": piece.text,
        "digest": piece.digest.hex(),
        "signer": signer.user,
        "device": signer.device,
        "posting": posting,
        "site": sites[0] if sites else None,
        "why": piece.why or "failed",
        "evidence": piece.evidence.hex(),
        "operation": piece.op_id or _id_in(wire.loosely(piece.text).get("id")),
        "code": operation.action if operation else "",
        "problem": piece.problem[:80],
        "counter": operation.counter if operation else 0,
        "clock_said": wire.moment_of(operation.done_at) if operation else None,
        "person": _about(operation),
    }
    try:
        receipt = hold(by=HOLDER, **arguments)
        piece.receipt = receipt_of(piece, HELD, receipt.epoch, receipt.seq)
    except Collided:  # the same upload came twice at once: the other one has held it
        row = HeldOperation.objects.get(signer_id=signer.user, digest=piece.digest.hex())
        piece.receipt = receipt_of(piece, HELD, *place_of(row))


def _about(operation: wire.Operation | None) -> UUID | None:
    """Whom a held operation is about, as far as it says so itself."""
    if operation is None:
        return None
    declared = may_come(operation.action)
    if declared is not None and declared.about is not None:
        return declared.about(operation.arguments)
    return _id_in(operation.arguments.get("person"))


def _id_in(told: Any) -> UUID | None:
    """An id as somebody wrote it, also in what this version cannot read: its author is told by it what became of it."""
    try:
        return UUID(str(told))
    except ValueError:
        return None
