"""Rows for analytics: who came by an opaque id, how many came, how many took part in an activity. Never a name.

The id of a person is that of `care.facts`: one who comes to a group and to sessions is counted once. Whoever came
without a name is in the contacts of a meeting and among no people. What two colleagues wrote down differently and
nobody has settled is not counted, and said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from karama.care.access import STATISTICS
from karama.groups.merging import held_of
from karama.groups.models import CommunityActivity, GroupMeeting
from karama.journal import Actor, Refused, clock, reading
from karama.people.models import Person
from karama.rules.groups import contacts
from karama.rules.permission import permit

CHUNK = 200


@dataclass(frozen=True)
class AttendanceRow:
    """One person at one meeting. `person`: the same opaque id for all files of a person."""

    person: UUID
    group: UUID
    meeting: UUID
    number: int
    on: date
    site: UUID
    state: str
    modality: str
    four_ws: str
    intervention: str


@dataclass(frozen=True)
class MeetingRow:
    """One meeting. `contacts`: everybody who was there, also without a name; None while that is in dispute."""

    meeting: UUID
    group: UUID
    kind: str
    number: int
    on: date
    site: UUID
    modality: str
    four_ws: str
    intervention: str
    contacts: int | None
    walk_ins: int | None
    unsettled: int


@dataclass(frozen=True)
class ActivityRow:
    """How many of one age band and sex took part in an activity. `basis`: what the count counts."""

    activity: UUID
    kind: str
    on: date
    site: UUID
    four_ws: str
    basis: str
    age_band: str
    sex: str
    many: int


def attendance_rows(*, by: Actor, programme: UUID) -> Iterator[AttendanceRow]:
    """Every member's attendance that is agreed. Raises `Refused`: the duty counts nothing in this programme."""
    _permitted(by, programme)
    return _attendance(by, programme)


def meeting_rows(*, by: Actor, programme: UUID) -> Iterator[MeetingRow]:
    """Every meeting with its contacts. Raises `Refused`."""
    _permitted(by, programme)
    return _meetings(programme)


def activity_rows(*, by: Actor, programme: UUID) -> Iterator[ActivityRow]:
    """Every count of every activity, in its newest version. Raises `Refused`."""
    _permitted(by, programme)
    return _activities(programme)


def _permitted(by: Actor, programme: UUID) -> None:
    decision = permit(STATISTICS, by.attributes(), {"programme": programme}, "statistics", clock.now())
    if not decision.allowed:
        raise Refused(decision.reason)


def _chunks(programme: UUID) -> Iterator[list[GroupMeeting]]:
    rows = GroupMeeting.objects.filter(cycle__group__site__programme_id=programme).select_related("cycle__group")
    source = rows.order_by("first_on", "id").iterator(chunk_size=CHUNK)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _attendance(by: Actor, programme: UUID) -> Iterator[AttendanceRow]:
    with reading(by=by, purpose="statistics", route="groups.attendance_rows") as counted:
        for chunk in _chunks(programme):
            held = held_of(chunk)
            people = {person for one in held for person in one.result.attendance}
            counted.count(people)
            living = set(Person.objects.filter(pk__in=people).exclude(status="erased").values_list("id", flat=True))
            for one in held:
                cycle = one.meeting.cycle
                for person, state in one.result.attendance.items():
                    if person in living:
                        yield AttendanceRow(
                            person, cycle.group_id, one.meeting.id, one.meeting.number, one.on, cycle.group.site_id,
                            state, one.modality, cycle.group.four_ws, cycle.intervention,
                        )  # fmt: skip


def _meetings(programme: UUID) -> Iterator[MeetingRow]:
    for chunk in _chunks(programme):
        for one in held_of(chunk):
            cycle, walk_ins = one.meeting.cycle, one.result.items.get("walk_ins")
            yield MeetingRow(
                meeting=one.meeting.id,
                group=cycle.group_id,
                kind=cycle.group.kind,
                number=one.meeting.number,
                on=one.on,
                site=cycle.group.site_id,
                modality=one.modality,
                four_ws=cycle.group.four_ws,
                intervention=cycle.intervention,
                contacts=contacts(one.result),
                walk_ins=None if walk_ins is None else int(walk_ins),
                unsettled=len(one.result.differences),
            )


def _activities(programme: UUID) -> Iterator[ActivityRow]:
    rows = CommunityActivity.objects.filter(site__programme_id=programme, amended_by__isnull=True)
    for one in rows.prefetch_related("counts").order_by("occurred_on", "id"):
        for count in one.counts.all():
            yield ActivityRow(
                one.id, one.kind, one.occurred_on, one.site_id, one.four_ws, one.basis, count.age_band, count.sex,
                count.many,
            )  # fmt: skip
