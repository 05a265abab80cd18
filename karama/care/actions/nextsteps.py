"""What a session or a visit left to do becomes something: a line for the supervisor, for who refers, for who books.

A line ends when it was done, when its writer says that it is not needed, or when the session is corrected.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any, Final, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from karama.care import targets
from karama.care.access import CLINICAL, MEDICINE_READERS, NEXT_STEP
from karama.care.days import today_of
from karama.care.models import NextStep, NurseVisit, Session
from karama.care.problems import StepSettled
from karama.journal import Actor, action
from karama.people.joined import all_files_of, file_that_remains
from karama.people.models import Assignment, Person
from karama.people.workers import workers_for

LEFT: Final = ("discuss", "refer", "sooner")
"""The next steps that leave something to do; to go on as planned, and towards the end, leave nothing."""

DONE_BY_ONE: Final = ("refer", "sooner")
"""Those that one colleague does; what is to be discussed stands on the supervisor's page, whosever it is."""

DOES: Final = frozenset({*CLINICAL, "social_worker"})
"""The duties on whose Today a next step stands."""

TOO_LATE: Final = timedelta(days=60)
"""A session that is written down so much later, from a sheet, leaves nothing to do."""


def leave_step(row: Session | NurseVisit, step: str, user: UUID) -> NextStep | None:
    """What a session or a visit to the nurse leaves to do, for this colleague. Said again, the older line ends. Called
    inside an action."""
    if step not in LEFT or today_of(row.person_id) - row.occurred_on > TOO_LATE:
        return None
    _end(NextStep.objects.filter(person_id=row.person_id, user_id=user, step=step, ended=""), "again")
    made = NextStep(
        person_id=row.person_id,
        episode_id=row.episode_id if isinstance(row, Session) else None,
        step=step,
        user_id=user,
        since_on=row.occurred_on,
        **_said_in(row),
    )
    made.save()
    return made


def _said_in(row: Session | NurseVisit) -> dict[str, Any]:
    return {"session": row} if isinstance(row, Session) else {"visit": row}


def follow_correction(
    old: Session | NurseVisit, new: Session | NurseVisit, before: str, after: str, writer: UUID
) -> None:
    """What a corrected session or visit leaves to do: the same line goes on with the newer version, another one begins.
    What was dealt with already stays so, as long as the same is said. It is for whoever wrote it first, if she still
    works with the person."""
    if before == after:
        for held in NextStep.objects.filter(**_said_in(old)):
            (name, value), *_none = _said_in(new).items()
            setattr(held, name, value)
            held.save()
        return
    _end(NextStep.objects.filter(**_said_in(old), ended=""), "corrected")
    works = Assignment.objects.filter(person_id=file_that_remains(new.person_id), user_id=writer, until__isnull=True)
    leave_step(new, after, writer if works.exists() else new.author_id)


def refers_herself(by: Actor, person: UUID) -> None:
    """Whoever said that somebody is to be referred has prepared a referral: her line ends. Nobody else's does: that
    there is a referral is not told to who may not see it. Called inside an action of the room of referrals."""
    files = all_files_of(person)
    _end(NextStep.objects.filter(person_id__in=files, user_id=by.id, step="refer", ended=""), "settled")


def hand_on(files: Iterable[UUID], user: UUID, to: UUID, steps: Collection[str] = LEFT) -> None:
    """What a colleague was still to do goes on with whoever takes her work over; what a visit to the nurse left, only
    with who opens visits. Called inside an action."""
    if user == to:
        return
    rows = NextStep.objects.filter(person_id__in=files, user_id=user, ended="", step__in=steps)
    for held in rows.order_by("id"):
        if held.visit_id is not None and to not in there(held.person_id, MEDICINE_READERS):
            continue
        same = NextStep.objects.filter(person_id=held.person_id, user_id=to, step=held.step, ended="")
        if same.exists():
            _end([held], "again")
            continue
        held.user_id = to
        held.save()


def pass_on(*, person: UUID) -> None:
    """What somebody was to do who works with the person no more goes on with whoever leads now, else with who has
    worked with them longest: what a visit to the nurse left, with who of them opens visits. Where nobody is left it
    stays, and stands on the supervisor's page.

    Called inside an action.
    """
    files = all_files_of(person)
    rows = NextStep.objects.filter(person_id__in=files, ended="", step__in=DONE_BY_ONE)
    behind = set(left_behind(rows, files).values_list("user_id", flat=True))
    for duties in (DOES, MEDICINE_READERS) if behind else ():
        to = who_stays(files, duties)
        if to is not None:
            for user in sorted(behind):
                hand_on(files, user, to, DONE_BY_ONE)


def keep_after_closing(episode: UUID, to: UUID) -> None:
    """What sessions of an episode that closes left to do goes on with whoever takes over. Called inside an action."""
    for held in NextStep.objects.filter(episode_id=episode, ended="", step__in=DONE_BY_ONE):
        held.episode_id = None
        held.save()
        hand_on([held.person_id], held.user_id, to, DONE_BY_ONE)


def left_behind(rows: QuerySet[Any, Any], files: list[UUID]) -> QuerySet[Any, Any]:
    """Those of these rows about one person whose owner (`user`) worked with the person and does no more, or may not
    sign in. `files`: all of this person, the one that remains first."""
    theirs = Assignment.objects.filter(person_id__in=files, user=OuterRef("user"))
    gone = Exists(theirs) & ~Exists(theirs.filter(person_id=files[0], until__isnull=True))
    return rows.filter(Q(gone) | Q(user__is_active=False))


def there(person: UUID, duties: Collection[str]) -> set[UUID]:
    """Who holds one of these duties where the person is met."""
    file = Person.objects.get(pk=file_that_remains(person))
    return {one.user for one in workers_for(file) if one.duty in duties}


def who_stays(files: list[UUID], duties: Collection[str]) -> UUID | None:
    """Of those who hold one of these duties there and work with the person: who leads, else who has longest."""
    rows = Assignment.objects.filter(person_id=files[0], until__isnull=True, user_id__in=there(files[0], duties))
    found = sorted(rows.values_list("role", "since", "user_id"), key=lambda one: (one[0] != "lead", one[1], one[2]))
    return found[0][2] if found else None


def of_step(*, by: Actor, left_step: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about what a session left to do."""
    row = NextStep.objects.filter(pk=left_step).values("person_id", "user_id").first()
    return {**targets.present_file(by, row["person_id"]), "worker": row["user_id"]} if row is not None else {}


@action("care.settle_next_step", access=NEXT_STEP, target=of_step)
def settle_next_step(*, by: Actor, left_step: UUID, how: Literal["discussed", "settled"]) -> NextStep:
    """It was discussed, or is settled: done another way, or not needed.

    Raises:
        StepSettled: it is open no more, or this is no answer to it.
    """
    row = NextStep.objects.select_for_update(of=("self",)).get(pk=left_step)
    if row.ended or (how == "discussed") != (row.step == "discuss"):
        raise StepSettled()
    _end([row], how)
    return row


def _end(rows: Iterable[NextStep], how: str) -> None:
    for row in rows:
        row.ended, row.ended_on = how, max(today_of(row.person_id), row.since_on)
        row.save()
