"""The board: what hangs there for everybody, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from karama.journal import Actor
from karama.voice.models import BoardLine, BoardStep

MOST: Final = 60


@dataclass(frozen=True)
class Told:
    """A line of the board. `by_me`: this reader wrote it, so somebody else puts it up."""

    id: UUID
    said: str
    did: str
    language: str
    on: date
    by_me: bool = False


def board(programme: UUID | None) -> list[Told]:
    """What hangs there, for everybody, the newest first; of one programme, or of all."""
    return [_told(one) for one in _hanging(None if programme is None else [programme])]


def board_of(by: Actor) -> list[Told]:
    """What hangs there in the reader's programmes."""
    return [_told(one, by) for one in _hanging(by.programmes)]


def board_waiting(by: Actor) -> list[Told]:
    """What was written in the reader's programmes and waits for a second person, the oldest first."""
    rows = BoardLine.objects.filter(~Exists(_steps()), programme_id__in=by.programmes)
    return [_told(one, by) for one in rows.order_by("recorded_at")[:MOST]]


def _hanging(programmes: Collection[UUID] | None) -> Any:
    rows = BoardLine.objects.filter(Exists(_steps("put_up")), ~Exists(_steps("taken_down")))
    if programmes is not None:
        rows = rows.filter(programme_id__in=programmes)
    return rows.order_by("-recorded_at")[:MOST]


def _steps(*steps: str) -> Any:
    rows = BoardStep.objects.filter(line=OuterRef("pk"))
    return rows.filter(step__in=steps) if steps else rows


def _told(row: BoardLine, by: Actor | None = None) -> Told:
    mine = by is not None and row.author_id == by.id
    return Told(row.id, row.text_of("said"), row.text_of("did"), row.language, row.recorded_at.date(), mine)
