"""What becomes of a record whose days of keeping are over: a human decides; nothing is deleted by the rule alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from karama.journal import Actor, action
from karama.people.actions import shapes
from karama.people.joined import files_of
from karama.programme.days import today_at
from karama.rules import rights as law
from karama.voice import packs
from karama.voice.access import DECIDE
from karama.voice.models import KeptLonger, RightsRequest
from karama.voice.problems import AlreadyAsked, KeptUntil, NotNow, ReasonNeeded
from karama.voice.queries.retention import is_due
from karama.voice.standing import with_state

LONGEST: Final = timedelta(days=5 * 366)


@action("voice.keep_longer", access=DECIDE, target=shapes.of_person, purpose="rights")
def keep_longer(*, by: Actor, person: UUID, until: date, reason: shapes.Words) -> KeptLonger:
    """Keep a record until a day although its days are over, because of a court, a study or somebody's wish.

    Raises:
        ReasonNeeded: without words. KeptUntil: the day is not ahead, or more than five years ahead. NotNow: not due.
    """
    if not reason:
        raise ReasonNeeded("reason")
    file = shapes.locked(person)
    today = today_at(file.site_id)
    if not today < until <= today + LONGEST:
        raise KeptUntil()
    if not is_due(file):
        raise NotNow()
    made = KeptLonger(person=file, until=until)
    made.seal("reason", reason)
    made.save()
    return made


@action("voice.begin_by_rule", access=DECIDE, target=shapes.of_person, purpose="rights")
def begin_by_rule(*, by: Actor, person: UUID) -> RightsRequest:
    """Begin the deletion of a record whose days are over. It goes the way of every deletion: the officer looks at what
    goes and prepares it, somebody else approves.

    Raises:
        NotNow: no confirmed rule says so, or it was decided to keep it. AlreadyAsked: a deletion is open.
    """
    file = shapes.locked(person)
    if not is_due(file):
        raise NotNow()
    same = with_state(RightsRequest.objects.filter(person_id__in=files_of(file.id), right="delete"))
    if same.filter(state__in=law.OPEN_STATES).exists():
        raise AlreadyAsked()
    today = today_at(file.site_id)
    due = law.due_on(today, packs.days_to_answer(file.programme_id, "delete"))
    made = RightsRequest(person=file, right="delete", checked=law.BY_RULE, received_on=today, due_on=due)
    made.save()
    return made
