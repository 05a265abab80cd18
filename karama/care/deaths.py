"""Whether somebody has died. One that was taken back counts nowhere: whoever reads deaths begins with `standing`."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.care.models import Death
from karama.people.joined import all_files_of, file_that_remains


def standing() -> QuerySet[Death]:
    """Deaths that were not taken back."""
    return Death.objects.filter(taken_back__isnull=True)


def has_died(person: UUID) -> bool:
    """Whether a death of this person stands, in any of their files: care is then neither begun nor taken up again."""
    return standing().filter(person_id__in=all_files_of(person)).exists()


def died_among(files: Collection[UUID]) -> set[UUID]:
    """Those of these files that remain of whose people a death stands, also in a file that was joined with it."""
    rows = standing().filter(Q(person_id__in=files) | Q(person__merged_into__isnull=False))
    found = rows.values_list("person_id", "person__merged_into")
    return {file_that_remains(one) if into is not None else one for one, into in found} & set(files)
