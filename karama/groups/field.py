"""What of this room travels to telephones: one's own groups, and of their lists whoever is on one's own caseload."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karama.groups import travelling
from karama.groups.access import ROSTER, SEE, group_at, member_at
from karama.groups.models import CheckIn, Cycle, Group, GroupFacilitator, GroupMeeting, GroupMember
from karama.journal import Actor, clock, visible_to
from karama.people.access import purpose_of
from karama.sync import registries
from karama.sync.declared import Arguments, Declaration, Down, Up, declare


def _of_group(rows: QuerySet[Any], by: Actor, path: str) -> QuerySet[Any]:
    return visible_to(rows, by=by, policy=SEE, purpose=purpose_of(by), now=clock.now(), attributes=group_at(path))


def _groups(by: Actor, people: Collection[UUID]) -> QuerySet[Group]:
    return _of_group(Group.objects.filter(ended_on__isnull=True), by, "")


def _facilitators(by: Actor, people: Collection[UUID]) -> QuerySet[GroupFacilitator]:
    current = GroupFacilitator.objects.filter(until_on__isnull=True, group__ended_on__isnull=True)
    return _of_group(current, by, "group")


def _cycles(by: Actor, people: Collection[UUID]) -> QuerySet[Cycle]:
    return _of_group(Cycle.objects.filter(ended_on__isnull=True), by, "group")


def _meetings(by: Actor, people: Collection[UUID]) -> QuerySet[GroupMeeting]:
    return _of_group(GroupMeeting.objects.filter(cycle__ended_on__isnull=True), by, "cycle__group")


def _on_lists(rows: QuerySet[Any], by: Actor) -> QuerySet[Any]:
    return visible_to(
        rows, by=by, policy=ROSTER, purpose=purpose_of(by), now=clock.now(), attributes=member_at("cycle__group")
    )


def _members(by: Actor, people: Collection[UUID]) -> QuerySet[GroupMember]:
    return _on_lists(GroupMember.objects.filter(person__in=list(people), until_on__isnull=True), by)


def _check_ins(by: Actor, people: Collection[UUID]) -> QuerySet[CheckIn]:
    return _on_lists(CheckIn.objects.filter(person__in=list(people), settled_on__isnull=True), by)


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
    planned = ("group", "number", "intervention", "card", "planned", "weekday", "starts", "begun_on")
    declare(
        "groups",
        Declaration(
            (
                Down(Group, ("site", "kind", "form", "capacity", "name"), _groups, shared=True),
                Down(GroupFacilitator, ("group", "user"), _facilitators, shared=True),
                Down(Cycle, planned, _cycles, shared=True),
                Down(GroupMeeting, ("cycle", "number", "first_on"), _meetings, shared=True),
                Down(GroupMember, ("cycle", "since_on"), _members),
                Down(CheckIn, ("cycle", "number", "due_on", "state"), _check_ins),
            ),
            UP,
            STAYS,
        ),
    )
