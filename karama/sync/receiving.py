"""Operations that come up: each is done, or was done before, or is held for a person; none is lost, none counts twice.

In this order: is the author's signature true; was it received before (before anybody asks what she may do now); may it
come from a telephone; is she still allowed to speak; then the action itself asks its own question. Whatever is not done
is held. The answer for what is refused, for what is about nobody, and for what is about somebody else is the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.db.models import Q, QuerySet

from karama.journal import Absent, Actor, Call, Problem, batch
from karama.journal.batches import Pace
from karama.journal.doing import ACTIONS
from karama.journal.models import Entry
from karama.journal.problems import BadArguments, Collided, OpIdReused
from karama.journal.readymade import readymade
from karama.security import signing
from karama.security.problems import KeyringMissing
from karama.sync import proof, wire
from karama.sync.declared import Up, may_come
from karama.sync.editing import done, the_call
from karama.sync.holding import DONE, HELD, Piece, hold_rest, place_of, receipt_of
from karama.sync.models import HeldOperation
from karama.sync.references import refers
from karama.sync.registries import Acting, Signer, actings, first, signers

LOG = logging.getLogger(__name__)
NOT_OURS = (OperationalError, InterfaceError, KeyringMissing, MemoryError)
"""The server cannot work now: nothing is said about the operation, and the telephone keeps it."""
PACE = Pace()
"""How many operations fit into one lock, from what the uploads before took."""


@dataclass(frozen=True)
class Tally:
    """How many operations were done, held, or known from before. Never whose."""

    done: int = 0
    held: int = 0
    known: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.done + other.done, self.held + other.held, self.known + other.known)


def receive(upload: wire.Upload) -> dict[str, Any]:
    """Everything of one upload, and its receipts under this server's signature.

    An upload whose author is not known, or whose signature is not hers, is not touched: it stays where it came from.
    """
    return received(upload)[0]


def received(upload: wire.Upload) -> tuple[dict[str, Any], Tally | None]:
    """The same, and how many there were; None of what was not touched."""
    signer: Signer | None = first(signers, upload.key)
    if signer is None:
        return _untouched(upload, "unknown_key"), None
    digests = [wire.digest_of(text) for text in upload.operations]
    content = wire.operations_message(upload.key, upload.posting, digests)
    signature = wire.from_b64(upload.signature)
    if not signing.verified(signer.public_key, signature, content):
        return _untouched(upload, "bad_signature"), None
    pieces = [_piece(place, text, digests, signature) for place, text in enumerate(upload.operations)]
    acting: Acting | None = first(actings, signer, upload.posting)
    _recall(signer, pieces)
    known = sum(piece.receipt is not None for piece in pieces)
    _do(signer, acting, pieces)
    done = sum(piece.receipt is not None for piece in pieces) - known
    hold_rest(signer, acting, upload.posting, pieces)
    receipts = [wire.text_of(piece.receipt) for piece in pieces]
    signed = signing.sign(wire.receipts_message(upload.key, receipts))
    told = {"key": str(upload.key), "status": "received", "receipts": receipts, "signature": wire.b64(signed)}
    return told, Tally(done, len(pieces) - known - done, known)


def _untouched(upload: wire.Upload, status: str) -> dict[str, Any]:
    return {"key": str(upload.key), "status": status, "receipts": [], "signature": ""}


def _piece(place: int, text: str, digests: Sequence[bytes], signature: bytes) -> Piece:
    operation = wire.read_operation(text)
    counter = operation.counter if operation else 0
    evidence = proof.evidence(counter, place, len(digests), digests[place], signature)
    return Piece(place, text, digests[place], operation, evidence)


# --- was it received before


def _recall(signer: Signer, pieces: Sequence[Piece]) -> None:
    """Give what was received before its first receipt; note what has the operation id of something else."""
    ids = [piece.known_as for piece in pieces]
    done = {entry.op_id: entry for entry in _done_as(ids)}
    kept: list[HeldOperation] = _held_as(ids, signer.user, [one.digest.hex() for one in pieces])
    held = {row.digest: row for row in kept if row.signer_id == signer.user}
    others = {row.op_id: (row.signer_id, row.digest) for row in kept}
    seen: dict[UUID, bytes] = {}
    for piece in pieces:
        entry = done.get(piece.known_as)
        before = held.get(piece.digest.hex())
        if entry is not None and _same(entry, signer, piece):
            piece.receipt = receipt_of(piece, DONE, entry.epoch, entry.seq, entry.result)
        elif before is not None:
            piece.why, piece.problem = before.why, before.problem if before.why == "problem" else ""
            piece.receipt = receipt_of(piece, HELD, *place_of(before))
        elif entry is not None or _is_another(signer, piece, others, seen):
            piece.why = "op_id_reused"
        elif piece.op_id is not None:
            seen[piece.op_id] = piece.digest


@readymade
def _done_as(op_ids: list[UUID]) -> QuerySet[Entry]:
    return Entry.objects.filter(op_id__in=op_ids)


@readymade
def _held_as(op_ids: list[UUID], signer: UUID, digests: list[str]) -> QuerySet[HeldOperation]:
    return HeldOperation.objects.filter(Q(op_id__in=op_ids) | Q(signer_id=signer, digest__in=digests))


def _same(entry: Entry, signer: Signer, piece: Piece) -> bool:
    return entry.actor_id == signer.user and proof.digest_in(entry.author_signature) == piece.digest


def _is_another(
    signer: Signer, piece: Piece, others: Mapping[UUID | None, tuple[UUID, str]], seen: Mapping[UUID, bytes]
) -> bool:
    """Whether another author or another text came under the same operation id, earlier or in this very upload."""
    if piece.op_id is None:
        return False
    own = (signer.user, piece.digest.hex())
    return others.get(piece.op_id, own) != own or seen.get(piece.op_id, piece.digest) != piece.digest


# --- do it


def _do(signer: Signer, acting: Acting | None, pieces: Sequence[Piece]) -> None:
    """Do what may be done, in the author's order. What refers to another operation waits until that one is done."""
    waiting: list[tuple[Piece, Call]] = []
    ids: set[UUID] = set()
    by = replace(acting.actor, device=signer.device) if acting else None
    for piece in pieces:
        if piece.receipt is not None or piece.why:
            continue
        declared = may_come(piece.operation.action) if piece.operation else None
        piece.why = _stopped(signer, acting, piece, declared)
        if piece.why or declared is None or by is None or piece.operation is None:
            continue
        if waiting and (piece.operation.id in ids or refers(piece.operation.arguments)):
            _done(waiting)
            waiting, ids = [], set()
        call = _call(by, declared, piece)
        if call is not None and declared.enters is not None:
            _alone(piece, call, declared.enters)
        elif call is not None:
            waiting.append((piece, call))
            ids.add(piece.operation.id)
    _done(waiting)
    for piece in pieces:
        if piece.receipt is None and by is not None:
            _rescue(by, piece)


