"""Whether somebody has died. One that was taken back counts nowhere: whoever reads deaths begins with `standing`."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from karama.care.models import Death
from karama.people.joined import all_files_of


def standing() -> QuerySet[Death]:
    """Deaths that were not taken back."""
    return Death.objects.filter(taken_back__isnull=True)


def has_died(person: UUID) -> bool:
    """Whether a death of this person stands, in any of their files: care is then neither begun nor taken up again."""
    return standing().filter(person_id__in=all_files_of(person)).exists()
