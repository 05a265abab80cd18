"""Who works with a person, and for whom she does not exist."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.contrib.auth import get_user_model

from karama.journal import Absent, Actor, action, clock
from karama.notices.actions import tell
from karama.people import workers
from karama.people.access import ASSIGN, HIDE, SAY_CONFLICT, UNHIDE
from karama.people.actions import conflicts, shapes
from karama.people.joined import all_files_of, files_of
from karama.people.models import Assignment, HiddenFrom, Person
from karama.people.problems import ConflictOfInterest, FileClosed, NotAWorker
from karama.people.registries import workers_changed


@action("people.assign", access=ASSIGN, target=shapes.of_person)
def assign(
    *,
    by: Actor,
    person: UUID,
    user: UUID,
    role: Literal["lead", "member"] = "member",
    conflict: conflicts.Said = "not_asked",
    conflict_note: shapes.Line = "",
) -> Assignment:
    """Put a worker on a person's care; a new lead makes the lead before her a member.

    `conflict`: the answer to "is this worker a relative, a neighbour or otherwise involved?". A declared conflict of
    somebody else is taken from a supervisor only, with a note why and that the person agreed; it holds until a
    supervisor lifts it, and only a supervisor puts somebody on her care again of whom one stands.

    Raises:
        ConflictOfInterest, NotAWorker, ReasonMissing, FileClosed: see `problems`.
    """
    file = shapes.locked(person)
    if file.status != "active":
        raise FileClosed()
    _check_worker(file, user)
    current = Assignment.objects.filter(person_id=person, until__isnull=True)
    row = current.filter(user_id=user).first()
    conflicts.check(by, user, conflict, conflict_note)
    fresh = row is None
    if fresh and by.duty != "supervisor" and conflicts.stands(person, user):
        raise ConflictOfInterest()
    row = row or Assignment(person_id=person, user_id=user, role="member", since=clock.now())
    conflicts.put(by, row, conflict, conflict_note)
    if role == "lead":
        for lead in current.filter(role="lead").exclude(user_id=user):
            lead.role = "member"
            lead.save()
    row.role = role
    row.save()
    if fresh:
        workers_changed(person)
    if fresh and user != by.id:
        tell(by=by, user=user, kind="people.given", place=person)
    return row


def _check_worker(file: Person, user: UUID) -> None:
    hidden = HiddenFrom.objects.filter(person=file, user_id=user, lifted_at__isnull=True).exists()
    if hidden or user not in {worker.user for worker in workers.workers_for(file)}:
        raise NotAWorker()


@action("people.end_assignment", access=ASSIGN, target=shapes.of_person)
def end_assignment(*, by: Actor, person: UUID, user: UUID) -> Assignment:
    """End a worker's care for a person from now on. Raises `Absent` when she is not assigned."""
    shapes.locked(person)
    return _end(person, user)


def _end(person: UUID, user: UUID) -> Assignment:
    current = Assignment.objects.filter(person_id=person, user_id=user, until__isnull=True).first()
    if current is None:
        raise Absent()
    current.until = clock.now()
    current.save()
    workers_changed(person)
    return current


@action("people.say_conflict", access=SAY_CONFLICT, target=shapes.of_person)
def say_conflict(
    *, by: Actor, person: UUID, conflict: Literal["none", "declared"], conflict_note: shapes.Line = ""
) -> Assignment:
    """Whoever works with a person says of herself whether she is a relative, a neighbour or otherwise involved. A yes
    stands until a supervisor lifts it."""
    shapes.locked(person)
    row = Assignment.objects.filter(person_id=person, user_id=by.id, until__isnull=True).first()
    if row is None:
        raise Absent()
    conflicts.put(by, row, conflict, conflict_note)
    row.save()
    return row


@action("people.hide_from", access=HIDE, target=shapes.of_person)
def hide_from(*, by: Actor, person: UUID, user: UUID, reason: shapes.Line = "") -> HiddenFrom:
    """From now on the person does not exist for this user: not in lists, counts, searches or alerts.

    That holds for every file that was joined with hers. If the user worked with her, that ends. Nobody can hide a
    person from herself and so lose sight of the care.
    """
    shapes.locked(person)
    if user == by.id or not get_user_model().objects.filter(pk=user).exists():
        raise NotAWorker()
    made = {file: _hide(file, user, reason) for file in all_files_of(person)}  # joined perhaps a moment ago
    return made[person]


def _hide(file: UUID, user: UUID, reason: str) -> HiddenFrom:
    if Assignment.objects.filter(person_id=file, user_id=user, until__isnull=True).exists():
        _end(file, user)
    known = HiddenFrom.objects.filter(person_id=file, user_id=user, lifted_at__isnull=True).first()
    if known is not None:
        if known.came_from_id is not None:  # said of this file itself now: it stays when the files are separated
            known.came_from_id = None
            known.save()
        return known
    made = HiddenFrom(person_id=file, user_id=user, since=clock.now())
    made.seal("reason", reason or None)
    made.save()
    return made


@action("people.unhide", access=UNHIDE, target=shapes.of_person)
def unhide(*, by: Actor, person: UUID, user: UUID) -> HiddenFrom:
    """Lift a "do not show to", of every file that was joined with hers. Raises `Absent` when there is none."""
    shapes.locked(person)
    rows = HiddenFrom.objects.filter(person_id__in=files_of(person), user_id=user, lifted_at__isnull=True)
    current = list(rows)
    if all(one.person_id != person for one in current):
        raise Absent()
    for one in current:
        one.lifted_at = clock.now()
        one.save()
    return next(one for one in current if one.person_id == person)
