"""Rows of one sheet that look like the same person. They are never joined: a supervisor decides, on her page.

Whoever imports holds the sheet and learns which of its own rows look alike. Whether somebody outside it looks alike
is told to the supervisor only: otherwise a sheet of one row would ask whether a person is known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from karama.people import pairing
from karama.people.models import Suggestion

WAITING = ("open", "ask")


def alike_rows(people: Mapping[UUID, int]) -> list[tuple[int, int]]:
    """Compare everybody now, and tell which rows of this sheet (person -> row) wait for a decision, in order."""
    pairing.compare_all()
    open_pairs = Suggestion.objects.filter(state__in=WAITING)
    found = set()
    for start in range(0, len(people), 500):
        part = sorted(people)[start : start + 500]
        rows = open_pairs.filter(person_id__in=part).values_list("person_id", "other_id")
        found |= {tuple(sorted((people[one], people[other]))) for one, other in rows if other in people}
    return sorted(found)  # type: ignore[arg-type]  # pairs of two
