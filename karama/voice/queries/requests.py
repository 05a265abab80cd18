"""What people asked for about their own records, as the reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, cast
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.access import ATTRIBUTES, purpose_of, rows_near
from karama.people.joined import all_files_of, files_of, last_file
from karama.people.models import Person
from karama.people.queries import fields_of, person_in_reach
from karama.people.tongues import own_language
from karama.programme.days import today_at
from karama.rules import rights as law
from karama.rules.permission import Policy
from karama.voice.access import COPY, DECIDE, SEE
from karama.voice.models import PortableCopy, RequestStep, Restriction, RightsRequest
from karama.voice.problems import NotNow
from karama.voice.queries.guardians import GuardianAsks, guardian_of, topics_of
from karama.voice.readable import Section, gathered
from karama.voice.standing import steps_of, with_state

LAST_FILE = ("person", "person__merged_into", "person__merged_into__merged_into")
"""Where the file that remains of a person stands: hers, or the one into which it was joined, once or twice."""


@dataclass(frozen=True)
class RequestLine:
    """One request in a list. `left`: days until the end of its clock, below zero when overdue; None when it is over."""

    id: UUID
    person: UUID
    code: str
    right: str
    state: str
    received_on: date
    due_on: date
    left: int | None
    grade: str


@dataclass(frozen=True)
class StepShown:
    """One step of a request. `words` as far as the reader's compartments open them."""

    state: str
    at: datetime
    duty: str
    reason: str
    words: str


@dataclass(frozen=True)
class RequestPage:
    """One request with its steps, and which steps may follow."""

    line: RequestLine
    checked: str
    duty: str
    note: str
    steps: list[StepShown]
    following: tuple[str, ...]
    resting: bool
    guardian: GuardianAsks | None = None


@dataclass(frozen=True)
class Copy:
    """The readable copy in one language. `topics`: what it is cut to, for a guardian; None: whole, for the person."""

    code: str
    person: UUID
    request: UUID
    right: str
    language: str
    sections: list[Section]
    topics: frozenset[str] | None = None


def requests_of(by: Actor, person: UUID) -> list[RequestLine]:
    """Everything a person asked for, the newest first, joined files included. Raises `Absent`."""
    found = person_in_reach(by, person, SEE)
    rows = with_state(RightsRequest.objects.filter(person_id__in=files_of(found.id))).select_related("person")
    return [_line(one) for one in rows.order_by("-received_on", "-recorded_at")]


def open_requests(by: Actor) -> list[RequestLine]:
    """What the officer still has to see to, the oldest first, also what was asked in a file that was joined since.
    One query."""
    return [_line(one) for one in _still_open(by)]


@readymade
def _still_open(by: Actor) -> QuerySet[RightsRequest, RightsRequest]:
    rows = with_state(RightsRequest.objects.select_related("person__merged_into__merged_into"))
    near = [rows_near(RightsRequest.objects.all(), by=by, policy=DECIDE, path=path).values("pk") for path in LAST_FILE]
    seen = rows.filter(reduce(or_, (Q(pk__in=one) for one in near)), state__in=law.OPEN_STATES)
    return cast(QuerySet[RightsRequest, RightsRequest], seen.order_by("received_on", "recorded_at"))


def request_page(by: Actor, rights: UUID) -> RequestPage:
    """One request. Raises `Absent`: nobody's, or not in reach: one answer."""
    row, person = request_in_reach(by, rights, SEE)
    note = fields_of(by, row, ("note",)).get("note") or ""
    steps = [_step(by, one) for one in steps_of(row)]
    line = _line(row)
    return RequestPage(
        line=line,
        checked=row.checked,
        duty=row.author_duty,
        note=note,
        steps=steps,
        following=law.steps_after(row.right, line.state),
        resting=Restriction.objects.filter(person_id__in=all_files_of(row.person_id), lifted_at__isnull=True).exists(),
        guardian=guardian_of(by, row, person),
    )


def request_in_reach(by: Actor, rights: UUID, policy: Policy) -> tuple[Any, Person]:
    """A request with its `state` and the file that remains of its person. Raises `Absent`."""
    row = with_state(RightsRequest.objects.filter(pk=rights)).select_related("person__merged_into", "guardian").first()
    person = person_in_reach(by, last_file(row.person).id if row is not None else rights, policy)
    if row is None:
        raise Absent()
    return row, person


def copy_page(by: Actor, rights: UUID, *, language: str = "", otherwise: str = "en") -> Copy:
    """The readable copy of whoever asked for one and was granted it.

    Raises:
        Absent: not in reach. NotNow: not asked for, or not granted. WhichGuardian, GuardianMayNot: see `topics_of`.
    """
    row, person = request_in_reach(by, rights, COPY)
    if row.right not in ("access", "portability") or row.state not in ("granted", "partly"):
        raise NotNow()
    languages = fields_of(by, person, ("languages",)).get("languages") or ()
    chosen = own_language((language, *languages) if language else languages, otherwise)
    topics = topics_of(by, row, person)
    told = gathered(by, person.id, chosen, topics)
    return Copy(person.code, person.id, row.id, row.right, chosen, told, topics)


def file_of(by: Actor, copy: UUID) -> Any:
    """The content of a file, for whoever made it, within its day. Raises `Absent`."""
    row = PortableCopy.objects.filter(pk=copy, author_id=by.id, until__gt=clock.now()).first()
    people = Person.objects.filter(pk=row.person_id if row is not None else copy)
    person = visible_to(
        people,
        by=by,
        policy=COPY,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    ).first()
    if row is None or person is None:
        raise Absent()
    return fields_of(by, row, ("content",)).get("content")


@asks
def resting_since(by: Actor, person: UUID) -> Asks[datetime | None]:
    """Since when the record of a person in reach rests; None when it does not, or nobody may tell."""
    found = yield _resting.later(by, person)
    return found[0].recorded_at if found else None


@readymade
def _resting(by: Actor, person: UUID) -> QuerySet[Restriction, Restriction]:
    rows = Restriction.objects.filter(person_id=person, lifted_at__isnull=True).order_by("id")
    return rows_near(rows, by=by, policy=SEE)[:1]


def _line(row: Any) -> RequestLine:
    running = row.state in law.OPEN_STATES
    file = last_file(row.person)
    today = today_at(file.site_id)
    return RequestLine(
        id=row.id,
        person=file.id,
        code=file.code,
        right=row.right,
        state=row.state,
        received_on=row.received_on,
        due_on=row.due_on,
        left=law.days_left(row.due_on, today) if running else None,
        grade=law.grade(row.due_on, today) if running else "",
    )


def _step(by: Actor, row: RequestStep) -> StepShown:
    words = fields_of(by, row, ("words",)).get("words") or ""
    return StepShown(row.state, row.recorded_at, row.author_duty, row.reason, words)
