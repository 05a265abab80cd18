"""What of this room travels to telephones: one's own groups with their lists and what was written down of meetings.

Of a member who is on somebody else's caseload only what a roster has: code, what to call them, whether they came.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from karama.groups import travelling
from karama.groups.access import ROSTER, SEE, group_at, member_at
from karama.groups.models import (
    Attendance,
    CheckIn,
    Cycle,
    Group,
    GroupFacilitator,
    GroupMeeting,
    GroupMember,
    MeetingRecord,
)
from karama.journal import Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.people.access import purpose_of
from karama.people.models import Person
from karama.people.queries import shown_names
from karama.sync import registries
from karama.sync.declared import Arguments, Declaration, Down, Up, about_nobody, declare


def _of_group(rows: QuerySet[Any], by: Actor, path: str) -> QuerySet[Any]:
    return visible_to(rows, by=by, policy=SEE, purpose=purpose_of(by), now=clock.now(), attributes=group_at(path))


@readymade
def _groups(by: Actor) -> QuerySet[Group]:
    return _of_group(Group.objects.filter(ended_on__isnull=True), by, "")


@readymade
def _facilitators(by: Actor) -> QuerySet[GroupFacilitator]:
    current = GroupFacilitator.objects.filter(until_on__isnull=True, group__ended_on__isnull=True)
    return _of_group(current, by, "group")


@readymade
def _cycles(by: Actor) -> QuerySet[Cycle]:
    return _of_group(Cycle.objects.filter(ended_on__isnull=True), by, "group")


@readymade
def _meetings(by: Actor) -> QuerySet[GroupMeeting]:
    return _of_group(GroupMeeting.objects.filter(cycle__ended_on__isnull=True), by, "cycle__group")


def _on_lists(rows: QuerySet[Any], by: Actor, path: str = "cycle__group") -> QuerySet[Any]:
    return visible_to(rows, by=by, policy=ROSTER, purpose=purpose_of(by), now=clock.now(), attributes=member_at(path))


def _hers(by: Actor, people: Collection[UUID], group: str = "cycle__group") -> Q:
    """Of one's own caseload, or on the list of a group that one leads: whoever only oversees it takes no list along."""
    leads = GroupFacilitator.objects.filter(group=OuterRef(group), user=by.id, until_on__isnull=True)
    return Q(person__in=list(people)) | Q(Exists(leads))


@readymade
def _members(by: Actor, people: Collection[UUID]) -> QuerySet[GroupMember]:
    """Everybody on the lists of one's own groups, whoever's caseload they are on: as the page of a meeting has them."""
    current = GroupMember.objects.filter(_hers(by, people), until_on__isnull=True, cycle__ended_on__isnull=True)
    return _on_lists(current.select_related("person"), by)


@readymade
def _check_ins(by: Actor, people: Collection[UUID]) -> QuerySet[CheckIn]:
    return _on_lists(CheckIn.objects.filter(_hers(by, people), settled_on__isnull=True), by)


@readymade
def _records(by: Actor) -> QuerySet[MeetingRecord]:
    newest = MeetingRecord.objects.filter(amended_by__isnull=True, meeting__cycle__ended_on__isnull=True)
    return _of_group(newest, by, "meeting__cycle__group")


@readymade
def _attendance(by: Actor, people: Collection[UUID]) -> QuerySet[Attendance]:
    told = Attendance.objects.filter(
        _hers(by, people, "meeting__cycle__group"),
        record__amended_by__isnull=True,
        meeting__cycle__ended_on__isnull=True,
    )
    return _on_lists(told, by, "meeting__cycle__group")


def _member(by: Actor, row: Any) -> str:
    """Whom a row is about, also where their file does not travel."""
    return str(row.person_id)


def _called(by: Actor, row: GroupMember) -> str:
    """What to call a member, as a roster has it; empty for whoever is known by the code only."""
    return shown_names(by, [row.person]).get(row.person_id, "")


def _person(row: GroupMember) -> tuple[int, UUID]:
    return (Person.KIND, row.person_id)


def _about(arguments: Arguments) -> UUID | None:
    """Whom a check-in is about."""
    try:
        wanted = UUID(str(arguments.get("check_in")))
    except ValueError:
        return None
    return CheckIn.objects.filter(pk=wanted).values_list("person_id", flat=True).first()


UP = (
    Up("groups.record_meeting", _("Meeting of a group")),
    Up("groups.record_activity", _("Activity with the community")),
    Up("groups.settle_check_in", _("Asked how somebody is after a meeting"), about=_about),
)
STAYS: Mapping[str, tuple[str, ...]] = {
    "It corrects what others may have read, or decides between two records; both have to be in view.": (
        "groups.correct_activity",
        "groups.correct_record",
        "groups.settle_difference",
    ),
    "It begins, ends or changes a group and its list, for everybody who meets there.": (
        "groups.add_member",
        "groups.begin_cycle",
        "groups.end_cycle",
        "groups.end_facilitator",
        "groups.end_group",
        "groups.end_membership",
        "groups.name_facilitator",
        "groups.open_group",
    ),
    "A supervisor watches a meeting with the plan of the intervention before her.": ("groups.observe_meeting",),
}


def install() -> None:
    """Called once, when Django is ready."""
    registries.knowledge.register("groups", travelling.knowledge)
    recorded = (
        "meeting", "author_id", "rater", "occurred_on", "modality", "minutes", "walk_ins", "mood", "activities",
    )  # fmt: skip
    planned = ("group", "number", "intervention", "card", "planned", "weekday", "starts", "begun_on")
    declare(
        "groups",
        Declaration(
            (
                Down(Group, ("site", "kind", "form", "capacity", "name"), about_nobody(_groups), shared=True),
                Down(GroupFacilitator, ("group", "user"), about_nobody(_facilitators), shared=True),
                Down(Cycle, planned, about_nobody(_cycles), shared=True),
                Down(GroupMeeting, ("cycle", "number", "first_on"), about_nobody(_meetings), shared=True),
                Down(
                    GroupMember,
                    ("cycle", "since_on"),
                    _members.later,
                    strays=True,
                    follows=_person,
                    extra={"member": _member, "code": lambda by, row: row.person.code, "called": _called},
                ),
                Down(
                    CheckIn,
                    ("cycle", "number", "due_on", "state"),
                    _check_ins.later,
                    strays=True,
                    extra={"member": _member},
                ),
                Down(MeetingRecord, recorded, about_nobody(_records), shared=True),
                Down(
                    Attendance,
                    ("meeting", "record", "state"),
                    _attendance.later,
                    strays=True,
                    extra={"member": _member},
                ),
            ),
            UP,
            STAYS,
        ),
    )
