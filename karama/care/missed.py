"""When somebody is expected again at the nurse's: from her last visit, and from what was agreed anew since."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from karama.care.models import MissedVisit, NurseVisit


def expected(return_on: date | None, noted: Iterable[MissedVisit]) -> date | None:
    """The day on which somebody is expected, who was to come on `return_on`; None when she will not come again."""
    return standing(return_on, noted)[0]


def standing(return_on: date | None, noted: Iterable[MissedVisit]) -> tuple[date | None, MissedVisit | None]:
    """The same day, and what was written that moved it there or ended it; None where nothing did. `noted`: what was
    written about days that she missed, the oldest first: of each day the last counts; an earlier visit says nothing.
    """
    last = {one.missed_on: one for one in noted}
    due, moved = return_on, None
    while due is not None and due in last and (last[due].over or last[due].again_on is not None):
        moved = last[due]
        due = None if moved.over else moved.again_on
    return due, moved


def standing_of(files: Collection[UUID]) -> tuple[date | None, MissedVisit | None]:
    """The same of the person of these files; no day where none is agreed."""
    rows = NurseVisit.objects.filter(person__in=files, amended_by__isnull=True).order_by("occurred_on", "recorded_at")
    last = rows.last()
    if last is None or last.return_on is None:
        return None, None
    noted = MissedVisit.objects.filter(person__in=files, missed_on__gte=last.return_on).order_by("recorded_at")
    return standing(last.return_on, noted)
