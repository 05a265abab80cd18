"""Holding what cannot be done, settling edits that met, and what a person decides about both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from karama.journal import Actor, Problem, action, clock
from karama.journal.doing import ACTIONS, ask_permission
from karama.rules.permission import permit
from karama.security import vault
from karama.sync import access, attachments, oversight, wire
from karama.sync.declared import may_come
from karama.sync.editing import Code, done, seal_with_her_keys, the_call
from karama.sync.models import Conflict, ConflictDecision, HeldOperation, HeldStep
from karama.sync.problems import AlreadySettled, ChooseOne, LeftToOthers, SayWhy, StillRefused
from karama.sync.registries import Acting, Signer, actings, first, signers

HOLDER = Actor(id=UUID("0190c0de-0000-7000-8000-00000000e5c0"), kind="job", duty=access.SYNC_JOB, name="Telephones")
Reason = Annotated[str, Field(max_length=2000)]


@action("sync.hold", access=access.HOLD)
def hold(
    *,
    by: Actor,
    text: Annotated[str, Field(max_length=wire.LARGEST_UNPACKED)],
    digest: str,
    signer: UUID,
    device: UUID,
    posting: UUID,
    site: UUID | None,
    why: Literal[
        "refused",
        "not_from_phone",
        "does_not_fit",
        "op_id_reused",
        "revoked",
        "no_duty",
        "problem",
        "unreadable",
        "failed",
    ],
    evidence: str,
    operation: UUID | None = None,
    code: Code = "",
    problem: Code = "",
    counter: int = 0,
    clock_said: AwareDatetime | None = None,
    person: UUID | None = None,
) -> HeldOperation:
    """Keep an operation as it was signed, under seal, for a person to look at. Of an erased person nothing is kept."""
    row = HeldOperation(
        person_id=person,
        op_id=operation,
        digest=digest,
        signer_id=signer,
        device_id=device,
        posting_id=posting,
        site_id=site,
        action=code,
        why=why,
        problem=problem,
        counter=counter,
        evidence=evidence,
        device_at=clock_said,
        received_at=clock.now(),
        named=oversight.named_in(text),
    )
    if person is not None and vault.is_erased(person):
        row.why, row.named = "erased", ""
    else:
        seal_with_her_keys(row, {"content": text})
    row.save()
    return row


# --- what a person decides


def _of_held(*, by: Actor, held: UUID, **_more: Any) -> Mapping[str, object]:
    row = HeldOperation.objects.filter(pk=held).first()
    return {"falls_to_her": oversight.falls_to(by, row)} if row else {}


@action("sync.enter_held", access=access.ENTER_HELD, target=_of_held, purpose="supervision")
def enter_held(*, by: Actor, held: UUID) -> HeldStep:
    """Enter a held operation after all, in its author's name and duty, with the same operation id.

    It is done as if it came now: where others edited the same row meanwhile, both versions are settled as always.
    Raises:
        AlreadySettled: somebody did so, or set it aside. StillRefused: the author may still not do it.
        LeftToOthers: she may not read what it says, and others may.
    """
    row = _unsettled(held)
    if not oversight.may_enter(by, row):
        raise LeftToOthers()
    operation = wire.read_operation(row.text_of("content"))
    signer: Signer | None = first(signers, row.device_id)
    acting: Acting | None = first(actings, signer, row.posting_id) if signer else None
    declared = may_come(operation.action) if operation else None
    if operation is None or acting is None or not acting.current or declared is None:
        raise StillRefused()
    step = HeldStep.objects.create(held=row, step="entered")
    try:
        author = replace(acting.actor, device=row.device_id)
        call = the_call(author, declared, operation, bytes.fromhex(row.evidence), after_all=True)
        if declared.enters is None:
            ask_permission(call.action.prepare(by=author, **call.arguments))
        made = done(call, declared.enters)
        attachments.hand_over(row.signer_id, operation, made.record)
    except Problem:
        raise StillRefused() from None
    return step


@action("sync.set_aside", access=access.ENTER_HELD, target=_of_held, purpose="supervision")
def set_aside(*, by: Actor, held: UUID, reason: Reason = "") -> HeldStep:
    """Say that a held operation will not be entered, and why. It stays readable.

    Raises:
        AlreadySettled, SayWhy. LeftToOthers: what it says is for others, so that nobody sets it aside unread.
    """
    row = _unsettled(held)
    if not oversight.may_set_aside(by, row):
        raise LeftToOthers()
    if not reason.strip():
        raise SayWhy(field="reason")
    step = HeldStep(held=row, step="set_aside")
    step.seal("reason", reason.strip())
    step.save()
    return step


def _unsettled(held: UUID) -> HeldOperation:
    row = HeldOperation.objects.select_for_update(of=("self",)).get(pk=held)
    if HeldStep.objects.filter(held=row).exists():
        raise AlreadySettled()
    return row


def may_do_it(by: Actor, conflict: Conflict) -> bool:
    """Whether this actor may now do to the person what was done twice."""
    act = ACTIONS.get(conflict.action)
    if act is None or conflict.person_id is None:
        return False
    declared = may_come(conflict.action)
    if declared is None:
        return False
    target = act.target(by=by, **declared.asks(conflict.person_id, conflict.row_id))
    return permit(act.access, by.attributes(), target, act.purpose, clock.now()).allowed


def _of_conflict(*, by: Actor, conflict: UUID, **_more: Any) -> Mapping[str, object]:
    row = Conflict.objects.filter(pk=conflict).first()
    return {"may_do_it": may_do_it(by, row)} if row else {}


@action("sync.decide_conflict", access=access.DECIDE, target=_of_conflict)
def decide_conflict(*, by: Actor, conflict: UUID, chosen: Literal["", "earlier", "later", "as_is"] = "") -> UUID:
    """Say which of two versions is right: it is written into the record, and both stay readable.

    `as_is`: what stands there now, for example because somebody has asked the person and written it down since.
    Raises:
        AlreadySettled, ChooseOne.
    """
    row = Conflict.objects.select_for_update(of=("self",)).get(pk=conflict)
    if ConflictDecision.objects.filter(conflict=row).exists():
        raise AlreadySettled()
    if not chosen:
        raise ChooseOne(field="chosen")
    if chosen != "as_is":
        declared = may_come(row.action)
        value = row.unseal(chosen)
        if declared is None or declared.restore is None:
            raise ChooseOne(field="chosen")
        declared.restore(by, row.row_id, value)
    return ConflictDecision.objects.create(conflict=row, chosen=chosen).id
