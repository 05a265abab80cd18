"""Telling whose turn it is, once: the notice says neither who asks nor anything of why."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from karama.journal import Actor, action
from karama.notices.actions import take_back, tell
from karama.rules.support import ASKED, BACK
from karama.staffcare.access import JOB
from karama.staffcare.actions.shapes import PURPOSE, locked, written
from karama.staffcare.models import SupportRequest, SupportStep
from karama.staffcare.standing import turn_of

ASKS: Final = "staffcare.asks"
ANSWER: Final = "staffcare.answer"
OVER: Final = "staffcare.over"


@action("staffcare.tell_turn", access=JOB, purpose=PURPOSE)
def tell_turn(*, by: Actor, support: UUID) -> UUID:
    """Tell the colleague whose turn has come, or its owner that it is hers again; whoever was asked before no more."""
    row = locked(support)
    tell_once(by, row)
    return row.id


def tell_once(by: Actor, row: SupportRequest) -> None:
    """The same inside another action."""
    now = turn_of(row)
    told = SupportStep.objects.filter(request=row, recorded_at__gte=now.since)
    if now.state == ASKED and isinstance(now.holder, UUID):
        if not told.filter(step="told", user_id=now.holder).exists():
            take_back(by=by, place=row.id)
            tell(by=by, user=now.holder, kind=ASKS, place=row.id)
            written(row, "told", now.holder)
    elif now.state == BACK and not told.filter(step="returned").exists():
        take_back(by=by, place=row.id)
        tell(by=by, user=row.author_id, kind=ANSWER, place=row.id)
        written(row, "returned", None)


def tell_asker(by: Actor, row: SupportRequest) -> None:
    """That somebody has taken it."""
    take_back(by=by, place=row.id)
    tell(by=by, user=row.author_id, kind=ANSWER, place=row.id)
