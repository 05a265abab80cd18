"""An alert about somebody whom nobody could find: closed by a supervisor, after tries on several days by others too."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from karama.journal import Actor, action
from karama.programme.days import day_at
from karama.rules.risk import may_be_given_up
from karama.safety.access import GIVE_UP
from karama.safety.actions.stepping import PURPOSE, Note, not_of_her_own_word, step
from karama.safety.actions.target import alert_meant, of_alert, seen_by
from karama.safety.models import NOT_FOUND, Alert, AlertStep
from karama.safety.problems import NoteMissing, NotTriedEnough
from karama.safety.standing import Standing


@action("safety.close_not_found", access=GIVE_UP, target=of_alert, purpose=PURPOSE)
def close_not_found(*, by: Actor, alert: UUID, note: Note) -> AlertStep:
    """Close an alert because the person could not be found. Until then it is asked like any other.

    Raises:
        NoteMissing. NotTriedEnough: too few tries or days since it was told last, or nobody else has tried. NotNow.
        WroteItAlone: it was told after a death that nobody but she has written down.
    """
    if not note:
        raise NoteMissing(field="note")
    found = Alert.objects.select_for_update().get(id=alert_meant(by, alert))
    standing = seen_by(by, found)
    not_of_her_own_word(by, alert)
    if not may_be_given_up(standing.grade, tries_of(standing), by.id):
        raise NotTriedEnough()
    return step(by, alert, NOT_FOUND, note, outcome=NOT_FOUND)


def tries_of(standing: Standing) -> list[tuple[UUID, date]]:
    """Who tried to reach the person, and on which day there, since the danger was told last or it was opened again."""
    again = [one.recorded_at for one in standing.steps if one.step == "reopened"]
    since = max([*(one.recorded_at for one in standing.sources), *again])
    tries = [one for one in standing.steps if one.step == "contact_tried" and one.recorded_at >= since]
    return [(one.author_id, day_at(standing.site, one.recorded_at)) for one in tries]
