"""Asking after somebody who did not come: opened by the missed appointment, tried by agreed ways, ended with why."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from karama.accounts.queries.answering import colleagues_at
from karama.journal import Actor, action, clock
from karama.journal.access_log import opening_all
from karama.notices.actions import tell
from karama.notices.queries import is_silent
from karama.notices.registries import Colleague
from karama.people.actions import shapes
from karama.people.joined import all_files_of, file_that_remains, files_of
from karama.people.models import Assignment, HiddenFrom, Person
from karama.people.reaching import channels_of
from karama.programme.days import day_at, zone_of
from karama.reception import fitting
from karama.reception.access import CARE
from karama.reception.actions.knowing import known_of
from karama.reception.models import Appointment, FollowUp, FollowUpTry
from karama.reception.problems import EndedAlready, NotThisHour, NotThisWay, ReasonNeeded, TryFirst
from karama.reception.targets import of_follow_up
from karama.rules.messages import next_safe_moment, safe_hours
from karama.rules.missed import agreed_ways, asked_after_within
from karama.rules.risk import Worry
from karama.safety.actions import raise_worry
from karama.safety.queries.standing_open import not_closed
from karama.safety.standing import around_of

LEAST_TRIES, LEAST_DAYS = 2, 2


def open_follow_up(by: Actor, row: Appointment) -> FollowUp | None:
    """The task of one colleague; none after a death. Called inside the action that notes that somebody did not come."""
    person = file_that_remains(row.person_id)
    if any(is_silent(file) for file in files_of(person)):
        return None
    made = FollowUp.objects.filter(appointment=row).first() or FollowUp(appointment=row)
    made.person_id = person
    made.worker_id = responsible_for(row)
    made.due_at = clock.now() + asked_after_within(known_of(person))
    made.ended, made.ended_at = "", None
    made.save()
    tell_near(by, person, made.worker_id, "reception.missed", made.id)
    return made


def carry_task(by: Actor, task: FollowUp, into: UUID) -> None:
    """An open task goes along when files are joined, to a colleague who reaches the file that remains. What was tried
    stays with the words as they were sealed."""
    task.person_id = into
    near = Assignment.objects.filter(person_id=into, user_id=task.worker_id, until__isnull=True).exists()
    if not near or task.worker_id in kept_apart(into):
        task.worker_id = responsible_for(task.appointment)
        tell_near(by, into, task.worker_id, "reception.missed", task.id)
    task.save()


def hidden_from(person: UUID) -> set[UUID]:
    """For whom any file of this person is not to be seen."""
    kept_away = HiddenFrom.objects.filter(person_id__in=files_of(person), lifted_at__isnull=True)
    return set(kept_away.values_list("user_id", flat=True))


def kept_apart(person: UUID) -> set[UUID]:
    """Who does not ask after this person: for whom she is not to be seen, and from whom an open alert about her is
    kept, because she is accused in it or related."""
    files = all_files_of(person)
    around = around_of(list(not_closed(historic=False).filter(person_id__in=files)))
    return hidden_from(person).union(*(one.barred for one in around.values()))


def tell_near(by: Actor, person: UUID, user: UUID, kind: str, place: UUID) -> None:
    """Tell a colleague something about a person, unless it is her own doing or the person is hidden from her."""
    if user != by.id and user not in hidden_from(person):
        tell(by=by, user=user, kind=kind, place=place)


def tell_interpreter(by: Actor, row: Appointment, kind: str) -> None:
    """Tell whoever interprets an appointment, in the same way. Whose it is, stands nowhere."""
    if row.interpreter is not None:
        tell_near(by, row.person_id, row.interpreter.user_id, kind, row.id)


def colleague_for(source: UUID) -> Colleague | None:
    """Who learns that a reminder did not arrive; whether its appointment is with somebody the person is hidden from."""
    row = Appointment.objects.filter(pk=source).first()
    if row is None:
        return None
    return Colleague(responsible_for(row), row.worker_id in hidden_from(row.person_id))


def responsible_for(row: Appointment) -> UUID:
    """Who leads her care, else the colleague she was to meet, else who works with her, else a supervisor; of the file
    that remains, where hers was joined with another. Never somebody from whom an open alert about her is kept."""
    file = Person.objects.get(pk=file_that_remains(row.person_id))
    sites = list(dict.fromkeys(site for site in (file.site_id, row.site_id) if site is not None))
    able = {user for site in sites for user, _alias in colleagues_at(site, clock.now())} - kept_apart(file.id)
    working = Assignment.objects.filter(person_id=file.id, until__isnull=True).order_by("since", "id")
    leads = [one.user_id for one in working if one.role == "lead"]
    assigned = [one.user_id for one in working]
    first = [*leads, *([row.worker_id] if row.worker_id in assigned else []), *assigned]
    for user in [*first, *(user for site in sites for user in fitting.supervisors_of(site))]:
        if user in able:
            return user
    return row.worker_id


def end_follow_up(appointment: UUID, ended: str) -> None:
    """End what is open about an appointment. Called inside an action."""
    for row in FollowUp.objects.filter(appointment_id=appointment, ended=""):
        finish(row, ended)


def finish(row: FollowUp, ended: str) -> None:
    """Write down what came of it."""
    row.ended, row.ended_at = ended, clock.now()
    row.save()


def _held(follow_up: UUID) -> FollowUp:
    row = FollowUp.objects.select_for_update(of=("self",)).select_related("person").get(pk=follow_up)
    if row.ended:
        raise EndedAlready()
    return row


@action("reception.record_try", access=CARE, target=of_follow_up)
def record_try(
    *,
    by: Actor,
    follow_up: UUID,
    way: Literal["call", "message", "via_person", "in_person"],
    result: Literal["not_reached", "well", "stops", "worry"],
    safe_now: bool = False,
    kind: Worry | Literal[""] = "",
    words: shapes.Words = "",
) -> FollowUpTry:
    """Write down one try, by a way and in an hour the person agreed to. Who is worried raises a worry with it, and no
    way and no hour refuses that: they spoke, and somebody may be in danger.

    `safe_now`: where her hours are in words, the colleague has read them. Raises NotThisWay, NotThisHour,
    EndedAlready. ReasonNeeded: a worry without its kind.
    """
    row = _held(follow_up)
    if result != "worry":
        check_way(row.person_id, way)
        if way != "in_person":
            check_hour(row, safe_now)
    if result == "worry" and not kind:
        raise ReasonNeeded("kind")
    made = FollowUpTry(person_id=row.person_id, follow_up=row, way=way, result=result)
    made.seal("words", words or None)
    made.save()
    if result == "worry":
        raise_worry(by=by, kind=kind, person=row.person_id, words=words)
    if result != "not_reached":
        finish(row, result)
    return made


def check_way(person: UUID, way: str) -> None:
    """Raises NotThisWay unless every file of the person agreed to it."""
    if way not in agreed_ways([one.channel for one in channels_of(person)]):
        raise NotThisWay()


def check_hour(row: FollowUp, safe_now: bool) -> None:
    """Raises NotThisHour outside the hours of any file of the person, and at night when she named none."""
    rules = channels_of(row.person_id)
    opening_all([one.person_id for one in rules])
    now = clock.now().astimezone(zone_of(row.person.site_id))
    for one in rules:
        hours = safe_hours(str(one.unseal("safe_hours") or ""))
        if hours is None:
            if not safe_now:
                raise NotThisHour()
        elif next_safe_moment(now, hours) != now:
            raise NotThisHour()


@action("reception.give_up_following", access=CARE, target=of_follow_up)
def give_up_following(*, by: Actor, follow_up: UUID) -> FollowUp:
    """Nobody was reached: after two tries on two days, or because no safe way was agreed. Supervisors are told.

    Raises TryFirst, EndedAlready.
    """
    row = _held(follow_up)
    ways = agreed_ways([one.channel for one in channels_of(row.person_id)])
    days = {day_at(row.person.site_id, one.recorded_at) for one in FollowUpTry.objects.filter(follow_up=row)}
    tried = FollowUpTry.objects.filter(follow_up=row).count()
    none_agreed = ways == ("in_person",)
    if not none_agreed and (tried < LEAST_TRIES or len(days) < LEAST_DAYS):
        raise TryFirst()
    finish(row, "no_way" if none_agreed else "not_reached")
    for user in fitting.supervisors_of(row.person.site_id):
        tell_near(by, row.person_id, user, "reception.not_reached", row.id)
    return row