def _stopped(signer: Signer, acting: Acting | None, piece: Piece, declared: Up | None) -> str:
    """Why an operation is held before its action is asked; empty when it may be tried. An alert always may."""
    if piece.operation is None:
        return "unreadable"
    if declared is None or piece.operation.action not in ACTIONS:
        return "not_from_phone"
    if declared.always and acting is not None:
        return ""
    if signer.revoked_at is not None:
        return "revoked"
    return "" if acting is not None and acting.current else "no_duty"


def _call(by: Actor, declared: Up, piece: Piece) -> Call | None:
    """What is to be done; None where finding that out broke: then it is held."""
    try:
        assert piece.operation is not None
        return the_call(by, declared, piece.operation, piece.evidence)
    except NOT_OURS:
        raise
    except Exception as wrong:
        LOG.warning("an operation of a telephone could not be prepared: %s", type(wrong).__name__)
        piece.why = "failed"
        return None


def _done(waiting: Sequence[tuple[Piece, Call]]) -> None:
    """Do the calls in few transactions. What breaks in a way nobody foresaw is held alone; the others go on."""
    left = list(waiting)
    while left:
        finished = 0
        try:
            outcomes = batch([call for _piece, call in left], pace=PACE, looked_up=True)
            for (piece, _call), outcome in zip(left, outcomes, strict=True):
                _note(piece, outcome.receipt, outcome.problem)
                finished += 1
            return
        except NOT_OURS:
            raise
        except Exception:
            left = left[finished:]
        piece, call = left[0]
        _alone(piece, call)
        left = left[1:]


def _alone(piece: Piece, call: Call, enters: Callable[..., Any] | None = None) -> None:
    try:
        _note(piece, done(call, enters), None)
    except NOT_OURS:
        raise
    except Problem as problem:
        _note(piece, None, problem)
    except Exception as wrong:
        LOG.warning("an operation of a telephone failed: %s", type(wrong).__name__)
        piece.why = "failed"


def _note(piece: Piece, receipt: Any, problem: Problem | None) -> None:
    if receipt is not None:
        piece.receipt = receipt_of(piece, DONE, receipt.epoch, receipt.seq, receipt.record)
    elif isinstance(problem, OpIdReused):
        piece.why = "op_id_reused"
    elif isinstance(problem, BadArguments):
        piece.why = "does_not_fit"
    elif problem is None or isinstance(problem, Absent | Collided):
        piece.why = "refused"
    else:
        piece.why, piece.problem = "problem", problem.code


def _rescue(by: Actor, piece: Piece) -> None:
    """An alert that does not fit is raised all the same, as the most urgent, with what was sent as its words.

    Also one of another version of the app, as long as its text says that it is an alert.
    """
    told = wire.loosely(piece.text)
    declared = may_come(str(told.get("action")))
    if declared is None or not declared.always or declared.rescue is None or piece.why == "op_id_reused":
        return
    arguments = declared.rescue(told.get("arguments"))
    act = ACTIONS[arguments.pop("action")]
    clock = wire.moment_of(piece.operation.done_at) if piece.operation else None
    call = Call(act, by, arguments, piece.known_as, device_at=clock, author_signature=piece.evidence)
    _alone(piece, call, declared.enters)
    if piece.receipt is not None:
        piece.why = piece.problem = ""
