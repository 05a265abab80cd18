"""The steps of an alert. What may follow what: `rules/risk/steps.py`. An answer is never edited to clear one."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.accounts.registries import met_something_heavy
from karama.journal import Actor, action, clock
from karama.rules.risk import allowed_steps, settled_by_death
from karama.safety import access
from karama.safety.actions.target import alert_meant, of_alert, seen_by
from karama.safety.deaths import deaths_about, wrote_it_alone
from karama.safety.lines import Lines
from karama.safety.models import OTHERS_LEFT, REMINDED, Alert, AlertStep
from karama.safety.problems import CannotTakeOver, NoteMissing, NotNow, WroteItAlone
from karama.safety.registries import died_among
from karama.safety.standing import Standing, others_left

PURPOSE = "safety"
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
CARRYING = ("taken", "contact_tried", "first_contact", "follow_up", "handed_over")
"""Steps of those who had it in their hands; having seen it is not carrying it."""
Outcome = Literal["plan_made", "brought_to_service", "service_took_over", "no_danger_found", "died"]


@action("safety.see_alert", access=access.ANSWER, target=of_alert, purpose=PURPOSE)
def see_alert(*, by: Actor, alert: UUID) -> AlertStep:
    """Say that one has seen it. It stays with whoever has it, and no clock is stopped. Raises `NotNow`."""
    return step(by, alert, "seen")


@action("safety.take_alert", access=access.ANSWER, target=of_alert, purpose=PURPOSE)
def take_alert(*, by: Actor, alert: UUID) -> AlertStep:
    """Take it: from now on it is hers, and the clock for the first contact runs. Raises `NotNow`."""
    return step(by, alert, "taken")


@action("safety.record_contact_tried", access=access.CONTACT, target=of_alert, purpose=PURPOSE)
def record_contact_tried(*, by: Actor, alert: UUID, note: Note = "") -> AlertStep:
    """Record that the person could not be reached. No clock is stopped. Raises `NotNow`."""
    return step(by, alert, "contact_tried", note)


@action("safety.record_first_contact", access=access.CONTACT, target=of_alert, purpose=PURPOSE)
def record_first_contact(*, by: Actor, alert: UUID, note: Note = "") -> AlertStep:
    """Record that one has spoken with the person.

    Raises:
        NotNow. WroteItAlone: nobody but she says that this person has died; then the death is taken back first.
    """
    found = Alert.objects.filter(id=alert_meant(by, alert)).first()
    if found is not None and not others_left(seen_by(by, found).steps):
        not_of_her_own_word(by, alert)
    return step(by, alert, "first_contact", note)


@action("safety.hand_over", access=access.ANSWER, target=of_alert, purpose=PURPOSE)
def hand_over(*, by: Actor, alert: UUID, to: UUID, note: Note = "") -> AlertStep:
    """Give it to a colleague, who is asked at once; the chain stands behind her.

    Raises:
        CannotTakeOver: she may not own it. It does not say why. NotNow: see the law.
    """
    found = Alert.objects.select_for_update().get(id=alert_meant(by, alert))
    standing = seen_by(by, found)
    if to not in may_own(standing):
        raise CannotTakeOver(field="to")
    return step(by, alert, "handed_over", note, to_id=to)


@action("safety.close_alert", access=access.ANSWER, target=of_alert, purpose=PURPOSE)
def close_alert(*, by: Actor, alert: UUID, outcome: Outcome, note: Note) -> AlertStep:
    """Close it, once it was taken and somebody has spoken with the person.

    Raises:
        NotNow, NoteMissing. WroteItAlone: it was told after a death that nobody but she has written down.
    """
    if not note:
        raise NoteMissing(field="note")
    not_of_her_own_word(by, alert)
    made = step(by, alert, "closed", note, outcome=outcome)
    _offer_a_talk(by, made.alert)
    return made


def not_of_her_own_word(by: Actor, alert: UUID) -> None:
    """Whoever alone says that somebody has died does not close what was told of that person since. Called inside an
    action that closes. Raises `WroteItAlone`.
    """
    standing = seen_by(by, Alert.objects.select_for_update().get(id=alert_meant(by, alert)))
    if wrote_it_alone(by.id, standing, deaths_about(standing)):
        raise WroteItAlone()


def _offer_a_talk(by: Actor, alert: Alert) -> None:
    """Whoever carried an alert that was for now, when it was raised or later, has met something heavy."""
    standing = seen_by(by, alert)
    grades = {alert.grade, *(one.grade for one in standing.sources), *(one.grade for one in standing.steps)}
    if alert.historic or "now" not in grades:
        return
    carried = {one.author_id for one in standing.steps if one.step in CARRYING} | {by.id}
    met_something_heavy(by=by, people=sorted(carried - standing.around.barred), kind="alert", at=clock.now())


@action("safety.reopen_alert", access=access.CONTACT, target=of_alert, purpose=PURPOSE)
def reopen_alert(*, by: Actor, alert: UUID, note: Note) -> AlertStep:
    """Open an alert again: the chain is asked from its beginning, also of somebody whose death is written down. Raises
    `NotNow`, `NoteMissing`."""
    if not note:
        raise NoteMissing(field="note")
    made = step(by, alert, "reopened", note)
    person = seen_by(by, made.alert).around.person
    if person is not None and died_among([person.id]) and not settled_by_death(made.alert.text_of("kind")):
        others_in_danger(made.alert)
    return made


def others_in_danger(alert: Alert) -> None:
    """Of an alert about somebody who has died, where others may be in danger: it says so, once, and goes on as it was.
    Called inside an action.
    """
    if not others_left(AlertStep.objects.filter(alert=alert).order_by("recorded_at", "id")):
        write_step(alert, OTHERS_LEFT, "")


@action("safety.remind", access=access.REMIND, purpose=PURPOSE)
def remind(*, by: Actor, alert: UUID, to: Annotated[UUID, Field()]) -> AlertStep:
    """Note that somebody who is asked now was told. It informs and changes nothing. Raises `NotNow`."""
    found = Alert.objects.get(id=alert)
    standing = seen_by(by, found)
    if to not in standing.escalation.asked:
        raise NotNow()
    return write_step(found, REMINDED, "", to_id=to)


def may_own(standing: Standing) -> frozenset[UUID]:
    """Who may be given this alert: a duty of care at its site or in its line, and nobody it is kept from."""
    lines = Lines(clock.now())
    person = standing.around.person
    line = {one.id for one in lines.chain_for(standing.site, person, standing.grade)}
    held = person is not None and person.held_by_team_id is not None
    near = set() if held else lines.able(standing.site)
    return frozenset(one for one in near | line if isinstance(one, UUID)) - standing.around.barred


def step(by: Actor, alert: UUID, kind: str, note: str = "", **values: Any) -> AlertStep:
    """Write one step if the law allows it now. Called by actions. Raises `NotNow`."""
    found = Alert.objects.select_for_update().get(id=alert_meant(by, alert))
    standing = seen_by(by, found)
    if kind not in allowed_steps(standing.state.state):
        raise NotNow()
    return write_step(found, kind, note, **values)


def write_step(alert: Alert, kind: str, note: str, *, follow_up: Any = None, **values: Any) -> AlertStep:
    """Write a step down, without asking the law. Called inside an action."""
    row = AlertStep(alert=alert, step=kind, **values)
    row.seal("note", note or None)
    row.seal("follow_up", follow_up)
    row.save()
    return row
