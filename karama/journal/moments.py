"""From a moment to a place in the journal. Entries stand in the order in which they were committed, by the server's
clock, so that the place is found by halving, without an index."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from karama.journal.models import Change, Entry


def first_since(moment: datetime) -> int:
    """The place of the first entry that was written at this moment or later; one behind the last where there is none.

    A clock that was set back leaves entries out of order: then the place is that of one such step, never beyond it.
    """
    newest = Entry.objects.order_by("-seq").values_list("seq", flat=True).first()
    low, high = 1, (newest or 0) + 1
    while low < high:
        middle = (low + high) // 2
        at = Entry.objects.filter(seq__gte=middle).order_by("seq").values_list("server_at", flat=True).first()
        low, high = (low, middle) if at is None or at >= moment else (middle + 1, high)
    return low


def last_written(kind: int, row: UUID) -> datetime | None:
    """When a row was written last, whoever wrote it; None when the journal knows of no writing."""
    last = Change.objects.filter(kind=kind, row=row).order_by("-seq").values_list("seq", flat=True).first()
    return Entry.objects.filter(seq=last).values_list("server_at", flat=True).first() if last is not None else None
