"""May this actor do this to that, for this purpose? One small condition tree answers, for every channel.

A `Policy` holds a tree of conditions over plainly named attributes of the target ("site", "assigned",
"hidden_from") and of the actor ("id", "duty", "sites"). `permit` evaluates it here; one compiler turns the
same tree into a queryset.

The logic has three values: True, False and None for unknown. Only True allows. An attribute that is missing,
None, or of another type than what it is compared with is unknown, and so is `Not` over something unknown. A
connective without parts decides nothing: it is unknown too. No evaluation raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from karama.rules.classes import PURPOSES

Attributes = Mapping[str, object]
Truth = bool | None

ALLOWED, UNKNOWN, CONDITION = "permission.allowed", "permission.unknown", "permission.condition"
NO_DUTY, PURPOSE, LAPSED = "permission.no_duty", "permission.purpose", "permission.lapsed"
ANY: Final = frozenset(PURPOSES)
"""Every known purpose. An unknown purpose is refused also here."""


class Condition:
    """A node of a policy. `holds` answers True, False or None (unknown)."""

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        """Whether the condition is met; None when it cannot be known."""
        return None

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions directly inside this one."""
        return ()


@dataclass(frozen=True)
class Always(Condition):
    """Met by every actor who holds a duty (`permit` asks for the duty first)."""

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        return True


@dataclass(frozen=True)
class Never(Condition):
    """Met by nobody."""

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        return False


@dataclass(frozen=True, init=False)
class Connective(Condition):
    """Several conditions joined. Without parts it is unknown."""

    conditions: tuple[Condition, ...]

    def __init__(self, *conditions: Condition) -> None:
        object.__setattr__(self, "conditions", conditions)

    @property
    def parts(self) -> tuple[Condition, ...]:
        return self.conditions


class All(Connective):
    """Met when every part is met."""

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        truths = [part.holds(actor, target) for part in self.conditions]
        if False in truths:
            return False
        return None if not truths or None in truths else True


class Any(Connective):
    """Met when one part is met."""

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        return _either(part.holds(actor, target) for part in self.conditions) if self.conditions else None


@dataclass(frozen=True)
class Not(Condition):
    """Met when the part is known not to be met."""

    condition: Condition

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.condition,)

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        truth = self.condition.holds(actor, target)
        return None if truth is None else not truth


@dataclass(frozen=True)
class Is(Condition):
    """The target's `attr` equals `value`."""

    attr: str
    value: object

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        return _equal(target.get(self.attr), self.value)


@dataclass(frozen=True, init=False)
class In(Condition):
    """The target's `attr` is one of `values`. A text for the collection raises TypeError."""

    attr: str
    values: frozenset[object]

    def __init__(self, attr: str, values: Iterable[object]) -> None:
        if isinstance(values, str):
            raise TypeError(f"In({attr!r}, ...) needs a collection of values, not one text")
        object.__setattr__(self, "attr", attr)
        object.__setattr__(self, "values", frozenset(values))

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        return _member(target.get(self.attr), self.values)


@dataclass(frozen=True)
class Holds(Condition):
    """The target's multi-valued `attr` contains `value`."""

    attr: str
    value: object

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        return _member(self.value, target.get(self.attr))


@dataclass(frozen=True)
class Relation(Condition):
    """The target's `attr` stands in a relation to the actor's `actor_attr`."""

    attr: str
    actor_attr: str


class Same(Relation):
    """Both are single values, and equal."""

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        return _equal(target.get(self.attr), actor.get(self.actor_attr))


class Among(Relation):
    """The target's single value is in the actor's set."""

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        return _member(target.get(self.attr), actor.get(self.actor_attr))


class Includes(Relation):
    """The target's several values contain the actor's single value."""

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        return _member(actor.get(self.actor_attr), target.get(self.attr))


class Overlaps(Relation):
    """The target's several values and the actor's set have a member in common."""

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        return _common(target.get(self.attr), actor.get(self.actor_attr))


