"""What an operation becomes on the way in: its call, and, where others edited the same row, both versions of a field.

The same for an operation that arrives and for one that a person has entered after all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from karama.journal import Absent, Actor, Call, Problem, action, clock
from karama.journal.doing import ACTIONS, ask_permission
from karama.journal.integrity import record_models
from karama.journal.models import Change, Entry
from karama.rules.merge import plan_edit
from karama.security import vault
from karama.sync import access, wire
from karama.sync.declared import Edit, Up, may_come
from karama.sync.models import Conflict, SealedWithSomebody
from karama.sync.references import resolved

Code = Annotated[str, Field(max_length=80)]


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
    after_all: bool = False,
) -> UUID:
    """Do an action that edits a row which others have changed since the version its author had before her.

    The action asks for its own permission first, as if it came alone. What others changed meanwhile is merged
    (`rules.merge.plan_edit`); each field that met is kept in both versions for a person to decide. `after_all`: it was
    held meanwhile, so that what its author did since on the same telephone is newer than this.
    """
    declared = may_come(code)
    if declared is None or declared.edits is None or code not in ACTIONS:
        raise Absent()
    prepared = ACTIONS[code].prepare(by=by, **arguments)
    ask_permission(prepared)
    edit = declared.edits(by, prepared.arguments)
    if edit is None:
        raise Absent()
    changed, author = changed_since(by, edit, base, after_all)
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


def changed_since(
    by: Actor, edit: Edit, base: Mapping[str, int], after_all: bool = False
) -> tuple[frozenset[str], UUID | None]:
    """The fields that others changed after the version the author had, and who changed them last.

    Without a version everything may have changed. What she did herself on the same telephone she knew of, unless this
    was held and is entered `after_all`. A field that is no column of its own (a way of contact has several) is met by
    any change of the row.
    """
    since = base_of(edit, base) or 0
    rows = Change.objects.filter(kind=edit.kind, row=edit.row, seq__gt=since).order_by("seq")
    told = list(rows.values_list("seq", "fields"))
    entries = Entry.objects.filter(seq__in=[seq for seq, _fields in told])
    hers = entries.filter(actor_id=by.id, device_id=by.device) if by.device and not after_all else entries.none()
    own = set(hers.values_list("seq", flat=True))
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


def the_call(by: Actor, declared: Up, operation: wire.Operation, evidence: bytes, *, after_all: bool = False) -> Call:
    """What is to be done for an operation of this author. Where its row was edited meanwhile, both are settled."""
    sent = {name: value for name, value in operation.arguments.items() if name not in declared.earlier}
    arguments = resolved(sent, by.id)
    act = ACTIONS[operation.action]
    told: dict[str, Any] = {
        "by": by,
        "op_id": operation.id,
        "device_at": wire.moment_of(operation.done_at),
        "author_signature": evidence,
    }
    if declared.edits is not None and _met(by, declared, operation, arguments, after_all):
        settle = {"code": operation.action, "arguments": arguments, "base": dict(operation.base)}
        return Call(settle_edit, arguments=settle | ({"after_all": True} if after_all else {}), **told)
    return Call(act, arguments=arguments, **told)


def _met(
    by: Actor, declared: Up, operation: wire.Operation, arguments: Mapping[str, Any], after_all: bool = False
) -> bool:
    """Whether the row it edits was changed since the version its author had before her."""
    assert declared.edits is not None
    try:
        edit = declared.edits(by, ACTIONS[operation.action].prepare(by=by, **arguments).arguments)
    except Problem:
        return False
    if edit is None:
        return False
    return base_of(edit, operation.base) is None or bool(changed_since(by, edit, operation.base, after_all)[0])


def done(call: Call, enters: Callable[..., Any] | None) -> Any:
    """The receipt of a call that is done by itself, as its room wants it entered. Raises as its action."""
    if enters is not None:
        return enters(call, **call.arguments)
    return call.action(by=call.by, **call.on_the_way(), **call.arguments)
