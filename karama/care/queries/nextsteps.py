"""What sessions left to do, as far as the reader sees it: for her own Today, the supervisor's page, the conference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from karama.accounts.queries import aliases_of
from karama.care.access import CLINICAL, SESSION
from karama.care.models import Discussed, NextStep, Session, SupervisionPerson
from karama.care.queries.files import deepest, living_rows, with_owner
from karama.journal import Actor
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.notices.queries import silent_among
from karama.people.joined import last_file
from karama.people.models import Assignment, Person
from karama.reception.models import Appointment
from karama.rules.episodes import OPEN_STATES


@dataclass(frozen=True)
class ToDo:
    """What a session or a visit left to do, by code. `step`: discuss, refer or sooner; `who`: who is to do it; `own`:
    whether the reader wrote that session or visit herself."""

    id: UUID
    session: UUID | None
    visit: UUID | None
    episode: UUID | None
    person: UUID
    code: str
    step: str
    who: str
    since: date
    own: bool


@asks
def to_discuss(by: Actor) -> Asks[list[ToDo]]:
    """What colleagues want to discuss with the supervisor, the oldest first: until it was discussed with the writer in
    a supervision, or decided in a meeting, or somebody says that it was."""
    if by.duty != "supervisor":
        return []
    return (yield from _shown(by, _for_supervisor.later(by, (yield from deepest.asking()))))


@asks
def steps_to_do(by: Actor) -> Asks[list[ToDo]]:
    """Whom the reader wanted to refer, or to meet sooner, the oldest first: until that is so."""
    if by.duty not in (*CLINICAL, "social_worker"):
        return []
    return (yield from _shown(by, _own.later(by, (yield from deepest.asking()))))


@asks
def steps_left(by: Actor) -> Asks[list[ToDo]]:
    """Whom colleagues wanted to refer, or to meet sooner, who do not work with that person now: the oldest first, for
    the supervisor, until somebody else does it or it is settled."""
    if by.duty != "supervisor":
        return []
    return (yield from _shown(by, _of_nobody.later(by, (yield from deepest.asking()))))


def still_to_do(files: Iterable[UUID]) -> QuerySet[NextStep, NextStep]:
    """Whom somebody still wants to refer, or to meet sooner, in these files: whoever it is. For what is open of a
    person."""
    return _not_done().filter(person__in=list(files)).order_by("since_on", "id")


def _shown(by: Actor, question: Any) -> Asks[list[ToDo]]:
    rows = yield question
    told = [(one, last_file(one.person)) for one in rows]
    dead = yield from silent_among.asking([file.id for _one, file in told])
    names = yield from aliases_of.asking({one.user_id for one in rows})
    return [
        ToDo(
            one.id,
            one.session_id,
            one.visit_id,
            one.episode_id,
            file.id,
            file.code,
            one.step,
            names.get(one.user_id, ""),
            one.since_on,
            _writer(one) == by.id,
        )
        for one, file in told
        if file.id not in dead
    ]


def _writer(one: NextStep) -> UUID | None:
    told = one.session if one.session is not None else one.visit
    return told.author_id if told is not None else None


@readymade
def _for_supervisor(by: Actor, deep: int) -> QuerySet[NextStep, NextStep]:
    return _near(by, _not_discussed().exclude(user_id=by.id), deep)


@readymade
def _own(by: Actor, deep: int) -> QuerySet[NextStep, NextStep]:
    return _near(by, _not_done().filter(user_id=by.id), deep)


@readymade
def _of_nobody(by: Actor, deep: int) -> QuerySet[NextStep, NextStep]:
    """A supervisor's own stands on her own Today."""
    working = Assignment.objects.filter(person=OuterRef("last"), user=OuterRef("user"), until__isnull=True)
    files = ["__".join(["person", *["merged_into"] * times]) for times in range(deep, -1, -1)]
    rows = _not_done().annotate(last=Coalesce(*files, files[-1]))
    nobody = ~Exists(working) | Q(user__is_active=False)
    return _near(by, rows.filter(nobody).exclude(user_id=by.id), deep)


def _not_done() -> QuerySet[NextStep, NextStep]:
    booked = Appointment.objects.filter(person=OuterRef("person"), recorded_at__gt=OuterRef("recorded_at"))
    met = Session.objects.filter(
        person=OuterRef("person"), attended="came", amends__isnull=True, recorded_at__gt=OuterRef("recorded_at")
    )
    soon = Q(step="sooner") & ~Q(Exists(booked.exclude(state="cancelled"))) & ~Q(Exists(met))
    return _open().filter(Q(step="refer") | soon)


def _open() -> QuerySet[NextStep, NextStep]:
    return NextStep.objects.filter(Q(episode__isnull=True) | Q(episode__state__in=OPEN_STATES), ended="")


def _not_discussed() -> QuerySet[NextStep, NextStep]:
    """Open steps to discuss, of which no meeting has decided since, and no supervision with their writer spoken."""
    decided = Discussed.objects.filter(episode=OuterRef("episode"), recorded_at__gt=OuterRef("recorded_at"))
    spoken = SupervisionPerson.objects.filter(
        person=OuterRef("person"), held__seats__user=OuterRef("user"), recorded_at__gt=OuterRef("recorded_at")
    )
    return _open().filter(~Exists(decided), ~Exists(spoken), step="discuss")


def _near(by: Actor, rows: QuerySet[NextStep, NextStep], deep: int) -> QuerySet[NextStep, NextStep]:
    near = living_rows(rows, by=by, policy=SESSION, deep=deep)
    return near.select_related("person", "session", "visit").order_by("since_on", "id")


def asked_in_sessions(episodes: Iterable[UUID]) -> dict[UUID, date]:
    """Of these episodes, which the reader may see, those of which a session says that they are to be discussed: since
    when. For the list of a care conference."""
    found: dict[UUID, date] = {}
    rows = _not_discussed().filter(episode__in=list(episodes)).order_by("-since_on")
    for episode, since in rows.values_list("episode_id", "since_on"):
        found[episode] = since
    return found


def step_of_session(session: UUID) -> NextStep | None:
    """What this version of a session left to do, open or ended. Opens nothing."""
    return NextStep.objects.filter(session=session).order_by("recorded_at").last()


def step_of_visit(visit: UUID) -> NextStep | None:
    """What this version of a visit to the nurse left to do, open or ended. Opens nothing."""
    return NextStep.objects.filter(visit=visit).order_by("recorded_at").last()


def step_page(by: Actor, step: UUID) -> tuple[Person, NextStep]:
    """What a session left to do, for who may open the session. Raises `Absent`."""
    row = NextStep.objects.filter(pk=step).select_related("person").first()
    row, found = with_owner(by, row, step, SESSION)
    return found, row
