"""Agreeing to be asked for a talk, and ending that: each for herself, at any time."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor, action, clock
from karama.staffcare.access import MYSELF
from karama.staffcare.actions.shapes import PURPOSE, of_myself
from karama.staffcare.models import Supporter


@action("staffcare.agree_to_be_asked", access=MYSELF, target=of_myself, purpose=PURPOSE)
def agree_to_be_asked(*, by: Actor) -> Supporter:
    """Colleagues of her programmes may ask her for a talk from now on. Doing it twice changes nothing."""
    row = Supporter.objects.filter(user_id=by.id, ended_at__isnull=True).first()
    return row or Supporter.objects.create(user_id=by.id)


@action("staffcare.stop_being_asked", access=MYSELF, target=of_myself, purpose=PURPOSE)
def stop_being_asked(*, by: Actor) -> int:
    """Nobody may choose her any more. What she was asked before stays until she takes it or cannot."""
    return end_supporting(by.id)


def end_supporting(user: UUID) -> int:
    """The same inside another action."""
    rows = list(Supporter.objects.filter(user_id=user, ended_at__isnull=True))
    for row in rows:
        row.ended_at = clock.now()
        row.save()
    return len(rows)
