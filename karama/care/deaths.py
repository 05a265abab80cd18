"""Whether somebody has died. One that was taken back counts nowhere: whoever reads deaths begins with `standing`."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from karama.care.models import Death
from karama.people.joined import all_files_of
from karama.people.models import Person
from karama.safety.registries import DeathSaid


def standing() -> QuerySet[Death]:
    """Deaths that were not taken back."""
    return Death.objects.filter(taken_back__isnull=True)


def has_died(person: UUID) -> bool:
    """Whether a death of this person stands, in any of their files: care is then neither begun nor taken up again."""
    return standing().filter(person_id__in=all_files_of(person)).exists()


def died_among(files: Collection[UUID]) -> set[UUID]:
    """Those of these files that remain of whose people a death stands, also in a file that was joined with it."""
    into = {one: one for one in files}
    new = set(into)
    while new:
        joined = Person.objects.filter(merged_into_id__in=new).values_list("id", "merged_into_id")
        found = {one: into[target] for one, target in joined if target is not None and one not in into}
        into, new = into | found, set(found)
    return {into[one] for one in standing().filter(person_id__in=into).values_list("person_id", flat=True)}


def deaths_said(files: Collection[UUID]) -> list[DeathSaid]:
    """Every death that was written down in these files, the oldest first, also one that was taken back."""
    rows = Death.objects.filter(person_id__in=files).select_related("taken_back").order_by("recorded_at", "id")
    return [
        DeathSaid(one.id, one.author_id, one.author_duty, one.recorded_at, one.on, not hasattr(one, "taken_back"))
        for one in rows
    ]
