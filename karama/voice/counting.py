"""How many rows each room keeps about a person: what a deletion takes away, counted, never opened."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps

from karama.journal import Record
from karama.people.joined import files_of
from karama.people.models import BreakGlass, Consent, GlassReview, Person

KEPT: tuple[type[Record], ...] = (Consent, BreakGlass, GlassReview)
"""Stay as codes and days, their words unreadable: that she had agreed, and who had opened her record."""


@dataclass(frozen=True)
class Count:
    """A room, by its name in the code, and its rows about the person."""

    room: str
    count: int


def counted(person: Person, untold: Collection[UUID] = ()) -> list[Count]:
    """Rows that a deletion takes away, room by room; what stays as codes is not counted. `untold`: rows that are kept
    from whoever looks: a count would tell of them."""
    files = files_of(person.id)
    found: dict[str, int] = {}
    for model in apps.get_models():
        if issubclass(model, Record) and model not in KEPT and _about_a_person(model):
            rows = model._default_manager.filter(**{"person_id__in": files}).exclude(pk__in=untold).count()
            found[model._meta.app_label] = found.get(model._meta.app_label, 0) + rows
    return [Count(room, count) for room, count in found.items() if count]


def _about_a_person(model: type[Record]) -> bool:
    return any(field.attname == "person_id" for field in model._meta.concrete_fields)
