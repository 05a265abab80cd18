"""What the policies of steps may ask about an alert, and the check inside an action that nothing has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from karama.journal import Actor, Refused
from karama.people.attributes import person_attributes
from karama.safety.models import Alert, AlertSource
from karama.safety.standing import Standing, standing_of


def of_alert(*, by: Actor, alert: UUID, **_arguments: Any) -> Mapping[str, object]:
    """The target of an action about one alert; nothing when there is none, which denies."""
    found = Alert.objects.filter(id=alert_meant(by, alert)).first()
    return standing_of(found).attributes() if found is not None else {}


def alert_meant(by: Actor, named: UUID) -> UUID:
    """The alert of this id, or the one that this author raised by it: a telephone that raises an alert is told only of
    its raising, and asks the follow-up in the same contact, before it knows more.
    """
    raised = AlertSource.objects.filter(id=named, author_id=by.id).values_list("alert_id", flat=True).first()
    return raised or named


def seen_by(by: Actor, alert: Alert) -> Standing:
    """Where the alert stands now. Raises `Refused` for whoever it is kept from, also when another action calls."""
    found = standing_of(alert)
    if by.id in found.around.barred:
        raise Refused("barred")
    return found


def of_person(*, by: Actor, person: UUID, **_arguments: Any) -> Mapping[str, object]:
    """The target of an action about one person."""
    return person_attributes(person)
