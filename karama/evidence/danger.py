"""People whose answers of a wave left an alert that is still open: how many, and whether each has an owner."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from karama.care.models import Response
from karama.evidence.figures import Figures, shown, shown_parts
from karama.safety.models import Alert, AlertSource
from karama.safety.queries.standing_open import not_closed
from karama.safety.standing import Standing, standings

CHUNK = 500


def open_after(programme: UUID, wave: str, counted: frozenset[UUID]) -> Figures:
    """People among those counted with an open alert found in imported answers of this wave. Opens nothing sealed."""
    with_owner: dict[UUID, bool] = {}
    for one in _open(programme, wave):
        person = one.around.person
        if person is not None and person.id in counted:
            with_owner[person.id] = with_owner.get(person.id, True) and one.owner is not None
    owned = sum(with_owner.values())
    parts = shown_parts(owned, len(with_owner) - owned)
    return {"wave": wave, "people": shown(len(with_owner)), "with_owner": parts[0], "without_owner": parts[1]}


def _open(programme: UUID, wave: str) -> Iterator[Standing]:
    answers = Response.objects.filter(person__programme_id=programme, wave=wave).values("pk")
    sources = AlertSource.objects.filter(source="answer", source_record_id__in=answers)
    rows: Iterator[Alert] = not_closed(historic=True).filter(pk__in=sources.values("alert")).iterator(CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield from (one for one in standings(chunk) if one.state.is_open)
