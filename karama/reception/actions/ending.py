"""What happens to appointments when care ends, stops at once, or goes to a colleague. Called inside actions above."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from karama.journal import Actor, action, clock
from karama.notices.actions import stop, tell
from karama.reception.access import BOOK
from karama.reception.actions.following import finish, tell_interpreter, tell_near
from karama.reception.models import Appointment, Arrival, FollowUp
from karama.reception.targets import of_person


@action("reception.cancel_appointments_of", access=BOOK, target=of_person)
def cancel_appointments_of(
    *, by: Actor, person: UUID, reason: Literal["person", "staff", "closed", "unsafe", "ended"] = "ended"
) -> int:
    """Cancel everything planned for a person, and stop asking after her. Returns how many appointments."""
    rows = list(Appointment.objects.filter(person_id=person, state__in=("planned", "arrived")))
    for row in rows:
        for arrival in Arrival.objects.filter(appointment=row):
            arrival.delete()
        row.state, row.reason = "cancelled", reason
        row.save()
        stop(by=by, source=row.id)
        tell_near(by, row.person_id, row.worker_id, "reception.cancelled", row.id)
        tell_interpreter(by, row, "reception.interpreting_cancelled")
    for task in FollowUp.objects.filter(person_id=person, ended=""):
        finish(task, "ended")
    return len(rows)


@action("reception.hand_over_appointments", access=BOOK, target=of_person)
def hand_over_appointments(*, by: Actor, person: UUID, user: UUID | None, to: UUID) -> int:
    """What is planned with a colleague, or with anybody (`user` None), goes to another one at its time, with the tasks.

    The person is not asked to come at another hour because a colleague leaves; whoever takes over looks at the times.
    Whoever interprets is told that it is another colleague. Returns how many appointments.
    """
    now = clock.now()
    rows = Appointment.objects.filter(person_id=person, state="planned", ends_at__gt=now).exclude(worker_id=to)
    tasks = FollowUp.objects.filter(person_id=person, ended="").exclude(worker_id=to)
    if user is not None:
        rows, tasks = rows.filter(worker_id=user), tasks.filter(worker_id=user)
    given = list(rows)
    for row in given:
        row.worker_id = to
        row.save()
        if to != by.id:
            tell(by=by, user=to, kind="reception.handed_over", place=row.id)
        if row.interpreter is not None and row.interpreter.user_id != to:
            tell_interpreter(by, row, "reception.interpreting_changed")
    for task in list(tasks):
        task.worker_id = to
        task.save()
        if to != by.id:
            tell(by=by, user=to, kind="reception.missed", place=task.id)
    return len(given)
