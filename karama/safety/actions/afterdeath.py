"""What is told of somebody whose death is written down. What a human tells keeps its clock and climbs as ever; only
what comes late from before the death waits to be looked at. Somebody else than who wrote the death down closes it.
"""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor, action, device_clock
from karama.people.joined import files_of
from karama.rules.risk import allowed_steps, settled_by_death
from karama.safety import access
from karama.safety.actions.stepping import PURPOSE, Note, others_in_danger, step, write_step
from karama.safety.actions.target import alert_meant, of_alert, seen_by
from karama.safety.deaths import comes_from_before, deaths_about, deaths_that_stand, may_be_confirmed
from karama.safety.models import DEATH_CONFIRMED, Alert, AlertSource, AlertStep
from karama.safety.problems import NoteMissing, NotNow, WroteItAlone
from karama.safety.standing import standing_of


def follow_a_death(told: AlertSource, file: UUID, *, alone: bool) -> None:
    """What this telling of somebody whose death stands does to its alert. Called inside the action that raises it.

    `alone`: it names a colleague, so others may be in danger whatever its kind is.
    """
    alert = told.alert
    if alone or not settled_by_death(alert.text_of("kind")):
        others_in_danger(alert)
        return
    standing = standing_of(alert)
    if not comes_from_before(told, deaths_that_stand(files_of(file)), device_clock()):
        if standing.state.state == "after_death":
            write_step(alert, "reopened", "")
    elif len(standing.sources) == 1 and "after_death" in allowed_steps(standing.state.state):
        write_step(alert, "after_death", "")


@action("safety.confirm_death", access=access.ANSWER, target=of_alert, purpose=PURPOSE)
def confirm_death(*, by: Actor, alert: UUID, note: Note) -> AlertStep:
    """Close an alert because the person has died indeed, with how one knows. Two people say so: whoever wrote the death
    down, and whoever closes.

    Raises:
        NoteMissing. WroteItAlone: nobody else says it. NotNow: no death stands, or somebody else may be in danger.
    """
    if not note:
        raise NoteMissing(field="note")
    found = Alert.objects.select_for_update().get(id=alert_meant(by, alert))
    standing = seen_by(by, found)
    deaths = deaths_about(standing)
    if not may_be_confirmed(standing, deaths):
        raise NotNow()
    if all(one.author == by.id for one in deaths):
        raise WroteItAlone()
    return step(by, alert, DEATH_CONFIRMED, note, outcome="died")
