"""From a moment to a place in the journal. Entries stand in the order in which they were committed, by the server's
clock, so that the place is found by halving, without an index."""

from __future__ import annotations

from datetime import datetime

from karama.journal.models import Entry


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
