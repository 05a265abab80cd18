"""Meetings as the reader may see them: to be written down, put together, and settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from karama.accounts.queries import aliases_of
from karama.groups import curriculum
from karama.groups.access import FACILITATING, SEE, group_at
from karama.groups.merging import Held, held_of
from karama.groups.models import Attendance, Cycle, FidelityItem, GroupMeeting, MeetingRecord
from karama.groups.ties import facilitators_of
from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.knowledge.intervention_cards import Intervention
from karama.people.access import purpose_of
from karama.rules.groups import Difference, contacts

if TYPE_CHECKING:
    from karama.groups.queries.groups import Member

MOST = 400


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list."""

    id: UUID
    number: int
    on: date
    modality: str
    differences: int


@dataclass(frozen=True)
class DifferenceShown:
    """Where two records differ: what, about whom, and what each says: (record, alias, value)."""

    item: str
    person: UUID | None
    code: str
    called: str
    sides: list[tuple[UUID, str, Any]]


@dataclass(frozen=True)
class RecordPage:
    """What a facilitator needs to write a meeting down. `mine`: her own record of it, when there is one."""

    group: UUID
    name: str
    cycle: Cycle
    number: int
    members: list[Member]
    card: Intervention | None
    mine: MeetingRecord | None
    tapped: dict[UUID, str] = field(default_factory=dict)
    answered: dict[str, tuple[str, str]] = field(default_factory=dict)
    done: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeetingPage:
    """One meeting out of all records of it. `states`: person -> state; who is not in it is not recorded.

    `came`, `contacts`: without anybody of whom this reader must not know; `contacts` is None while it is in dispute.
    """

    held: Held
    group: UUID
    name: str
    cycle: Cycle
    members: list[Member]
    states: dict[UUID, str]
    differences: list[DifferenceShown]
    authors: dict[UUID, str]
    card: Intervention | None
    mine: MeetingRecord | None
    leads: bool
    came: int
    contacts: int | None
    words: list[tuple[str, str]]


def line_of(held: Held) -> MeetingLine:
    """A meeting in a list."""
    return MeetingLine(held.meeting.id, held.meeting.number, held.on, held.modality, len(held.result.differences))


def record_page(by: Actor, group: UUID, number: int) -> RecordPage:
    """To write down meeting `number` of the open cycle. Raises `Absent`: not a facilitator of this group."""
    from karama.groups.queries.groups import group_in_reach, roster

    row = group_in_reach(by, group)
    cycle = Cycle.objects.select_related("group").filter(group=row, ended_on__isnull=True).first()
    if cycle is None or by.id not in facilitators_of(row.id) or by.duty not in FACILITATING:
        raise Absent()
    mine = own_record(by, cycle, number)
    tapped = dict(Attendance.objects.filter(record=mine).values_list("person_id", "state")) if mine else {}
    return RecordPage(
        group=row.id,
        name=row.text_of("name"),
        cycle=cycle,
        number=number,
        members=roster(by, cycle, tapped),
        card=curriculum.card_of(cycle.intervention),
        mine=mine,
        tapped=tapped,
        answered={
            item: (answer, why)
            for item, answer, why in FidelityItem.objects.filter(record=mine).values_list("item", "answer", "why")
        }
        if mine
        else {},
        done=tuple(mine.unseal("activities") or ()) if mine else (),
    )


def own_record(by: Actor, cycle: Cycle, number: int) -> MeetingRecord | None:
    """The newest version of what the reader wrote down of a meeting."""
    rows = MeetingRecord.objects.filter(meeting__cycle=cycle, meeting__number=number, author_id=by.id)
    return rows.filter(amended_by__isnull=True).select_related("meeting").first()


def meeting_page(by: Actor, held: UUID) -> MeetingPage:
    """One meeting. Raises `Absent`."""
    from karama.groups.queries.groups import roster

    row = _visible(by, GroupMeeting.objects.filter(pk=held)).select_related("cycle__group__site").first()
    if row is None:
        raise Absent()
    cycle, found = row.cycle, held_of([row])[0]
    authors = aliases_of({one.author_id for one in (*found.records, *found.observed)})
    spoken_of = {*found.result.attendance, *(one.person for one in found.result.differences if one.person)}
    members = roster(by, cycle, spoken_of)
    known = {one.person: one for one in members}
    records = {one.id: authors.get(one.author_id, "") for one in found.records}
    mine = [one for one in (*found.records, *found.observed) if one.author_id == by.id]
    return MeetingPage(
        held=found,
        group=cycle.group_id,
        name=cycle.group.text_of("name"),
        cycle=cycle,
        members=members,
        states={person: state for person, state in found.result.attendance.items() if person in known},
        differences=[
            _difference(one, known, records)
            for one in found.result.differences
            if one.person is None or one.person in known
        ],
        authors={one.id: authors.get(one.author_id, "") for one in (*found.records, *found.observed)},
        card=curriculum.card_of(cycle.intervention),
        mine=mine[0] if mine else None,
        leads=by.id in facilitators_of(cycle.group_id),
        came=len(found.result.came & set(known)),
        contacts=_contacts(found, set(known)),
        words=_words(by, found, authors),
    )


def _contacts(found: Held, known: set[UUID]) -> int | None:
    everybody = contacts(found.result)
    return None if everybody is None else everybody - len(found.result.came - known)


def _words(by: Actor, found: Held, authors: dict[UUID, str]) -> list[tuple[str, str]]:
    """(alias, words) of each record, for a duty that reads what is told in care."""
    if "clinical" not in by.compartments:
        return []
    told = [(authors.get(one.author_id, ""), one.text_of("words")) for one in (*found.records, *found.observed)]
    return [(alias, words) for alias, words in told if words]


def _difference(one: Difference, known: dict[UUID, Member], records: dict[UUID, str]) -> DifferenceShown:
    member = known.get(one.person) if one.person else None
    return DifferenceShown(
        one.item,
        one.person,
        member.code if member else "",
        member.called if member else "",
        [(record, records.get(record, ""), value) for record, value in one.values],
    )


@asks
def differences_to_settle(by: Actor) -> Asks[list[tuple[UUID, str, int]]]:
    """(meeting, name of the group, its number) of meetings in open cycles where two records differ."""
    several = yield _told_twice.later(by)
    return [
        (one.meeting.id, one.meeting.cycle.group.text_of("name"), one.meeting.number)
        for one in (held_of(several) if several else ())
        if one.result.differences
    ]


@readymade
def _told_twice(by: Actor) -> QuerySet[GroupMeeting, GroupMeeting]:
    rows = GroupMeeting.objects.filter(cycle__ended_on__isnull=True).select_related("cycle__group")
    told = Count("records", filter=Q(records__rater="facilitator", records__amended_by__isnull=True))
    seen = _visible(by, rows.annotate(told=told).filter(told__gt=1)).order_by("-first_on", "id")[:MOST]
    return cast(QuerySet[GroupMeeting, GroupMeeting], seen)


def _visible(by: Actor, rows: Any) -> Any:
    return visible_to(
        rows, by=by, policy=SEE, purpose=purpose_of(by), now=clock.now(), attributes=group_at("cycle__group")
    )
