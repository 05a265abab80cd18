"""When somebody is expected again at the nurse's: from her last visit, and from what was agreed anew since."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from karama.care.models import MissedVisit, NurseVisit


def expected(return_on: date | None, noted: Iterable[MissedVisit]) -> date | None:
    """The day on which somebody is expected, who was to come on `return_on`; None when she will not come again.
    `noted`: what was written about days that she missed, the oldest first; an earlier visit says nothing.
    """
    due = return_on
    for one in noted:
        if due is not None and one.missed_on == due:
            due = None if one.over else one.again_on or due
    return due


def due_of(files: Collection[UUID]) -> date | None:
    """The day on which the person of these files is expected; None where none is agreed."""
    rows = NurseVisit.objects.filter(person__in=files, amended_by__isnull=True).order_by("occurred_on", "recorded_at")
    last = rows.last()
    if last is None or last.return_on is None:
        return None
    noted = MissedVisit.objects.filter(person__in=files, missed_on__gte=last.return_on).order_by("recorded_at")
    return expected(last.return_on, noted)
