"""Supervision as the reader may see it: held by her, of her, or by a supervisor whom she supervises."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from karama.accounts.queries import aliases_of, staff_at
from karama.care import targets
from karama.care.access import ASKED_ABOUT, READ_SUPERVISION, REVIEW_ALERT, SEE_EPISODES
from karama.care.asking import opens
from karama.care.models import AlertReview, SupervisionHeld, SupervisionPerson, SupervisionSeat, SupervisionTask
from karama.care.queries.files import clinical_words, living_rows
from karama.care.supervised import COUNTS_FOR, above, below, closer_of, known_to_all
from karama.journal import Absent, Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.access import purpose_of
from karama.people.joined import last_file
from karama.people.models import Assignment, Person
from karama.rules.classes import CARE_DUTIES
from karama.rules.competency import Rated, Standing, standings
from karama.rules.permission import permit
from karama.safety.models import Alert
from karama.safety.queries import AlertPage, alert_page
from karama.ui.bidi import isolate_plain

MOST = 200


@dataclass(frozen=True)
class ReviewShown:
    """What a supervisor said of a closed alert."""

    decision: str
    who: str
    at: datetime
    words: str


@dataclass(frozen=True)
class AlertToReview:
    """A closed alert that is read once more. `may`: the reader may say something of it now. `plain`: others can read
    what she asks, as its closer opens no clinical words."""

    alert: AlertPage
    may: bool
    reviews: list[ReviewShown]
    plain: bool


@dataclass(frozen=True)
class HeldLine:
    """A supervision in a list. `who`: the other side by alias; `waits`: the reader has not said yet how she sees it."""

    id: UUID
    on: date
    mode: str
    who: tuple[str, ...]
    mine: bool
    waits: bool


@dataclass(frozen=True)
class TaskShown:
    """Something agreed."""

    id: UUID
    held: UUID
    who: str
    mine: bool
    due_on: date
    done_on: date | None
    words: str


@dataclass(frozen=True)
class SeatShown:
    """One colleague who was supervised, and what she said of it. `answered`: agrees or differs, empty: not yet."""

    id: UUID
    who: str
    own: bool
    answered: str
    words: str


@dataclass(frozen=True)
class HeldShown:
    """One supervision. `people`: (person, code) of those whom the reader may see; `hidden`: there were others."""

    row: SupervisionHeld
    by: str
    seats: list[SeatShown]
    ratings: Mapping[str, str]
    people: list[tuple[UUID, str]]
    tasks: list[TaskShown]
    words: str


def supervisions_of(by: Actor) -> list[HeldLine]:
    """What the reader held or sat in, and what supervisors held whom she supervises, the newest first."""
    if by.duty not in CARE_DUTIES:
        return []
    authors = {by.id, *(below(by.id) if by.duty == "supervisor" else ())}
    near = Q(author_id__in=authors) | Q(seats__user_id=by.id)
    rows = list(SupervisionHeld.objects.filter(near).distinct().order_by("-occurred_on", "-id")[:MOST])
    seats = list(SupervisionSeat.objects.filter(held__in=rows).select_related("answer"))
    names = aliases_of({one.author_id for one in rows} | {one.user_id for one in seats})
    found = []
    for row in rows:
        sat = [one for one in seats if one.held_id == row.id]
        own = next((one for one in sat if one.user_id == by.id), None)
        others = [row.author_id] if own is not None else [one.user_id for one in sat]
        told = tuple(names.get(one, "") for one in others)
        waits = own is not None and getattr(own, "answer", None) is None
        found.append(HeldLine(row.id, row.occurred_on, row.get_mode_display(), told, row.author_id == by.id, waits))
    return found


def supervision_held(by: Actor, held: UUID) -> HeldShown:
    """One supervision. Raises `Absent`."""
    row = SupervisionHeld.objects.filter(pk=held).first()
    seats = list(SupervisionSeat.objects.filter(held_id=held).select_related("answer").order_by("id"))
    # One that does not exist costs what one that is not hers costs.
    over = above(row.author_id if row is not None else by.id) if by.duty == "supervisor" else frozenset()
    if row is None or not _may(by, row, seats, over):
        raise Absent()
    tasks = list(SupervisionTask.objects.filter(held=row).order_by("due_on", "id"))
    names = aliases_of({row.author_id, *(one.user_id for one in seats), *(one.owner_id for one in tasks)})
    people = living_rows(SupervisionPerson.objects.filter(held=row), by=by, policy=SEE_EPISODES)
    only = row.author_id != by.id and by.id in {one.user_id for one in seats}
    return HeldShown(
        row=row,
        by=names.get(row.author_id, ""),
        seats=[_seat(by, one, names, quiet=only) for one in seats],
        ratings=(seats[0].unseal("ratings") or {}) if len(seats) == 1 else {},
        people=[(last_file(one.person).id, last_file(one.person).code) for one in people.select_related("person")],
        tasks=[_task(by, one, names) for one in tasks],
        words=row.text_of("words"),
    )


def _may(by: Actor, row: SupervisionHeld, seats: Collection[SupervisionSeat], over: frozenset[UUID]) -> bool:
    target = {
        "author": row.author_id,
        "supervised": frozenset(one.user_id for one in seats),
        "above": over,
    }
    return permit(READ_SUPERVISION, by.attributes(), target, purpose_of(by), clock.now()).allowed


def _seat(by: Actor, one: SupervisionSeat, names: Mapping[UUID, str], *, quiet: bool) -> SeatShown:
    """`quiet`: of what another colleague said about it, somebody who was supervised beside her reads nothing."""
    own = one.user_id == by.id
    answer = getattr(one, "answer", None)
    if answer is None or (quiet and not own):
        return SeatShown(one.id, names.get(one.user_id, ""), own, "", "")
    said = "agrees" if answer.agrees else "differs"
    return SeatShown(one.id, names.get(one.user_id, ""), own, said, answer.text_of("words"))


def _task(by: Actor, one: SupervisionTask, names: Mapping[UUID, str]) -> TaskShown:
    owner = names.get(one.owner_id, "")
    return TaskShown(one.id, one.held_id, owner, one.owner_id == by.id, one.due_on, one.done_on, one.text_of("words"))


def supervision_tasks(by: Actor) -> list[TaskShown]:
    """What was agreed in supervision and the reader does: what is open, the most urgent first."""
    if by.duty not in CARE_DUTIES:
        return []
    rows = SupervisionTask.objects.filter(owner_id=by.id, done_on__isnull=True).order_by("due_on", "id")[:MOST]
    return [_task(by, one, {by.id: by.name}) for one in rows]


@asks
def supervision_days(by: Actor) -> Asks[list[tuple[UUID, date]]]:
    """(supervision, day) of what the reader still has to do; no word of it is opened."""
    if by.duty not in CARE_DUTIES:
        return []
    return list((yield _own_days.later(by.id)))


@readymade
def _own_days(owner: UUID) -> QuerySet[Any]:
    rows = SupervisionTask.objects.filter(owner_id=owner, done_on__isnull=True).order_by("due_on", "id")
    return rows.values_list("held_id", "due_on")[:MOST]


@asks
def last_supervised(by: Actor, users: Collection[UUID]) -> Asks[dict[UUID, date]]:
    """When the reader supervised these colleagues last; whoever never was is not in it."""
    return dict((yield _last_days.later(by, list(users))))


@readymade
def _last_days(by: Actor, users: list[UUID]) -> QuerySet[Any]:
    rows = SupervisionSeat.objects.filter(user_id__in=users, held__author_id=by.id).values("user_id")
    return rows.annotate(last=Max("held__occurred_on")).values_list("user_id", "last")


@asks
def harm_seen(by: Actor, users: Collection[UUID]) -> Asks[list[tuple[UUID, Standing]]]:
    """Skills of these colleagues that could do harm, as the reader herself saw them last: (colleague, skill)."""
    rated: dict[UUID, list[Rated]] = {}
    for one in (yield _rated_seats.later(by, list(users), clock.day_in_utc() - COUNTS_FOR)):
        told = one.unseal("ratings") or {}
        rated.setdefault(one.user_id, []).extend(
            Rated(skill, level, one.held.occurred_on) for skill, level in told.items()
        )
    return [(user, one) for user, seen in rated.items() for one in standings(seen) if one.harmful_since is not None]


@readymade
def _rated_seats(by: Actor, users: list[UUID], since: date) -> QuerySet[SupervisionSeat, SupervisionSeat]:
    return SupervisionSeat.objects.filter(
        user_id__in=users, held__author_id=by.id, held__occurred_on__gte=since, ratings__isnull=False
    ).select_related("held")


def who_to_supervise(by: Actor, user: UUID, asked: str = "") -> tuple[UUID, list[tuple[str, str]]]:
    """(site, everybody in care there but the reader as (id, alias)), the colleague first. `asked`: which site, where
    there are several. Raises `Absent`.
    """
    if by.duty != "supervisor" or user == by.id:
        raise Absent()
    for site in sorted(one for one in by.sites if not asked or str(one) == asked):
        there = {one: alias for one, alias, _duty in staff_at(by, site, CARE_DUTIES) if one != by.id}
        if user in there:
            first = {user: there.pop(user)}
            return site, [(str(one), alias) for one, alias in (first | there).items()]
    raise Absent()


def people_to_speak_of(by: Actor, site: UUID, user: UUID) -> list[tuple[str, str]]:
    """(id, code) of whoever is on a colleague's caseload at a site and whom both may see."""
    working = Assignment.objects.filter(user_id=user, until__isnull=True, person__site_id=site)
    known = known_to_all(by, site, [user], list(working.values_list("person_id", flat=True)))
    rows = Person.objects.filter(pk__in=known).order_by("code").values_list("id", "code")
    return [(str(person), isolate_plain(code)) for person, code in rows[:MOST]]