@dataclass(frozen=True, init=False)
class Duty(Condition):
    """The actor's duty is one of `codes`."""

    codes: frozenset[str]

    def __init__(self, *codes: str) -> None:
        object.__setattr__(self, "codes", frozenset(codes))

    def holds(self, actor: Attributes, target: Attributes) -> Truth:
        return _member(actor.get("duty"), self.codes)


@dataclass(frozen=True)
class Policy:
    """What is asked for (`verb`), on which condition, for which purposes, and what it obliges to."""

    verb: str
    condition: Condition
    purposes: frozenset[str] = ANY
    obligations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """The answer. `reason` is a code for the access log, never shown: absent and not-yours look the same."""

    allowed: bool
    reason: str
    obligations: tuple[str, ...] = ()


def permit(policy: Policy, actor: Attributes, target: Attributes, purpose: str, now: datetime) -> Decision:
    """Decide. Denies on anything unknown, an unknown purpose, no duty, and after the actor's `until`."""
    refusal = standing(policy, actor, purpose, now)
    if refusal is not None:
        return Decision(False, refusal)
    try:
        truth = policy.condition.holds(actor, target)
    except Exception:  # a value that cannot even be compared is unknown, and unknown denies
        truth = None
    if truth is True:
        return Decision(True, ALLOWED, policy.obligations)
    return Decision(False, UNKNOWN if truth is None else CONDITION)


def standing(policy: Policy, actor: Attributes, purpose: str, now: datetime) -> str | None:
    """The reason to refuse before any target is looked at, or None. The queryset compiler asks it as well.

    The optional actor attribute `until` (an aware moment) ends a time-boxed reach such as break-glass.
    """
    try:
        duty = actor.get("duty")
        if not isinstance(duty, str) or not duty:
            return NO_DUTY
        if purpose not in ANY or purpose not in policy.purposes:
            return PURPOSE
        until = actor.get("until")
        if until is not None and not (isinstance(until, datetime) and now < until):
            return LAPSED
    except Exception:  # a naive moment or an unhashable purpose: unknown denies
        return UNKNOWN
    return None


def walk(condition: Condition) -> Iterator[Condition]:
    """The node and every node inside it, outermost first."""
    yield condition
    for part in condition.parts:
        yield from walk(part)


def target_attributes(condition: Condition) -> frozenset[str]:
    """Every attribute of the target that the tree asks about."""
    return frozenset(node.attr for node in walk(condition) if hasattr(node, "attr"))


def actor_attributes(condition: Condition) -> frozenset[str]:
    """Every attribute of the actor that the tree asks about, and the duty."""
    return frozenset(node.actor_attr for node in walk(condition) if hasattr(node, "actor_attr")) | {"duty"}


def _comparable(one: object, other: object) -> bool:
    return isinstance(one, type(other)) or isinstance(other, type(one))


def _equal(one: object, other: object) -> Truth:
    several = _collection(one) is not None or _collection(other) is not None
    if one is None or other is None or several or not _comparable(one, other):
        return None
    return bool(one == other)


def _collection(value: object) -> frozenset[object] | None:
    with suppress(TypeError):
        return frozenset(value) if isinstance(value, (set, frozenset, list, tuple)) else None
    return None


def _member(value: object, collection: object) -> Truth:
    if isinstance(collection, frozenset) and value is not None and set(map(type, collection)) <= {type(value)}:
        return value in collection  # all of one kind, as nearly always: nothing to compare kinds of
    members = _collection(collection)
    if value is None or members is None:
        return None
    if all(_comparable(value, member) for member in members if member is not None) and None not in members:
        return value in members
    return True if any(_equal(value, member) for member in members) else None


def _common(one: object, other: object) -> Truth:
    members = _collection(one)
    if members is None or _collection(other) is None:
        return None
    return _either(_member(member, other) for member in members)


def _either(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    return True if True in found else None if None in found else False
