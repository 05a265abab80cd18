"""Holding what cannot be done, settling edits that met, and what a person decides about both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from karama.journal import Absent, Actor, Problem, action, clock
from karama.journal.doing import ACTIONS, ask_permission
from karama.journal.integrity import record_models
from karama.journal.models import Change, Entry
from karama.rules.merge import plan_edit
from karama.rules.permission import permit
from karama.security import vault
from karama.sync import access, wire
from karama.sync.declared import Edit, may_come
from karama.sync.models import Conflict, ConflictDecision, HeldOperation, HeldStep, SealedWithSomebody
from karama.sync.problems import AlreadySettled, ChooseOne, SayWhy, StillRefused
from karama.sync.references import resolved
from karama.sync.registries import Acting, Signer, actings, first, signers

HOLDER = Actor(id=UUID("0190c0de-0000-7000-8000-00000000e5c0"), kind="job", duty=access.SYNC_JOB, name="Telephones")
Reason = Annotated[str, Field(max_length=2000)]
Code = Annotated[str, Field(max_length=80)]


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
    )
    if person is not None and vault.is_erased(person):
        row.why = "erased"
    else:
        seal_with_her_keys(row, {"content": text})
    row.save()
    return row


def seal_with_her_keys(row: SealedWithSomebody, values: Mapping[str, Any]) -> None:
    """Seal with the keys of the person it is about where she has any, else with the installation's."""
    row.own_keys = row.person_id is not None
    try:
        for name, value in values.items():
            row.seal(name, value)
    except (vault.NoKeys, vault.Erased):
        row.own_keys = False
        for name, value in values.items():
            row.seal(name, value)


@action("sync.settle_edit", access=access.SETTLE_EDIT)
def settle_edit(
    *,
    by: Actor,
    code: Code,
    arguments: dict[str, Any],
    base: dict[Code, Annotated[int, Field(ge=0)]] = {},  # noqa: B006 - pydantic copies it
) -> UUID:
    """Do an action that edits a row which others have changed since the version its author had before her.

    The action asks for its own permission first, as if it came alone. What others changed meanwhile is merged
    (`rules.merge.plan_edit`); each field that met is kept in both versions for a person to decide.
    """
    declared = may_come(code)
    if declared is None or declared.edits is None or code not in ACTIONS:
        raise Absent()
    prepared = ACTIONS[code].prepare(by=by, **arguments)
    ask_permission(prepared)
    edit = declared.edits(by, prepared.arguments)
    if edit is None:
        raise Absent()
    changed, author = changed_since(by, edit, base)
    plan = plan_edit(edit.read(), edit.values, changed, edit.cautious)
    edit.write(plan.values)
    for one in plan.met:
        row = Conflict(
            person_id=edit.person,
            kind=edit.kind,
            row_id=edit.row,
            field=one.name,
            action=code,
            earlier_by=author or by.id,
            later_by=by.id,
            kept=one.kept,
            met_at=clock.now(),
        )
        seal_with_her_keys(row, {"earlier": _plain(one.earlier), "later": _plain(one.later)})
        row.save()
    return edit.row


def _plain(value: Any) -> Any:
    """A value as JSON: small dataclasses of the rules become lists of their fields."""
    named = getattr(value, "__dict__", None)
    return {"of": type(value).__name__, **named} if named else value


def base_of(edit: Edit, base: Mapping[str, int]) -> int | None:
    """The sequence number of the version of this row that the author had before her; None when she does not say."""
    return base.get(f"{edit.kind}:{edit.row}")


def changed_since(by: Actor, edit: Edit, base: Mapping[str, int]) -> tuple[frozenset[str], UUID | None]:
    """The fields that others changed after the version the author had, and who changed them last.

    Without a version everything may have changed. What she did herself on the same telephone she knew of. A field that
    is no column of its own (a way of contact has several) is met by any change of the row.
    """
    since = base_of(edit, base) or 0
    rows = Change.objects.filter(kind=edit.kind, row=edit.row, seq__gt=since).order_by("seq")
    told = list(rows.values_list("seq", "fields"))
    entries = Entry.objects.filter(seq__in=[seq for seq, _fields in told])
    own = set(entries.filter(actor_id=by.id, device_id=by.device).values_list("seq", flat=True)) if by.device else set()
    found = [(seq, fields) for seq, fields in told if seq not in own]
    if not found:
        return frozenset(), None
    columns = {name for _seq, fields in found for name in json.loads(fields)}
    whole = {name for name in edit.values if name not in columns_of(edit.kind)}
    author = Entry.objects.filter(seq=found[-1][0]).values_list("actor_id", flat=True).first()
    return frozenset(columns & edit.values.keys()) | whole, author


def columns_of(kind: int) -> frozenset[str]:
    """The columns of a kind of record."""
    model = next((one for one in record_models() if kind == one.KIND), None)
    return frozenset(one.name for one in model._meta.concrete_fields) if model else frozenset()


# --- what a person decides


def _of_held(*, by: Actor, held: UUID, **_more: Any) -> Mapping[str, object]:
    site = HeldOperation.objects.filter(pk=held).values_list("site_id", flat=True).first()
    return {"site": site} if site else {}


@action("sync.enter_held", access=access.ENTER_HELD, target=_of_held, purpose="supervision")
def enter_held(*, by: Actor, held: UUID) -> HeldStep:
    """Enter a held operation after all, in its author's name and duty, with the same operation id.

    Raises:
        AlreadySettled: somebody did so, or set it aside. StillRefused: the author may still not do it.
    """
    row = _unsettled(held)
    operation = wire.read_operation(row.text_of("content"))
    signer: Signer | None = first(signers, row.device_id)
    acting: Acting | None = first(actings, signer, row.posting_id) if signer else None
    declared = may_come(operation.action) if operation else None
    if operation is None or acting is None or not acting.current or declared is None:
        raise StillRefused()
    step = HeldStep.objects.create(held=row, step="entered")
    act = ACTIONS[operation.action]
    try:
        arguments = resolved(operation.arguments, row.signer_id)
        author = replace(acting.actor, device=row.device_id)
        ask_permission(act.prepare(by=author, **arguments))
        told: dict[str, Any] = {"device_at": row.device_at, "author_signature": bytes.fromhex(row.evidence)}
        act(by=author, op_id=operation.id, **told, **arguments)
    except Problem:
        raise StillRefused() from None
    return step


@action("sync.set_aside", access=access.ENTER_HELD, target=_of_held, purpose="supervision")
def set_aside(*, by: Actor, held: UUID, reason: Reason = "") -> HeldStep:
    """Say that a held operation will not be entered, and why. It stays readable. Raises `AlreadySettled`, `SayWhy`."""
    row = _unsettled(held)
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
