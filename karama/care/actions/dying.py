"""A participant has died: everything that is sent or asked stops in the same breath; what follows is done by people.

A death that was written down by mistake is taken back (`living.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

from karama.accounts.registries import met_something_heavy
from karama.care import targets
from karama.care.access import CLOSE, DEATH_STEP
from karama.care.actions import shapes
from karama.care.actions.closing import keep_closure
from karama.care.actions.episodes import put_in_state
from karama.care.days import to_come
from karama.care.deaths import standing
from karama.care.models import Closure, ClosureAnswer, Death, DeathStep, DraftResponse, Episode, NoteDraft
from karama.care.problems import DayDoesNotFit, DecidedAlready, ReasonNeeded, TakenBackAlready
from karama.journal import Actor, action
from karama.people.joined import all_files_of
from karama.people.models import Assignment, HiddenFrom, Person
from karama.people.registries import stop_everything
from karama.rules.episodes import OPEN_STATES


@action("care.record_death", access=CLOSE, target=targets.of_person)
def record_death(
    *,
    by: Actor,
    person: UUID,
    suspected: Literal["none", "suicide", "homicide", "unknown"],
    on: date | None = None,
    words: shapes.Words = "",
) -> Death:
    """Record a death. Messages and tasks stop, every episode closes as a death; nobody has to ask for that.

    Raises:
        DecidedAlready: it is recorded. DayDoesNotFit: the day lies in the future.
    """
    file = Person.objects.select_for_update(of=("self",)).get(pk=person)
    if standing().filter(person_id__in=all_files_of(person)).exists():
        raise DecidedAlready()
    if on is not None and to_come(on, file.site_id):
        raise DayDoesNotFit()
    death = Death(person_id=person, on=on, again=Death.objects.filter(person_id=person).count() or None)
    death.seal("suspected", suspected)
    death.seal("words", words or None)
    death.save()
    end_all(by, person)
    files = all_files_of(person)
    working = Assignment.objects.filter(person__in=files, until__isnull=True)
    hidden = HiddenFrom.objects.filter(person__in=files, lifted_at__isnull=True)
    people = {by.id, *working.exclude(user__in=hidden.values("user")).values_list("user_id", flat=True)}
    met_something_heavy(by=by, people=sorted(people), kind="death", at=death.recorded_at)
    return death


def end_all(by: Actor, person: UUID) -> None:
    """After a death everything stops and every episode closes, in each file of the person. Called inside an action."""
    files = all_files_of(person)
    stop_everything(by=by, person=files[0], why="death")
    for draft in (DraftResponse, NoteDraft):
        draft.objects.filter(person_id__in=files).delete()
    for waiting in Closure.objects.filter(person_id__in=files, answer__isnull=True):
        ClosureAnswer.objects.create(person_id=waiting.person_id, closure=waiting, approved=False)
    for episode in Episode.objects.filter(person_id__in=files, state__in=OPEN_STATES):
        made = keep_closure(episode, reason="died", outcome="unknown", follow_up="not_asked", words="", handed_to=None)
        ClosureAnswer.objects.create(person_id=episode.person_id, closure=made, approved=True)
        put_in_state(episode, "closed", "died")


def of_death(*, by: Actor, death: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of what follows a death."""
    person = Death.objects.filter(pk=death).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.follow_death", access=DEATH_STEP, target=of_death)
def follow_death(*, by: Actor, death: UUID, step: Literal["support", "review"], words: shapes.Words) -> DeathStep:
    """Note that support was offered to the bereaved, or what the review without blame has found.

    Raises:
        ReasonNeeded: without words. DecidedAlready: noted before. TakenBackAlready: the person lives.
    """
    if not words:
        raise ReasonNeeded("words")
    row = Death.objects.select_for_update(of=("self",)).get(pk=death)
    if not standing().filter(pk=death).exists():
        raise TakenBackAlready()
    if DeathStep.objects.filter(death=row, step=step).exists():
        raise DecidedAlready()
    made = DeathStep(person_id=row.person_id, death=row, step=step)
    made.seal("words", words)
    made.save()
    return made
