"""Leaving a record at rest: kept, not used for reminders and reports. Safety and care that she wants go on."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor, action, clock
from karama.people.actions import shapes
from karama.people.joined import files_of
from karama.people.models import Person
from karama.people.registries import stop_everything
from karama.voice.access import DECIDE
from karama.voice.models import Restriction
from karama.voice.problems import NotNow, ReasonNeeded


def begin(*, by: Actor, person: Person) -> Restriction:
    """The rest begins, inside the caller's action: messages and tasks stop at once. A second one changes nothing."""
    found = Restriction.objects.filter(person=person, lifted_at__isnull=True).first()
    made = found or Restriction.objects.create(person=person)
    stop_everything(by=by, person=person.id, why="restriction")
    return made


@action("voice.lift_restriction", access=DECIDE, target=shapes.of_person, purpose="rights")
def lift_restriction(*, by: Actor, person: UUID, reason: shapes.Words) -> Restriction:
    """End the rest, of every file that was joined with hers. What was stopped does not begin again by itself.

    Raises:
        ReasonNeeded: without words. NotNow: the record does not rest.
    """
    if not reason:
        raise ReasonNeeded()
    shapes.locked(person)
    found = list(Restriction.objects.filter(person_id__in=files_of(person), lifted_at__isnull=True))
    if not found:
        raise NotNow()
    for one in found:
        one.lifted_at = clock.now()
        one.seal("why_lifted", reason)
        one.save()
    return next((one for one in found if one.person_id == person), found[0])
