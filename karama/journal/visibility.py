"""The one compiler that turns a policy's condition tree into a queryset: the same answer as `permit`, for many rows.

Each condition becomes one of two filters: where it is known to be true, or where it is known to be false. Whatever is
neither is unknown, and unknown is never shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import and_, or_
from typing import Any as AnyValue
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import FieldError, ValidationError
from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    Exists,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
)

from karama.journal import joined_columns  # noqa: F401 - knows the lookup `among`
from karama.journal.actors import Actor
from karama.rules import permission as rule

Row = TypeVar("Row", bound=Model)
Truths = tuple[Q, Q]

EVERY_ROW = Q(pk__isnull=False)
NO_ROW = Q(pk__in=[])
UNKNOWN: Truths = (NO_ROW, NO_ROW)
COLLECTIONS = (set, frozenset, list, tuple)
TYPES = ((UUIDField, UUID), (BooleanField, bool), (IntegerField, int), (DateTimeField, datetime), (DateField, date))


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

    def is_among(self, values: Iterable[AnyValue]) -> Q:
        """Rows with one of the values among theirs: a list of owners, because there are fewer of them than rows."""
        found = self.model._default_manager.filter(**{f"{self.value}__in": list(values)}, **self.where)
        return Q(**{f"{self.at}__in": found.order_by().values(self.owner)})

    def exists(self, values: Iterable[AnyValue]) -> Exists:
        """Whether one of the values is among them; also for a row without an owner."""
        rows = self.model._default_manager.filter(**{self.owner: OuterRef(self.at)}, **self.where)
        return Exists(rows.filter(**{f"{self.value}__in": list(values)}))

    def any_row(self) -> Exists:
        """Whether there is any value at all."""
        return Exists(self.model._default_manager.filter(**{self.owner: OuterRef(self.at)}, **self.where))


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
        where = _Compiler(rows.model, actor, attributes).compile(policy.condition)
        return rows.none() if where is NO_ROW else rows.filter(where)
    except (FieldError, ValidationError, ValueError, TypeError):
        return rows.none()


def target_attributes(rows: QuerySet[Row, Row], key: UUID, attributes: Attributes) -> dict[str, object]:
    """The attributes of one row, as `permit` wants them; empty when there is no such row.

    As many queries whether it exists or not, so that no clock tells.
    """
    single = {name: path for name, path in attributes.items() if isinstance(path, str)}
    several = {name: many for name, many in attributes.items() if isinstance(many, Many)}
    paths = {*single.values(), *(many.at for many in several.values())}
    found = rows.filter(pk=key).values(*paths).first()
    if found is None:
        for many in several.values():
            many.values_at(key)
        return {}
    told: dict[str, object] = {name: found[path] for name, path in single.items()}
    told.update({name: many.values_at(found[many.at]) for name, many in several.items()})
    return told


@dataclass(frozen=True)
class _Compiler:
    """Compiles for rows of one model, one actor and one room's attribute mapping.

    What is certain before any row is read (a duty, an empty list) is folded away, so that the database is asked only
    what depends on a row.
    """

    model: type[Model]
    actor: rule.Attributes
    attributes: Attributes

    def compile(self, condition: rule.Condition, wanted: bool = True) -> Q:
        """Where the condition is known to be true, or known to be false."""
        match condition:
            case rule.Always() | rule.Never() | rule.Duty():
                return EVERY_ROW if condition.holds(self.actor, {}) is wanted else NO_ROW
            case rule.Not(condition=inner):
                return self.compile(inner, not wanted)
            case rule.All() | rule.Any():
                found = (self.compile(part, wanted) for part in condition.parts)
                return _all_of(found) if isinstance(condition, rule.All) is wanted else _any_of(found)
        return self._leaf(condition)[0 if wanted else 1]

    def _leaf(self, condition: rule.Condition) -> Truths:
        match condition:
            case rule.Is(attr=attr, value=value):
                return self._equal(attr, value)
            case rule.Same(attr=attr, actor_attr=name):
                return self._equal(attr, self.actor.get(name))
            case rule.In(attr=attr, values=values):
                return self._single(attr, values)
            case rule.Among(attr=attr, actor_attr=name):
                return self._single(attr, self.actor.get(name))
            case rule.Holds(attr=attr, value=value):
                return self._holds(attr, value)
            case rule.Includes(attr=attr, actor_attr=name):
                return self._holds(attr, self.actor.get(name))
            case rule.Overlaps(attr=attr, actor_attr=name):
                return self._several(attr, self.actor.get(name))
        return UNKNOWN

    def _equal(self, attr: str, value: object) -> Truths:
        return UNKNOWN if isinstance(self.attributes.get(attr), Many) else self._single(attr, [value])

    def _single(self, attr: str, values: object) -> Truths:
        """A column among values. A value of another type leaves open whether it is among them."""
        path = self.attributes.get(attr)
        if path is None or not isinstance(values, COLLECTIONS):
            return UNKNOWN
        if isinstance(path, Many):
            return UNKNOWN if values else (NO_ROW, EVERY_ROW)
        fitting = _fitting(self.model, path, values)
        among = Q(**{f"{path}__{'among' if '__' in path else 'in'}": fitting}) if fitting else NO_ROW
        return among, known_not(path, among) if len(fitting) == len(values) else NO_ROW

    def _holds(self, attr: str, value: object) -> Truths:
        return UNKNOWN if value is None else self._several(attr, [value])

    def _several(self, attr: str, values: object) -> Truths:
        """Rows of another table among values. Where there are no rows at all, none of them is."""
        many = self.attributes.get(attr)
        if not isinstance(many, Many) or not isinstance(values, COLLECTIONS):
            return UNKNOWN
        fitting = _fitting(many.model, many.value, values)
        if not fitting:
            return NO_ROW, EVERY_ROW if not values else ~Q(many.any_row())
        none_of_them = many.exists(fitting) if len(fitting) == len(values) else many.any_row()
        return many.is_among(fitting), ~Q(none_of_them)


def _all_of(parts: Iterable[Q]) -> Q:
    """Rows of every part; there is at least one part, or nobody knows."""
    found = list(parts)
    if not found or any(part is NO_ROW for part in found):
        return NO_ROW
    return reduce(and_, [part for part in found if part is not EVERY_ROW] or [EVERY_ROW])


def _any_of(parts: Iterable[Q]) -> Q:
    """Rows of one part or more."""
    found = list(parts)
    if any(part is EVERY_ROW for part in found):
        return EVERY_ROW
    return reduce(or_, [part for part in found if part is not NO_ROW] or [NO_ROW])


def known_not(path: str, among: Q) -> Q:
    """Where a column has a value and it is none of these."""
    return Q(**{f"{path}__isnull": False}) & ~among


def _fitting(model: type[Model], path: str, values: Collection[object]) -> list[object]:
    """The values of the column's own type; the others can never be equal to it."""
    kind: type = str
    for name in path.split("__"):
        column = model._meta.get_field(name if name != "pk" else model._meta.pk.name)
        model = getattr(column, "related_model", None) or model
    target = getattr(column, "target_field", column)
    for field_type, python_type in TYPES:
        if isinstance(target, field_type):
            kind = python_type
            break
    return [value for value in values if isinstance(value, kind)]
