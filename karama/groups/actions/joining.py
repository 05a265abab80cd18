"""Who comes onto the list of a group, and who goes off it."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from karama.groups.access import ADD, ROSTER
from karama.groups.actions import shapes
from karama.groups.models import Cycle, Group, GroupMember
from karama.groups.problems import AnotherGroup, Full, NoCycle, NotForWhom, NotThisNow, OnTheList
from karama.groups.targets import of_group_and_person, of_seat
from karama.groups.ties import in_the_way
from karama.journal import ERASED, Actor, action
from karama.notices.queries import is_silent
from karama.people.joined import files_of
from karama.people.models import Person
from karama.programme.days import today_at
from karama.rules.groups import Eligibility, fit, places_left


@action("groups.add_member", access=ADD, target=of_group_and_person)
def add_member(*, by: Actor, group: UUID, person: UUID, why: shapes.Reason = "") -> GroupMember:
    """Put a person on the list of the open cycle. `why`: although the group is meant for others.

    Raises:
        NoCycle, OnTheList, Full, NotForWhom. AnotherGroup: somebody stands in the way; never said who, nor why.
    """
    row = Group.objects.select_for_update().get(pk=group)
    cycle = Cycle.objects.filter(group=row, ended_on__isnull=True).first()
    if cycle is None or row.ended_on is not None:
        raise NoCycle()
    files = files_of(person)
    current = GroupMember.objects.filter(cycle=cycle, until_on__isnull=True)
    if current.filter(person_id__in=files).exists():
        raise OnTheList()
    file = Person.objects.select_related("site").get(pk=person)
    if file.site.programme_id != row.site.programme_id or any(is_silent(one) for one in files):
        raise AnotherGroup()
    if in_the_way(row, person):
        raise AnotherGroup()
    if places_left(row.capacity, current.count()) == 0:
        raise Full()
    if not why and _fit(row, file) == "no":
        raise NotForWhom()
    made = GroupMember(person_id=person, cycle=cycle, since_on=max(today_at(row.site_id), cycle.begun_on))
    made.save()
    return made


@action("groups.end_membership", access=ROSTER, target=of_seat)
def end_membership(*, by: Actor, seat: UUID, why: Literal["left", "moved", "other_group"]) -> GroupMember:
    """Somebody goes off the list. What was written down of earlier meetings stays. Raises `NotThisNow`."""
    row = GroupMember.objects.select_for_update().select_related("cycle__group").get(pk=seat)
    if row.until_on is not None:
        raise NotThisNow()
    leave(row, why)
    return row


def leave(row: GroupMember, why: str) -> None:
    """End a membership, inside the caller's action."""
    row.until_on, row.why = max(today_at(row.cycle.group.site_id), row.since_on), why
    row.save()


def eligibility_of(row: Group) -> tuple[Eligibility, str]:
    """For whom a group is, and the same in somebody's words."""
    told = row.unseal("eligibility")
    if not told or told is ERASED:
        return Eligibility(), ""
    return Eligibility(frozenset(told["age_bands"]), told["gender"]), str(told["words"])


def _fit(row: Group, file: Person) -> str:
    rule, _words = eligibility_of(row)
    age, gender = (file.unseal(name) if getattr(file, name) is not None else None for name in ("age_band", "gender"))
    return fit(rule, None if age is ERASED else age, None if gender is ERASED else gender)
