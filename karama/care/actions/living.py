"""A death was written down by mistake: the person lives, and is served again.

The death stays readable with why it was taken back, and counts nowhere. The person's own rules say again whether
anything is sent. What the death had called off is not booked again by itself: people look at the list of it, and an
episode is taken up again in its own way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from django.db.models import Q

from karama.accounts.registries import was_a_mistake
from karama.care.access import TAKE_BACK_DEATH
from karama.care.actions import shapes
from karama.care.actions.dying import of_death
from karama.care.deaths import standing
from karama.care.models import Death, DeathTakenBack
from karama.care.problems import ReasonNeeded, TakenBackAlready
from karama.journal import Actor, action
from karama.notices.actions import tell
from karama.notices.files import speak_again
from karama.people.joined import all_files_of, file_that_remains
from karama.people.models import Assignment, Person
from karama.reception.actions.following import hidden_from, kept_apart
from karama.reception.fitting import supervisors_of
from karama.safety.actions import reopen_of_living

NOTICE: Final = "care.death_taken_back"


@action("care.take_back_death", access=TAKE_BACK_DEATH, target=of_death)
def take_back_death(*, by: Actor, death: UUID, reason: shapes.Reason) -> DeathTakenBack:
    """Say that a death was written down by mistake. Where one stands in several files of the person, all were one.

    Raises:
        ReasonNeeded. TakenBackAlready: it was taken back before.
    """
    if not reason:
        raise ReasonNeeded()
    asked = Death.objects.get(pk=death)
    file = Person.objects.select_for_update(of=("self",)).get(pk=file_that_remains(asked.person_id))
    files = all_files_of(file.id)
    wrong = {one.id: one for one in standing().filter(person_id__in=files).order_by("recorded_at", "id")}
    if death not in wrong:
        raise TakenBackAlready()
    made = {one: _taken_back(wrong[one], reason) for one in wrong}
    speak_again(files)
    reopen_of_living(by=by, person=file.id)
    _tell(by, file, files, wrong.values())
    return made[death]


def _taken_back(death: Death, reason: str) -> DeathTakenBack:
    made = DeathTakenBack(person_id=death.person_id, death=death)
    made.seal("reason", reason)
    made.save()
    return made


def _tell(by: Actor, file: Person, files: Collection[UUID], wrong: Iterable[Death]) -> None:
    """Whoever was told of the death is told that it was none, and is offered no talk because of it any more. One who
    does not work with the person any more is led to no page."""
    deaths = list(wrong)
    kept_away = hidden_from(file.id)
    working = Assignment.objects.filter(person__in=files)
    then = working.filter(Q(until__isnull=True) | Q(until__gte=deaths[0].recorded_at))
    told = {*then.values_list("user_id", flat=True), *(one.author_id for one in deaths)} - kept_away
    above = {*supervisors_of(file.site_id)} - kept_apart(file.id)
    near = {*working.filter(until__isnull=True).values_list("user_id", flat=True)} | above
    for user in sorted((told | above) - {by.id}):
        tell(by=by, user=user, kind=NOTICE, place=file.id if user in near else None)
    for one in deaths:
        was_a_mistake(by=by, people=sorted(told | {by.id}), at=one.recorded_at)
