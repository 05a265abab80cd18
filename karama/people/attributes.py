"""What a policy may ask about one person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import Many
from karama.journal.readymade import Readymade, readymade
from karama.journal.together import Asks, asks
from karama.people.access import ATTRIBUTES
from karama.people.models import Person


@asks
def person_attributes(person: UUID) -> Asks[dict[str, object]]:
    """The attributes of a person by name; empty when there is no such person, which denies everything.

    As much is asked whether she exists or not, so that no clock tells.
    """
    rows, *several = yield _columns.later(person), *(one.later(person) for one in SEVERAL.values())
    if not rows:
        return {}
    told: dict[str, object] = dict(zip(SINGLE, rows[0], strict=True))
    return told | {name: frozenset(values) for name, values in zip(SEVERAL, several, strict=True)}


@readymade
def _columns(person: UUID) -> QuerySet[Any, Any]:
    return Person.objects.filter(pk=person).values_list(*SINGLE.values())


def _values_of(many: Many) -> Readymade[UUID]:
    """One question for each attribute with many values."""

    @readymade
    def values(person: UUID) -> QuerySet[Any, Any]:
        rows = many.model._default_manager.filter(**{many.owner: person}, **many.where)
        return rows.values_list(many.value, flat=True)

    return values


SINGLE = {name: path for name, path in ATTRIBUTES.items() if isinstance(path, str)}
SEVERAL = {name: _values_of(many) for name, many in ATTRIBUTES.items() if isinstance(many, Many)}
