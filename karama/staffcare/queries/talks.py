"""Lists of talks: one's own, and those one was asked for. Nothing that is sealed is opened for a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.journal import Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.rules.support import ASKED, TAKEN, Turn
from karama.staffcare.models import SupportRequest
from karama.staffcare.standing import turns, unfinished


@dataclass(frozen=True)
class TalkLine:
    """One talk in a list. `holder`: alias of whoever is asked or has taken it; empty in what one was asked for."""

    id: UUID
    state: str
    asked_at: datetime
    holder: str
    late: bool


@asks
def own_talks(by: Actor, *, unfinished_only: bool = False) -> Asks[list[TalkLine]]:
    """Everything the reader asked for herself, the newest first."""
    found = yield _own.later(by, unfinished_only)
    standing = turns(found)
    names = yield from aliases_of.asking({one.holder for one in standing.values() if isinstance(one.holder, UUID)})
    return [_line(one, standing[one.id], names) for one in found]


@asks
def asked_of(by: Actor) -> Asks[list[TalkLine]]:
    """The talks whose turn is the reader's now, or that she has taken, the longest waiting first; without a name."""
    found = yield _asked.later(by)
    standing = turns(found)
    mine = [one for one in found if standing[one.id].state in (ASKED, TAKEN) and standing[one.id].holder == by.id]
    return [_line(one, standing[one.id], {}) for one in mine]


@readymade
def _own(by: Actor, unfinished_only: bool) -> QuerySet[SupportRequest, SupportRequest]:
    rows = SupportRequest.objects.filter(author_id=by.id)
    return (unfinished(rows) if unfinished_only else rows).order_by("-recorded_at", "-id")


@readymade
def _asked(by: Actor) -> QuerySet[SupportRequest, SupportRequest]:
    return unfinished(SupportRequest.objects.filter(asked__user_id=by.id)).order_by("recorded_at", "id")


def _line(row: SupportRequest, turn: Turn, names: dict[UUID, str]) -> TalkLine:
    holder = names.get(turn.holder, "") if isinstance(turn.holder, UUID) else ""
    return TalkLine(row.id, turn.state, row.recorded_at, holder, turn.is_late(clock.now()))
