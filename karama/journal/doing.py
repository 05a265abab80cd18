"""Actions: validate, begin, look up the operation id, permit, do, write down, commit.

An action is a keyword-only function with `by=` first. It is the same for a page, a phone, an import and a script.
"""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, get_type_hints
from uuid import UUID

import pydantic
from django.db import IntegrityError
from django.db.models import QuerySet

from karama.journal import access_log, canonical, clock
from karama.journal.actors import Actor
from karama.journal.models import Entry
from karama.journal.problems import BadArguments, Collided, OpIdReused, Refused
from karama.journal.readymade import readymade
from karama.journal.writing import Frame, Receipt, Work, current_work, work
from karama.rules.permission import Policy, permit
from karama.security import digests
from karama.security.identifiers import uuid7
from karama.security.redaction import Code

__all__ = ["ACTIONS", "Action", "Prepared", "Receipt", "action"]
log = logging.getLogger(__name__)


class Target(Protocol):
    """Tells the target attributes of a call: `target(by=, **arguments)`."""

    def __call__(self, *, by: Actor, **arguments: Any) -> Mapping[str, object]: ...


class Targets(Protocol):
    """The same for many calls of one actor at once, one answer for each set of arguments, in their order.

    Only for an action that changes nothing its own target tells: in a batch the answers are fetched before the first
    of the calls is done, inside the same transaction.
    """

    def __call__(self, *, by: Actor, many: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, object]]: ...


class Foresight(Protocol):
    """Looks up at once what the bodies of many calls will ask, and keeps it in `journal.foreseen`.

    Called inside the transaction of a batch, before the first of the calls. A body must do the same without it; what
    another writer changes in between must be refused by a constraint of the database, or be held by a lock taken here.
    """

    def __call__(self, *, by: Actor, many: Sequence[Mapping[str, Any]]) -> None: ...


def no_target(*, by: Actor, **arguments: Any) -> Mapping[str, object]:
    """For an action whose permission asks only about its actor."""
    return {}


@dataclass(frozen=True)
class Prepared:
    """A call that has been validated: what the body gets, and the digest that tells a replay from a re-use."""

    action: Action
    by: Actor
    arguments: dict[str, Any]
    digest: bytes
    op_id: UUID | None
    device_at: datetime | None
    author_signature: bytes | None = None


class Action:
    """One thing a person does, callable with `by=` and its arguments; returns a `Receipt`."""

    def __init__(
        self,
        body: Callable[..., Any],
        code: str,
        access: Policy,
        target: Callable[..., Mapping[str, object]],
        purpose: str,
        erases: bool,
        targets: Targets | None = None,
        foresee: Foresight | None = None,
    ) -> None:
        functools.update_wrapper(self, body)
        self.body = body
        self.code = code
        self.access = access
        self.target = target
        self.targets = targets
        self.foresee = foresee
        self.purpose = purpose
        self.erases = erases
        self._check_signature()

    def __call__(
        self,
        *,
        by: Actor,
        op_id: UUID | None = None,
        device_at: datetime | None = None,
        author_signature: bytes | None = None,
        **arguments: Any,
    ) -> Receipt:
        prepared = self.prepare(by=by, op_id=op_id, device_at=device_at, author_signature=author_signature, **arguments)
        opened = current_work()
        if opened is not None and opened.stack:
            return do(prepared, opened)
        try:
            with access_log.acting(by, self.purpose, self.code), work() as opened:
                return do(prepared, opened)
        except IntegrityError:
            replayed = _first_receipt(prepared)
            if replayed is None:
                log.error("two changes do not go together: %s", Code(self.code))
                raise Collided() from None
            return replayed
        except Refused as refusal:
            access_log.note_refusal(by, self.purpose, self.code, refusal.reason)
            raise
        except OpIdReused:
            access_log.note_refusal(by, self.purpose, self.code, "op_id_reused")
            raise

    def prepare(
        self,
        *,
        by: Actor,
        op_id: UUID | None = None,
        device_at: datetime | None = None,
        author_signature: bytes | None = None,
        **arguments: Any,
    ) -> Prepared:
        """Validate before any lock is taken. Raises `BadArguments` naming the fields, never the values.

        `author_signature`: what proves, for an operation that a device sent, that its author signed it (`sync`).
        """
        try:
            checked = self._shape(**arguments)
        except pydantic.ValidationError as wrong:
            raise BadArguments(_fields(wrong)) from None
        try:
            told = canonical.text(checked.model_dump(mode="json")).encode("utf-8")
        except (UnicodeEncodeError, pydantic.ValidationError, ValueError):
            raise BadArguments(arguments) from None
        if b"\\u0000" in told.replace(b"\\\\", b""):  # the character itself, not somebody's words for it
            raise BadArguments(arguments)
        values = {name: getattr(checked, name) for name in type(checked).model_fields}
        digest = digests.keyed("journal.arguments", told)
        return Prepared(self, by, values, digest, op_id, device_at, author_signature)

    @functools.cached_property
    def _shape(self) -> type[pydantic.BaseModel]:
        hints = get_type_hints(self.body, include_extras=True)
        shape: dict[str, Any] = {}
        for name, parameter in inspect.signature(self.body).parameters.items():
            if name != "by":
                default = ... if parameter.default is inspect.Parameter.empty else parameter.default
                shape[name] = (hints[name], default)
        config = pydantic.ConfigDict(extra="forbid", protected_namespaces=(), ser_json_bytes="base64")
        return pydantic.create_model(self.code, __config__=config, **shape)

    def _check_signature(self) -> None:
        names = list(inspect.signature(self.body).parameters.values())
        if not names or names[0].name != "by" or any(one.kind is not one.KEYWORD_ONLY for one in names):
            raise TypeError(f"{self.code}: an action is keyword-only and its first argument is `by`")


