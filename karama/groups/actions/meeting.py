"""A meeting of a group: written down by each facilitator, watched by a supervisor, settled where two records differ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from karama.groups import curriculum
from karama.groups.access import CORRECT, OBSERVE, RECORD, ROSTER, SEE, member_at
from karama.groups.actions import shapes
from karama.groups.actions.checking import ask_after, no_longer
from karama.groups.merging import held_of
from karama.groups.models import (
    Attendance,
    Cycle,
    FidelityItem,
    Group,
    GroupMeeting,
    GroupMember,
    MeetingRecord,
    Settlement,
)
from karama.groups.peers import offer_a_talk
from karama.groups.problems import (
    CorrectedMeanwhile,
    DayAhead,
    NoCycle,
    NoSuchCode,
    NothingToSettle,
    NotOnTheList,
    ReasonNeeded,
    RecordedAlready,
)
from karama.groups.targets import of_group, of_held, of_record
from karama.journal import Actor, action, clock, visible_to
from karama.people.access import purpose_of
from karama.people.joined import last_files
from karama.programme.days import today_at
from karama.rules.groups import ATTENDED, next_number, rated

Attending = Annotated[dict[UUID, shapes.State], Field(max_length=200)]
Rated = Annotated[dict[shapes.Code, tuple[shapes.Answer, shapes.Why]], Field(max_length=30)]
Activities = Annotated[list[shapes.Code], Field(max_length=30)]
Number = Annotated[int, Field(ge=1, le=500)]


@action("groups.record_meeting", access=RECORD, target=of_group)
def record_meeting(
    *,
    by: Actor,
    group: UUID,
    modality: shapes.Modality,
    attendance: Attending,
    number: Number | None = None,
    on: date | None = None,
    minutes: shapes.Minutes | None = None,
    walk_ins: shapes.Few | None = None,
    mood: shapes.Mood | None = None,
    activities: Activities = [],  # noqa: B006 - pydantic copies it
    fidelity: Rated = {},  # noqa: B006 - pydantic copies it
    words: shapes.Words = "",
) -> MeetingRecord:
    """Write down a meeting. Who is not in `attendance` is not recorded. What a colleague wrote of the same meeting
    stays: the two are put together, and what differs is shown until somebody settles it.

    `number`: which meeting of the cycle; without it the one a colleague wrote down for the same day, else the next.

    Raises:
        NoCycle, DayAhead, NotOnTheList, NoSuchCode, ReasonNeeded. RecordedAlready: by the same colleague.
    """
    row = Group.objects.select_for_update(of=("self",)).get(pk=group)
    cycle = Cycle.objects.select_related("group").filter(group=row, ended_on__isnull=True).first()
    if cycle is None:
        raise NoCycle()
    day = _day(cycle, on)
    meeting = _meeting(cycle, number, day)
    if MeetingRecord.objects.filter(meeting=meeting, author_id=by.id, amends__isnull=True).exists():
        raise RecordedAlready()
    made = MeetingRecord(
        meeting=meeting, rater="facilitator", occurred_on=day, modality=modality, minutes=minutes, walk_ins=walk_ins,
        mood=mood,
    )  # fmt: skip
    _keep(by, made, cycle, attendance, activities, fidelity, words)
    offer_a_talk(by, meeting, row)
    return made


@action("groups.correct_record", access=CORRECT, target=of_record)
def correct_record(
    *,
    by: Actor,
    record: UUID,
    modality: shapes.Modality,
    attendance: Attending,
    reason: shapes.Reason = "",
    on: date | None = None,
    minutes: shapes.Minutes | None = None,
    walk_ins: shapes.Few | None = None,
    mood: shapes.Mood | None = None,
    activities: Activities = [],  # noqa: B006 - pydantic copies it
    fidelity: Rated = {},  # noqa: B006 - pydantic copies it
    words: shapes.Words = "",
) -> MeetingRecord:
    """Correct what one wrote down of a meeting, as a whole; both versions stay readable. Whoever came after all is
    asked after; nobody asks after people of whom nobody says any more that they came.

    Raises:
        ReasonNeeded, CorrectedMeanwhile, DayAhead, NotOnTheList, NoSuchCode.
    """
    if not reason:
        raise ReasonNeeded()
    old = MeetingRecord.objects.select_related("meeting__cycle__group").get(pk=record)
    cycle = old.meeting.cycle
    Group.objects.select_for_update(of=("self",)).get(pk=cycle.group_id)
    if MeetingRecord.objects.filter(amends=old).exists():
        raise CorrectedMeanwhile()
    if old.rater == "observer":
        attendance, walk_ins, mood = {}, None, None
    made = MeetingRecord(
        meeting=old.meeting, rater=old.rater, occurred_on=_day(cycle, on or old.occurred_on), modality=modality,
        minutes=minutes, walk_ins=walk_ins, mood=mood, amends=old,
    )  # fmt: skip
    made.seal("amend_reason", reason)
    stood = dict(Attendance.objects.filter(record=old).values_list("person_id", "state"))
    last, tapped = last_files(set(stood)), _to_be_tapped(by, cycle)
    unseen = {person: state for person, state in stood.items() if last[person] not in tapped}
    _keep(by, made, cycle, attendance, activities, fidelity, words, carried=unseen)
    for person in {last[one] for one, state in stood.items() if state in ATTENDED} - _said_to_have_come(old.meeting):
        no_longer(old.meeting, person)
    return made


@action("groups.observe_meeting", access=OBSERVE, target=of_held)
def observe_meeting(*, by: Actor, held: UUID, fidelity: Rated, words: shapes.Words = "") -> MeetingRecord:
    """Say what one saw of a meeting: what was done, adapted or left out; nothing about who was there.

    Raises:
        RecordedAlready, NoSuchCode, ReasonNeeded.
    """
    meeting = GroupMeeting.objects.select_for_update(of=("self",)).select_related("cycle__group").get(pk=held)
    if MeetingRecord.objects.filter(meeting=meeting, author_id=by.id, amends__isnull=True).exists():
        raise RecordedAlready()
    known = held_of([meeting])[0]
    modality = known.modality or (known.records[0].modality if known.records else "in_person")
    made = MeetingRecord(meeting=meeting, rater="observer", occurred_on=known.on, modality=modality)
    _keep(by, made, meeting.cycle, {}, [], fidelity, words)
    return made


@action("groups.settle_difference", access=SEE, target=of_held)
def settle_difference(
    *,
    by: Actor,
    held: UUID,
    chosen: UUID,
    item: Annotated[str, Field(pattern=r"^[a-z_]{1,12}(\.[a-z0-9_]{1,37})?$")],
    person: UUID | None = None,
) -> Settlement:
    """Decide which of two records counts, where they differ. Both stay; a check-in follows what was decided.

    Raises:
        NothingToSettle: they do not differ there, or the chosen record is none of theirs.
    """
    meeting = GroupMeeting.objects.select_for_update(of=("self",)).select_related("cycle__group").get(pk=held)
    if person is not None and person not in _to_be_tapped(by, meeting.cycle):
        raise NothingToSettle()
    open_ones = held_of([meeting])[0].result.differences
    found = next((one for one in open_ones if (one.item, one.person) == (item, person)), None)
    value = dict(found.values).get(chosen) if found else None
    if value is None:
        raise NothingToSettle()
    made = Settlement(person_id=person, meeting=meeting, item=item, chosen_id=chosen)
    made.save()
    if person is not None and value not in ATTENDED:
        no_longer(meeting, person)
    elif person is not None:
        ask_after(meeting, [person], held_of([meeting])[0].on)
    return made


def _day(cycle: Cycle, on: date | None) -> date:
    today = today_at(cycle.group.site_id)
    day = on or today
    if day > today or day < cycle.begun_on:
        raise DayAhead()
    return day


def _meeting(cycle: Cycle, number: int | None, day: date) -> GroupMeeting:
    known = list(GroupMeeting.objects.filter(cycle=cycle).order_by("number"))
    if number is None:
        found = next((one for one in reversed(known) if one.first_on == day), None)
        number = next_number(one.number for one in known)
    else:
        found = next((one for one in known if one.number == number), None)
    if found is None:
        found = GroupMeeting(cycle=cycle, number=number, first_on=day)
        found.save()
    return found


def _to_be_tapped(by: Actor, cycle: Cycle) -> set[UUID]:
    """Members of the cycle, also former ones, as far as this colleague may know of them."""
    rows = visible_to(
        GroupMember.objects.filter(cycle=cycle), by=by, policy=ROSTER, purpose=purpose_of(by), now=clock.now(),
        attributes=member_at("cycle__group"),
    )  # fmt: skip
    return set(rows.values_list("person_id", flat=True))


def _keep(
    by: Actor,
    made: MeetingRecord,
    cycle: Cycle,
    attendance: Mapping[UUID, str],
    activities: list[str],
    fidelity: Mapping[str, tuple[str, str]],
    words: str,
    carried: Mapping[UUID, str] | None = None,
) -> None:
    """Save a record with everything in it; who came is asked after where the pack says so."""
    if not set(attendance) <= (_to_be_tapped(by, cycle) if attendance else set()):
        raise NotOnTheList()
    card = curriculum.card_of(cycle.intervention)
    items = [one.code for one in card.fidelity] if card else []
    known = {one.code for one in card.components} if card else set()
    if not set(activities) <= known:
        raise NoSuchCode("activities")
    if not set(fidelity) <= set(items):
        raise NoSuchCode("fidelity")
    impossible = card.impossible_at_a_distance() if card else frozenset()
    kept = rated(fidelity, items, impossible, made.modality)
    if any(answer != "done" and not why for answer, why in kept.values()):
        raise ReasonNeeded("fidelity")
    made.seal("activities", sorted(set(activities)) or None)
    made.seal("words", words or None)
    made.save()
    rows = {**(carried or {}), **attendance}
    Attendance.objects.bulk_create(
        [
            Attendance(person_id=person, meeting_id=made.meeting_id, record=made, state=state)
            for person, state in rows.items()
        ]
    )
    FidelityItem.objects.bulk_create(
        [FidelityItem(record=made, item=item, answer=answer, why=why) for item, (answer, why) in kept.items()]
    )
    came = {person for person, state in rows.items() if state in ATTENDED}
    ask_after(made.meeting, _not_settled_against(made.meeting, came), made.occurred_on)


def _said_to_have_come(meeting: GroupMeeting) -> set[UUID]:
    """Of whom at least one record, in its newest version, says that they came."""
    rows = Attendance.objects.filter(meeting=meeting, record__amended_by__isnull=True, state__in=ATTENDED)
    return set(last_files(set(rows.values_list("person_id", flat=True))).values())


def _not_settled_against(meeting: GroupMeeting, came: set[UUID]) -> set[UUID]:
    """These people, each as the file that remains, without those of whom it was settled that they had not come."""
    if not came:
        return set()
    known = held_of([meeting])[0].result.attendance
    return {one for one in last_files(came).values() if known.get(one) is None or known[one] in ATTENDED}