def alert_to_review(by: Actor, closed: UUID) -> AlertToReview:
    """A closed alert, for a supervisor who may answer it and for whoever closed it. Raises `Absent`."""
    target, now = targets.of_closed_alert(by=by, closed=closed), clock.now()
    may = permit(REVIEW_ALERT, by.attributes(), target, "safety", now).allowed
    if not may and not permit(ASKED_ABOUT, by.attributes(), target, "safety", now).allowed:
        raise Absent()
    alert = alert_page(by, closed)
    rows = list(AlertReview.objects.filter(alert=closed).order_by("recorded_at"))
    names = aliases_of({one.author_id for one in rows})
    closing = [one.at for one in alert.events if one.what == "closed"]
    read = bool(rows and closing and rows[-1].recorded_at >= closing[-1])
    reviews = [
        ReviewShown(one.decision, names.get(one.author_id, ""), one.recorded_at, clinical_words(by, one, "words"))
        for one in rows
    ]
    says = may and alert.line.state == "closed" and not read
    return AlertToReview(alert, says, reviews, says and _asked_plainly(closed))


def _asked_plainly(closed: UUID) -> bool:
    alert = Alert.objects.get(pk=closed)
    step = closer_of(alert)
    return step is not None and opens(step.author_id, "alert", closed, alert.person_id) is False


@asks
def reviewed_since(closed: Mapping[UUID, datetime]) -> Asks[set[UUID]]:
    """Of these alerts (id -> when it was closed), those that were read once more since."""
    return {alert for alert, at in (yield _read_again.later(list(closed))) if at >= closed[alert]}


@readymade
def _read_again(alerts: list[UUID]) -> QuerySet[Any]:
    return AlertReview.objects.filter(alert__in=alerts).values_list("alert", "recorded_at")