ACTIONS: dict[str, Action] = {}
"""Every action by its code, filled as the rooms are imported. For the inventory and the access matrix."""


def action(
    code: str,
    *,
    access: Policy,
    target: Callable[..., Mapping[str, object]] = no_target,
    purpose: str = "care",
    erases: bool = False,
    targets: Targets | None = None,
    foresee: Foresight | None = None,
) -> Callable[[Callable[..., Any]], Action]:
    """Make an action of a function. `target(by=, **arguments)` tells what the policy may ask about.

    `targets` and `foresee`: for actions that are done in batches (see `Targets`, `Foresight`).

    Raises `ValueError` when two functions claim the same code.
    """

    def make(body: Callable[..., Any]) -> Action:
        known = ACTIONS.get(code)
        if known is not None and known.body.__qualname__ != body.__qualname__:
            raise ValueError(f"two actions are called {code}")
        ACTIONS[code] = Action(body, code, access, target, purpose, erases, targets, foresee)
        return ACTIONS[code]

    return make


def do(
    prepared: Prepared, opened: Work, *, surely_new: bool = False, target: Mapping[str, object] | None = None
) -> Receipt:
    """Do a prepared call inside an open transaction: replay, permit, body. Raises what the body raises.

    `surely_new`: the caller has looked up the operation id inside this transaction and not found it. `target`: the
    attributes the policy asks about, where the caller has fetched them inside this transaction.
    """
    parent = opened.stack[-1] if opened.stack else None
    replayed = None if surely_new else _first_receipt(prepared)
    if replayed is not None:
        return replayed
    if parent is None:
        _permit(prepared, target)
    receipt = Receipt(prepared.action.code, prepared.op_id, entry=uuid7())
    frame = Frame(
        action=prepared.action.code,
        actor=prepared.by,
        receipt=receipt,
        digest=prepared.digest,
        parent=parent.receipt.entry if parent else None,
        device_at=prepared.device_at,
        author_signature=prepared.author_signature,
        erases=prepared.action.erases or bool(parent and parent.erases),
    )
    opened.frames.append(frame)
    opened.stack.append(frame)
    try:
        value = prepared.action.body(by=prepared.by, **prepared.arguments)
    finally:
        opened.stack.pop()
    receipt.value = value
    receipt.record = value if isinstance(value, UUID) else getattr(value, "id", None)
    return receipt


def known_operations(op_ids: Iterable[UUID | None]) -> frozenset[UUID | None]:
    """Those of the operation ids that were done before."""
    asked = [one for one in op_ids if one]
    return frozenset(_op_ids(asked)) if asked else frozenset()


@readymade
def _op_ids(op_ids: list[UUID]) -> QuerySet[Any]:
    return Entry.objects.filter(op_id__in=op_ids).values_list("op_id", flat=True)


@readymade
def _done_as(op_id: UUID) -> QuerySet[Entry]:
    return Entry.objects.filter(op_id=op_id)


def ask_permission(prepared: Prepared) -> None:
    """Ask what a call on its own would ask, for an action that does it in somebody's name. Raises `Refused`."""
    _permit(prepared, None)


def _permit(prepared: Prepared, target: Mapping[str, object] | None) -> None:
    act = prepared.action
    if target is None:
        target = act.target(by=prepared.by, **prepared.arguments)
    decision = permit(act.access, prepared.by.attributes(), target, act.purpose, clock.now())
    if not decision.allowed:
        raise Refused(decision.reason)


def _first_receipt(prepared: Prepared) -> Receipt | None:
    """The receipt of the same operation done before; None when it is new. Raises `OpIdReused`."""
    if prepared.op_id is None:
        return None
    first: Entry | None = _done_as.first(prepared.op_id)
    if first is None:
        return None
    same = (
        first.action == prepared.action.code
        and first.actor_id == prepared.by.id
        and digests.constant_time_equal(bytes(first.digest), prepared.digest)
    )
    if not same:
        raise OpIdReused()
    return Receipt(
        first.action, first.op_id, first.id, epoch=first.epoch, seq=first.seq, record=first.result, replayed=True
    )


def _fields(wrong: pydantic.ValidationError) -> list[str]:
    return sorted({".".join(str(part) for part in error["loc"]) for error in wrong.errors(include_input=False)})
