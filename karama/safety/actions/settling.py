"""What a death does to alerts, and what taking it back does: by the house, caused by what is written down of it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from karama.journal import Actor, action, device_clock
from karama.notices.actions import tell
from karama.people.joined import all_files_of
from karama.rules.risk import allowed_steps, settled_by_death
from karama.safety.access import SETTLE
from karama.safety.actions.stepping import PURPOSE, write_step
from karama.safety.deaths import closed_by_death, told_since
from karama.safety.models import LIVES, OTHERS_LEFT, Alert, KeptFrom
from karama.safety.queries.standing_open import not_closed
from karama.safety.registries import deaths_said
from karama.safety.standing import Standing, others_left, standings

NOTICE = "safety.settled"
"""Told gently, once, to whoever had such an alert or was asked."""


@action("safety.settle_after_death", access=SETTLE, purpose=PURPOSE)
def settle_after_death(*, by: Actor, person: UUID) -> int:
    """Close every open alert that is about nobody but the person who died; each other one says in its steps that the
    person has died, and stays open for whoever may still be in danger: also one in which a colleague is named. What
    was told after a death of this person keeps its clock: it may be that they live. Returns how many were closed.
    """
    told: dict[UUID, UUID] = {}
    closed = 0
    files = all_files_of(person)
    deaths = deaths_said(files)
    open_ones = _held(not_closed().filter(person_id__in=files))
    accusing = set(KeptFrom.objects.filter(alert__in=open_ones).values_list("alert_id", flat=True))
    for one in standings(open_ones):
        alone = settled_by_death(one.alert.text_of("kind")) and one.alert.id not in accusing
        if alone and (one.state.state == "after_death" or told_since(one, deaths, device_clock())):
            continue
        if alone and "died" in allowed_steps(one.state.state):
            told |= {user: one.alert.id for user in _to_tell(one) if user not in told}
            write_step(one.alert, "died", "", outcome="died")
            closed += 1
        elif one.state.state != "after_death" and not others_left(one.steps):
            write_step(one.alert, OTHERS_LEFT, "")
    for user in sorted(told.keys() - {by.id}):
        tell(by=by, user=user, kind=NOTICE, place=told[user])
    return closed


@action("safety.reopen_of_living", access=SETTLE, purpose=PURPOSE)
def reopen_of_living(*, by: Actor, person: UUID) -> int:
    """The person lives: what the death had closed, also by a colleague who confirmed it, and what waited to be looked
    at, is asked from its beginning, with a clock of its own. What a colleague closed for another reason stays closed.
    Returns how many were opened.
    """
    opened = 0
    for one in standings(_held(Alert.objects.filter(person_id__in=all_files_of(person)))):
        if one.state.state == "after_death" or closed_by_death(one):
            write_step(one.alert, "reopened", "")
            opened += 1
        elif others_left(one.steps):
            write_step(one.alert, LIVES, "")
    return opened


def _held(rows: Iterable[Alert]) -> list[Alert]:
    """These alerts, held until the transaction ends, so that no step comes between."""
    ids = [one.id for one in rows]
    return list(Alert.objects.select_for_update(of=("self",)).select_related("site").filter(pk__in=ids).order_by("id"))


def _to_tell(one: Standing) -> set[UUID]:
    """Whoever had it and whoever was asked; of an alert from long ago, for which nobody was sent, nobody."""
    asked = {*one.escalation.asked, one.owner} - one.around.barred
    return set() if one.alert.historic else {user for user in asked if isinstance(user, UUID)}
