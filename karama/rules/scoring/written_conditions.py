"""A condition from its written form: a little sugar over the five nodes of ``conditions``.

``{item, value}``, ``{item, answers}``, ``{scale, value}``, ``{items, value|answers, count, values}``
(``values`` gives some items their own value), ``{count, of}``, ``{all}``, ``{any}``, ``{not}``.
"""

from __future__ import annotations

from karama.rules.scoring.conditions import (
    AnswerIs,
    Condition,
    CountOf,
    Not,
    ScaleAtLeast,
    ValueAtLeast,
    every,
    some,
)
from karama.rules.scoring.fields import CardError, Data, Fields


def condition_from(data: Data, where: str = "condition") -> Condition:
    """Build a condition from its written form. Raises ``CardError``."""
    fields = Fields(data, where)
    condition = _condition(fields, frozenset(data))
    fields.finish()
    return condition


def _condition(fields: Fields, keys: frozenset[str]) -> Condition:
    if "item" in keys:
        return _leaf(fields, fields.take("item", str))
    if "scale" in keys:
        return ScaleAtLeast(fields.take("scale", str), fields.number("value"))
    if "items" in keys:
        return _counted_items(fields)
    if "not" in keys:
        return Not(condition_from(fields.take("not", dict), f"{fields.where}, not"))
    for key, join in (("all", every), ("any", some)):
        if key in keys:
            return join(*_conditions(fields, key))
    if "of" in keys:
        return CountOf(fields.take("count", int), _conditions(fields, "of"))
    raise CardError(f"{fields.where}: this is no condition.")


def _conditions(fields: Fields, key: str) -> tuple[Condition, ...]:
    parts = fields.take(key, list)
    return tuple(condition_from(part, f"{fields.where}, {key} {n}") for n, part in enumerate(parts, 1))


def _counted_items(fields: Fields) -> Condition:
    items = fields.take("items", list)
    own = fields.take("values", dict, {})
    value = fields.number("value", None)
    answers = tuple(fields.take("answers", list, []))
    leaves = tuple(AnswerIs(item, answers) if answers else ValueAtLeast(item, own.get(item, value)) for item in items)
    if not answers and any(isinstance(x, ValueAtLeast) and x.value is None for x in leaves):
        raise CardError(f"{fields.where}: give 'value' or 'answers'.")
    return CountOf(fields.take("count", int), leaves)


def _leaf(fields: Fields, item: str) -> Condition:
    answers = fields.take("answers", list, [])
    return AnswerIs(item, tuple(answers)) if answers else ValueAtLeast(item, fields.number("value"))
