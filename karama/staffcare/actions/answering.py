"""The colleague who is asked: she takes it, or says that she cannot; afterwards either says that they talked."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor, action
from karama.notices.actions import take_back
from karama.staffcare.access import ANSWER, EITHER
from karama.staffcare.actions.shapes import PURPOSE, locked, step
from karama.staffcare.actions.telling import tell_asker, tell_once
from karama.staffcare.models import SupportStep
from karama.staffcare.standing import of_request


@action("staffcare.take", access=ANSWER, target=of_request, purpose=PURPOSE)
def take(*, by: Actor, support: UUID) -> SupportStep:
    """Take it: nobody else is asked from now on. Raises `NotNow`."""
    row = locked(support)
    made = step(row, "taken", by.id)
    tell_asker(by, row)
    return made


@action("staffcare.decline", access=ANSWER, target=of_request, purpose=PURPOSE)
def decline(*, by: Actor, support: UUID) -> SupportStep:
    """Say that one cannot now, without a reason: the next she allowed is asked, or it is hers. Raises `NotNow`."""
    return _pass_on(by, support, "declined")


@action("staffcare.give_back", access=ANSWER, target=of_request, purpose=PURPOSE)
def give_back(*, by: Actor, support: UUID) -> SupportStep:
    """The same after one had taken it. Raises `NotNow`."""
    return _pass_on(by, support, "given_back")


def _pass_on(by: Actor, support: UUID, what: str) -> SupportStep:
    row = locked(support)
    made = step(row, what, by.id)
    take_back(by=by, place=row.id)
    tell_once(by, row)
    return made


@action("staffcare.say_talked", access=EITHER, target=of_request, purpose=PURPOSE)
def say_talked(*, by: Actor, support: UUID) -> SupportStep:
    """The talk was held. Nothing of what was said has a place here. Raises `NotNow`."""
    row = locked(support)
    made = step(row, "talked", None)
    take_back(by=by, place=row.id)
    return made
