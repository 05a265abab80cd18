"""Operations that speak of what an earlier operation made: `op:<id>` in place of the record's own id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from karama.journal.models import Entry

REFERENCE = "op:"


def refers(value: Any) -> bool:
    """Whether these arguments speak of another operation anywhere."""
    if isinstance(value, Mapping):
        return any(refers(one) for one in value.values())
    if isinstance(value, list):
        return any(refers(one) for one in value)
    return isinstance(value, str) and value.startswith(REFERENCE)


def resolved(value: Any, author: UUID) -> Any:
    """Arguments in which `op:<id>` stands for the record that an operation of the same author made.

    An operation that is not done yet stays as it is written: it fits no record, and is held.
    """
    if isinstance(value, Mapping):
        return {name: resolved(one, author) for name, one in value.items()}
    if isinstance(value, list):
        return [resolved(one, author) for one in value]
    if not (isinstance(value, str) and value.startswith(REFERENCE)):
        return value
    try:
        wanted = UUID(value.removeprefix(REFERENCE))
    except ValueError:
        return value
    made = Entry.objects.filter(op_id=wanted, actor_id=author).values_list("result", flat=True).first()
    return str(made) if made else value
