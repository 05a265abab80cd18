"""The one compiler that turns a policy's condition tree into a queryset: the same answer as `permit`, for many rows.

Each condition becomes two filters: where it is known to be true, and where it is known to be false. Whatever is
neither is unknown, and unknown is never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any as AnyValue
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from karama.journal.actors import Actor
from karama.rules import permission as rule

Row = TypeVar("Row", bound=Model)
Truths = tuple[Q, Q]

EVERY_ROW = Q(pk__isnull=False)
NO_ROW = Q(pk__in=[])


@dataclass(frozen=True)
class Many:
    """An attribute with many values: rows of `model` whose `owner` column equals the target's `at` column.

    `value`: the column that holds the values. `where`: further conditions on those rows.
    """

    model: type[Model]
    owner: str
    value: str
    at: str = "pk"
    where: Mapping[str, AnyValue] = field(default_factory=dict)

    def values_at(self, key: AnyValue) -> frozenset[AnyValue]:
        """The values for one target."""
        if key is None:
            return frozenset()
        rows = self.model._default_manager.filter(**{self.owner: key}, **self.where)
        return frozenset(rows.values_list(self.value, flat=True))

    def exists(self, values: Iterable[AnyValue]) -> Exists:
        """Whether one of the values is among them."""
        rows = self.model._default_manager.filter(**{self.owner: OuterRef(self.at)}, **self.where)
        return Exists(rows.filter(**{f"{self.value}__in": list(values)}))


Attributes = Mapping[str, str | Many]


def visible_to(
    rows: QuerySet[Row, Row],
    *,
    by: Actor,
    policy: rule.Policy,
    purpose: str,
    now: datetime,
    attributes: Attributes,
) -> QuerySet[Row, Row]:
    """The rows for which `permit` would say yes. Anything unknown (attribute, duty, purpose) shows nothing."""
    actor = by.attributes()
    if rule.standing(policy, actor, purpose, now) is not None:
        return rows.none()
    try:
        true, _false = _compile(policy.condition, actor, attributes)
        return rows.filter(true)
    except (ValidationError, ValueError, TypeError):
        return rows.none()


def target_attributes(rows: QuerySet[Row, Row], key: UUID, attributes: Attributes) -> dict[str, object]:
    """The attributes of one row, as `permit` wants them; empty when there is no such row."""
    single = {name: path for name, path in attributes.items() if isinstance(path, str)}
    several = {name: many for name, many in attributes.items() if isinstance(many, Many)}
    paths = {*single.values(), *(many.at for many in several.values())}
    found = rows.filter(pk=key).values(*paths).first()
    if found is None:
        return {}
    told: dict[str, object] = {name: found[path] for name, path in single.items()}
    told.update({name: many.values_at(found[many.at]) for name, many in several.items()})
    return told


def _compile(condition: rule.Condition, actor: rule.Attributes, attributes: Attributes) -> Truths:
    """Where the condition is known to be true, and where it is known to be false."""
    match condition:
        case rule.Always() | rule.Never() | rule.Duty():
            return _constant(condition.holds(actor, {}))
        case rule.Not(condition=inner):
            true, false = _compile(inner, actor, attributes)
            return false, true
        case rule.All() | rule.Any():
            return _joined(condition, [_compile(part, actor, attributes) for part in condition.parts])
    return _compile_leaf(condition, actor, attributes)


def _compile_leaf(condition: rule.Condition, actor: rule.Attributes, attributes: Attributes) -> Truths:
    match condition:
        case rule.Is(attr=attr, value=value):
            return _single(attributes.get(attr), [value])
        case rule.In(attr=attr, values=values):
            return _single(attributes.get(attr), values)
        case rule.Same(attr=attr, actor_attr=name):
            return _single(attributes.get(attr), [actor.get(name)])
        case rule.Among(attr=attr, actor_attr=name):
            return _single(attributes.get(attr), actor.get(name))
        case rule.Holds(attr=attr, value=value):
            return _several(attributes.get(attr), [value])
        case rule.Includes(attr=attr, actor_attr=name):
            return _several(attributes.get(attr), [actor.get(name)])
        case rule.Overlaps(attr=attr, actor_attr=name):
            return _several(attributes.get(attr), actor.get(name))
    return NO_ROW, NO_ROW


def _joined(condition: rule.Condition, parts: list[Truths]) -> Truths:
    if not parts:
        return NO_ROW, NO_ROW
    strict = isinstance(condition, rule.All)
    true, false = parts[0]
    for more_true, more_false in parts[1:]:
        true = true & more_true if strict else true | more_true
        false = false | more_false if strict else false & more_false
    return true, false


def _constant(truth: bool | None) -> Truths:
    if truth is None:
        return NO_ROW, NO_ROW
    return (EVERY_ROW, NO_ROW) if truth else (NO_ROW, EVERY_ROW)


def _known(values: object) -> list[object] | None:
    """The values as a list; None when there is no collection or one of them is unknown."""
    if not isinstance(values, set | frozenset | list | tuple) or None in values:
        return None
    return list(values)


def _single(path: str | Many | None, values: object) -> Truths:
    known = _known(values)
    if not isinstance(path, str) or known is None:
        return NO_ROW, NO_ROW
    among = Q(**{f"{path}__in": known})
    return among, Q(**{f"{path}__isnull": False}) & ~among


def _several(many: str | Many | None, values: object) -> Truths:
    known = _known(values)
    if not isinstance(many, Many) or known is None:
        return NO_ROW, NO_ROW
    among = Q(many.exists(known))
    return among, ~among
